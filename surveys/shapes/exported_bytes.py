"""The text in an exported file: its encoding found from its bytes, what was badly decoded before undone, each said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from divan.sources.french import plural

#: What spreadsheets still write when they do not write UTF-8, with its name for a person.
_OLDER = {"cp1252": "Windows-1252", "mac_roman": "Mac OS Roman"}
_WHOLE = re.compile(rb"[\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")  # a French letter or a quotation mark in UTF-8
_TWICE = re.compile("[\u00c2\u00c3\u00c5\u00e2][^\x00-\x7f]+")
_FRENCH = "éèêàçùâîôûëïœ’«»"
_UNDEFINED = {code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


@dataclass(frozen=True, slots=True)
class ExportedText:
    """``text`` in composed letters; ``notes`` say what was found or undone; ``damaged`` is the first spoilt byte."""

    text: str
    notes: tuple[str, ...] = ()
    damaged: int | None = None


def exported_text(content: bytes, encoding: str, known: Iterable[str]) -> ExportedText:
    """The text of ``content`` in the ``encoding`` declared, or in the one that its bytes show.

    ``known`` are words that should be read in it: they tell one old encoding from another.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ExportedText(_composed(content.decode("utf-16", "replace")))
    if encoding and encoding != "utf-8":
        return ExportedText(_composed(content.decode(encoding, "replace")))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _WHOLE.search(content):  # UTF-8 elsewhere: these bytes are damage, not an encoding
            return ExportedText(_composed(content.decode("cp1252", "replace")), damaged=error.start)
        name = _older(content, known)
        note = f"le fichier n'est pas en UTF-8 : lu en {_OLDER[name]}, où ses lettres font des mots"
        return ExportedText(_composed(content.decode(name, "replace")), (note,))
    mended, times = _mended(text)
    said = plural(times, "passage mal encodé rétabli", "passages mal encodés rétablis")
    notes = (f"{said} (« Ã© » pour « é »)",) if times else ()
    nul = content.find(b"\0")
    return ExportedText(_composed(mended), notes, nul if nul >= 0 else None)


def _older(content: bytes, known: Iterable[str]) -> str:
    accented = {unicodedata.normalize("NFC", one).casefold() for one in known if not one.isascii()}

    def read(name: str) -> tuple[int, int]:
        text = content.decode(name, "replace").casefold()
        return sum(one in text for one in accented), sum(map(text.count, _FRENCH))

    return max(_OLDER, key=read)


def _mended(text: str) -> tuple[str, int]:
    """The text with UTF-8 that was once taken for Windows-1252 read as UTF-8, and how many times."""
    times = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal times
        try:
            letters = b"".join(_byte(sign) for sign in match[0]).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return match[0]
        times += 1
        return letters

    mended = _TWICE.sub(mend, text)
    return (re.sub("\u00c3(?=[ ,;.])", "à", mended), times) if times else (text, 0)  # its second byte became a space


def _byte(sign: str) -> bytes:
    return bytes([ord(sign)]) if ord(sign) in _UNDEFINED or ord(sign) == 0xA0 else sign.encode("cp1252")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def plain_cell(cell: str) -> str:
    """The cell without what keeps its zeros in a spreadsheet: ``="0042"`` is ``0042``."""
    match = re.fullmatch(r'\s*="(.*)"\s*', cell, re.DOTALL)
    return match[1].replace('""', '"') if match else cell
