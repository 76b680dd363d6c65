"""What is looked for in published files, and where it is found: words compared without case, accent, mark or tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

_SIGNS = (("œ", "oe"), ("Œ", "oe"), ("’", "'"), ("\u202f", " "), ("\u2009", " "))


def _plain_sign(code: int) -> int:
    """A letter or a figure without case or accent, a line's end, a break between blocks; else a space."""
    letter = normalize("NFKD", chr(code))[0].lower()
    return code if code in (1, 10) else ord(letter) if letter.isascii() and letter.isalnum() else 32


_PLAIN = bytes(map(_plain_sign, range(256)))
_FOLDERS = (b"images", b"departement", b"webp")
_ADDRESSES = (re.compile(rb"mots/[a-z0-9-]*[a-z0-9]"), re.compile(rb"auteurs/[a-z0-9-]*[a-z0-9]"))
_ESCAPED = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#39|#34|#x27);)[\w#]")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile("%[0-9a-fA-F]{2}")
_TAG = re.compile(r"<(/?)([a-zA-Z!?][\w:-]*)[^<>\x01\x02]*>")
_NAMES = "a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|small|strong|sub|sup|u"
_INLINE = re.compile(_NAMES)
_INLINE_TAG = re.compile(rf"</?(?:{_NAMES})(?:[^\w:<>\n-][^<>\n]*)?>", re.IGNORECASE)
_TAG_OF_A_LINE = re.compile(r"</?[a-zA-Z!?][^<>\n\x02]*>")
_LINK = re.compile(r"\]\([^()\s]*(?:\s[^()]*)?\)")


class Needle(NamedTuple):
    """``words`` as one run of plain words; ``says`` what they are, in French; ``source`` the file that holds them."""

    words: bytes
    says: str
    source: str


class Found(NamedTuple):
    """A needle in a file, and the line where it begins."""

    needle: Needle
    line: int


def plain(text: str) -> bytes:
    """Letters and figures in lower case, without accents; all the rest is space, but line ends."""
    return _letters(text).translate(_PLAIN)


def _letters(text: str) -> bytes:
    """One byte a sign; those that no French word has are left out, and so are invisible ones and lone accents."""
    if text.isascii():
        return text.encode()
    for sign, instead in _SIGNS:
        text = text.replace(sign, instead)
    return text.replace("\u00ad", "").encode("latin-1", "ignore")


def words_of(text: str) -> set[bytes]:
    """Its plain words, and the addresses of the hashtags and authors that it names, each as one word."""
    letters = _letters(text)
    found = set(letters.translate(_PLAIN).split())
    for address in _ADDRESSES:
        found.update(address.findall(letters))
    return found


Kept = dict[bytes, list[tuple[bytes, str, str]]]


class Sought:
    """Needles, kept by the rarest word of each: a text that does not hold that word does not hold the needle."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def __iter__(self) -> Iterator[Needle]:
        return (Needle(*one) for known in self.kept.values() for one in known)

    def __bool__(self) -> bool:
        return bool(self.kept)

    def without(self, text: str, excused: Callable[[Needle], bool] = lambda _: True) -> None:
        """Look no more for what this text, that anybody may read, says too, among what it may excuse."""
        self.forget([found.needle for found in self._places(text, self._maybe(text, excused), lines=False)])

    def forget(self, needles: Iterable[Needle]) -> None:
        """Look no more for these."""
        for needle in needles:
            word = _rarest(needle.words.split())
            rest = [one for one in self.kept.get(word, ()) if one != needle]
            if rest:
                self.kept[word] = rest
            else:
                self.kept.pop(word, None)

    def found_in(self, text: str) -> list[Found]:
        """The needles that this text holds, and where."""
        return self._places(text, self._maybe(text), lines=True)

    def _maybe(self, text: str, wanted: Callable[[Needle], bool] = lambda _: True) -> list[Needle]:
        """Those whose words are all there, in whatever order."""
        words = words_of(_unescaped(text))
        near = [Needle(*one) for word in self.kept.keys() & words for one in self.kept[word]]
        return [needle for needle in near if words.issuperset(needle.words.split()) and wanted(needle)]

    def _places(self, text: str, maybe: list[Needle], *, lines: bool) -> list[Found]:
        if not maybe:
            return []
        alone = [] if lines else [needle for needle in maybe if b" " not in needle.words]
        rest = [needle for needle in maybe if lines or b" " in needle.words]
        runs = [_runs(one) for one in _ways_to_read(_unescaped(text))] if rest else []
        wholes = [b" " + b" ".join(read) + b" " for read in runs]
        found = (_place(needle, runs, wholes) for needle in rest)
        return [Found(needle, 0) for needle in alone] + [one for one in found if one]


def sought(needles: Iterable[Needle]) -> Sought:
    """What looks for these, each once."""
    kept: Kept = {}
    for needle in dict.fromkeys(needles):
        if needle.words:
            kept.setdefault(_rarest(needle.words.split()), []).append((needle.words, needle.says, needle.source))
    return Sought(kept)


def _place(needle: Needle, runs: list[list[bytes]], wholes: list[bytes]) -> Found | None:
    run = b" " + needle.words.replace(b"/", b" ").replace(b"-", b" ") + b" "
    for read, whole in zip(runs, wholes, strict=True):
        at = whole.find(run)
        if at >= 0:
            return Found(needle, _line_at(read, at))
    return None


def _rarest(words: Sequence[bytes]) -> bytes:
    """The word of a needle by which it is kept: figures and the names of the site's folders stand everywhere."""
    return max(words, key=lambda word: (not word.isdigit(), word not in _FOLDERS, len(word)))


def _line_at(read: list[bytes], at: int) -> int:
    """The line of the piece of text that stands at this place of the whole."""
    length = 0
    for number, line in enumerate(read, 1):
        length += len(line) + 1
        if at < length:
            return number
    return len(read)


def _unescaped(text: str) -> str:
    """Its letters as they are read; what only stands between words waits until a phrase is looked for."""
    if _ESCAPED.search(text):
        text = unescape(text)
    if "\\u" in text:
        text = _JSON_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    return unquote(text) if _PERCENT.search(text) else text


def _ways_to_read(text: str) -> Iterator[str]:
    """As it is, for what attributes hold; without its tags; without those of a feed, escaped; as Markdown shows it."""
    yield unescape(unescape(text))
    if "<" in text:
        yield unescape(_without_tags(text))
    if "&lt;" in text:
        yield unescape(unescape(_without_tags(unescape(text))))
    if "](" in text:
        yield _LINK.sub("", text)


def _without_tags(text: str) -> str:
    """A space for a tag inside a sentence, a break for another; the lines of a tag that has several are kept."""
    text = _TAG_OF_A_LINE.sub(" \x01 ", _INLINE_TAG.sub("\x02", text))
    return (_TAG.sub(_between, text) if "<" in text else text).replace("\x02", " ")


def _between(tag: re.Match[str]) -> str:
    return (" " if _INLINE.fullmatch(tag[2].lower()) else " \x01 ") + "\n" * tag[0].count("\n")


def _runs(text: str) -> list[bytes]:
    """The plain words of each line, one space between them."""
    return [b" ".join(line.split()) for line in plain(text).split(b"\n")]
