"""What a message of WhatsApp carries, from what the application wrote in its place: a file, a poll, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from surveys.chat.application_words import application_words
from surveys.chat.heads import shown
from surveys.chat.message import MessageKind

LINK = re.compile(r"(?:https?://|\bwww\.)\S+", re.IGNORECASE)
_BY_ENDING = {
    MessageKind.PHOTO: "jpg jpeg png heic heif gif bmp tiff",
    MessageKind.VIDEO: "mp4 mov 3gp avi mkv m4v webm",
    MessageKind.AUDIO: "opus mp3 m4a ogg aac amr wav oga",
    MessageKind.STICKER: "webp was",
    MessageKind.CONTACT: "vcf",
}
_KIND_OF = {ending: kind for kind, endings in _BY_ENDING.items() for ending in endings.split()}
_ENDING = re.compile(r"\.(\w{2,5})$")
_SHORT = 160
_TELLING = (
    "suppr", "effac", "delet", "elimin", "gelösch", "apagad", "verwijd", "attente", "waiting", "appel", "call",
    "llamada", "anruf", "chiamata", "absent", "omi", "omes", "retir", "inclus", "gelassen", "gelaten", "ocult", "なし",
    "省略", "생략", "locali", "locat", "position", "posizione", "ubicaci", "standort", "maps", ".vcf", "contact",
    "kontakt", "manquant", "null", "unique",
)  # fmt: skip
_RELAYING = frozenset("TtMmFfRrWwIiDd[->↪⤴⏩➡0123456789")
_WHOLE = (
    ("deleted", MessageKind.DELETED),
    ("call", MessageKind.CALL),
    ("location", MessageKind.LOCATION),
    ("contact", MessageKind.CONTACT),
)


@dataclass(frozen=True, slots=True)
class Content:
    """A message told apart: ``text`` is what its author wrote, ``file`` the ending of the file that it carries."""

    kind: MessageKind
    text: str
    file: str = ""
    relayed: bool = False
    edited: bool = False


def content(written: str) -> Content:
    """Tell a message apart from its text, as the export has it."""
    text, edited = _without_edit_mark(shown(written).strip())
    first, _, further = text.partition("\n")
    carried = _carried(first) if len(first) <= _SHORT and _perhaps_carried(first) else None
    if carried:
        kind, ending = carried
        kept = "" if kind in (MessageKind.DELETED, MessageKind.CALL, MessageKind.MEDIA) else further.strip()
        return Content(kind, kept, ending, edited=edited)
    if first[:1].isupper() and application_words().found("poll", text):
        return Content(MessageKind.POLL, further.strip(), edited=edited)
    kind = MessageKind.LINK if has_link(text) else MessageKind.TEXT
    relayed = text[:1] in _RELAYING and bool(application_words().found("relayed", text))
    return Content(kind, text, relayed=relayed, edited=edited)


def has_link(text: str) -> bool:
    """Whether a text holds an address."""
    return ("://" in text or "www." in text.lower()) and bool(LINK.search(text))


def _perhaps_carried(line: str) -> bool:
    """Whether a line may be the application's: one look spares most messages some thirty."""
    low = line.lower()
    return line[-1:] in ("", ">", ")") or line[:1] == "<" or any(stem in low for stem in _TELLING)


def kind_of_file(name: str) -> tuple[MessageKind, str]:
    """The kind of a file and its ending, in small letters, from its name."""
    ending = found[1].lower() if (found := _ENDING.search(name)) else ""
    return _KIND_OF.get(ending, MessageKind.DOCUMENT), ending


@lru_cache(maxsize=1 << 12)
def _carried(line: str) -> tuple[MessageKind, str] | None:
    words = application_words()
    if found := words.found("attached", line):
        return kind_of_file(found["file"])
    if found := words.found("omitted", line):
        named = next((name for name, value in found.groupdict().items() if value), "media")
        return MessageKind(named), ""
    return next(((kind, "") for name, kind in _WHOLE if words.found(name, line)), None)


def _without_edit_mark(text: str) -> tuple[str, bool]:
    last = text.rfind("<")
    if last >= 0 and text.endswith(">") and application_words().found("edited", text[last:]):
        return text[:last].rstrip(), True
    return text, False
