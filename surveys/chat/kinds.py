"""What a message of WhatsApp carries, from what the application wrote in its place: a file, a poll, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from surveys.chat.application_words import application_words
from surveys.chat.heads import HIDDEN
from surveys.chat.message import Kind

LINK = re.compile(r"(?:https?://|\bwww\.)\S+", re.IGNORECASE)
_BY_ENDING = {
    Kind.PHOTO: "jpg jpeg png heic heif gif bmp tiff",
    Kind.VIDEO: "mp4 mov 3gp avi mkv m4v webm",
    Kind.AUDIO: "opus mp3 m4a ogg aac amr wav oga",
    Kind.STICKER: "webp was",
    Kind.CONTACT: "vcf",
}
_KIND_OF = {ending: kind for kind, endings in _BY_ENDING.items() for ending in endings.split()}
_ENDING = re.compile(r"\.(\w{2,5})$")
_SHORT = 160
_WHOLE = (("deleted", Kind.DELETED), ("call", Kind.CALL), ("location", Kind.LOCATION), ("contact", Kind.CONTACT))


@dataclass(frozen=True, slots=True)
class Content:
    """A message told apart: ``text`` is what its author wrote, ``file`` the ending of the file that it carries."""

    kind: Kind
    text: str
    file: str = ""
    relayed: bool = False
    edited: bool = False


def content(written: str) -> Content:
    """Tell a message apart from its text, as the export has it."""
    text, edited = _without_edit_mark(written.translate(HIDDEN).strip())
    first, _, further = text.partition("\n")
    carried = _carried(first) if len(first) <= _SHORT else None
    if carried:
        kind, ending = carried
        kept = "" if kind in (Kind.DELETED, Kind.CALL, Kind.MEDIA) else further.strip()
        return Content(kind, kept, ending, edited=edited)
    if first[:1].isupper() and application_words().found("poll", text):
        return Content(Kind.POLL, further.strip(), edited=edited)
    kind = Kind.LINK if LINK.search(text) else Kind.TEXT
    return Content(kind, text, relayed=bool(application_words().found("relayed", text)), edited=edited)


def kind_of_file(name: str) -> tuple[Kind, str]:
    """The kind of a file and its ending, in small letters, from its name."""
    ending = found[1].lower() if (found := _ENDING.search(name)) else ""
    return _KIND_OF.get(ending, Kind.DOCUMENT), ending


@lru_cache(maxsize=1 << 12)
def _carried(line: str) -> tuple[Kind, str] | None:
    words = application_words()
    if found := words.found("attached", line):
        return kind_of_file(found["file"])
    if found := words.found("omitted", line):
        named = next((name for name, value in found.groupdict().items() if value), "media")
        return Kind(named), ""
    return next(((kind, "") for name, kind in _WHOLE if words.found(name, line)), None)


def _without_edit_mark(text: str) -> tuple[str, bool]:
    last = text.rfind("<")
    if last >= 0 and text.endswith(">") and application_words().found("edited", text[last:]):
        return text[:last].rstrip(), True
    return text, False
