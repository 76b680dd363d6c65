"""The head of a message in a WhatsApp export: its date and its time, whatever the telephone and its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from divan.sources.reader_text import fold

# right-to-left and left-to-right marks, isolates, soft hyphens, signs of command: not seen; the joiner of emoji
# (U+200D) is kept
_COMMANDS = [n for n in range(32) if n not in (9, 10, 13)]
HIDDEN = dict.fromkeys(
    [*_COMMANDS, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
MARKS = "".join(map(chr, HIDDEN))
_ANY_HIDDEN = re.compile(f"[{re.escape(MARKS)}]")

_MARK = "[\u200e\u200f]?"  # Arabic and Persian dates have some inside
_NUMBERS = rf"\d{{1,4}}{_MARK}[./-] ?\d{{1,4}}{_MARK}[./-] ?\d{{1,4}}"
_NAMED = r"(?P<year>\d{4})[年년] ?(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]"
_SPELT = r"(?P<d>\d{1,2})(?:er)?\.? (?P<name>[^\W\d_]{3,9})\.? (?P<y>\d{4})"
_BEFORE_TIME = "à|at|um|klo|kl\\.|plkst\\.|pukul|u|o|ob|alle(?: ore)?|a las|a les|às|om|в"
_HALF = r"(?: ?/?(?P<half>[ap]\.? ?m\b\.?|[πμ]\.? ?μ\b\.?|[صم](?=[ \]])))?"
_CLOSE = r"(?P<close>\] ?| [-–—] ?|[-–—] |: |, | )"
_HEAD = re.compile(
    rf"(?P<open>\[)?(?:(?P<date>{_NUMBERS})\.?|{_NAMED}|{_SPELT})(?: г\.)?"
    rf"(?:,?{_MARK} ?|T)(?:(?:{_BEFORE_TIME}) )?(?P<early>上午|下午|午前|午後|오전|오후|öö|ös|de\.|du\.)? ?"
    r"(?P<hour>\d{1,2})(?:[:.]| ?h ?)(?P<minute>\d{2})(?:(?:[:.]| ?min ?)\d{2}(?:\.\d{3})?)?(?: ?s\b)?"
    rf"{_HALF}(?: uhr| ч\.)?{_CLOSE}",
    re.IGNORECASE,
)
# how WhatsApp Web copies a message
_TIME_FIRST = re.compile(
    rf"(?P<open>\[)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.]\d{{2}})?{_HALF},? (?P<date>{_NUMBERS})"
    r"(?P<close>\] ?| [-–—] ?)",
    re.IGNORECASE,
)
_AFTERNOON = ("p", "μ", "下午", "午後", "오후", "ös", "du", "م")
_ODD_SIGNS = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "،": ","})
_ODD_SIGN = re.compile("[\xa0\u202f\u2009\t،]")
_MONTHS = (
    ("jan", "gen", "ene"), ("fev", "feb"), ("mar", "mae", "mrt"), ("avr", "apr", "abr"), ("mai", "may", "mag", "mei"),
    ("juin", "jun", "giu"), ("juil", "jul", "lug"), ("aou", "aug", "ago"), ("sep", "set"), ("oct", "okt", "ott", "out"),
    ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip


class Shape(StrEnum):
    """What parts the head from what follows."""

    BRACKETS = "brackets"
    DASH = "dash"
    COLON = "colon"
    COMMA = "comma"
    SPACE = "space"
    TIME_FIRST = "time_first"


@dataclass(frozen=True, slots=True)
class Head:
    """``parts`` of the date in the order written (their meaning is that of the whole file); ``rest`` follows."""

    shape: Shape
    parts: tuple[str, str, str]
    minute: int
    rest: str


def shown(text: str) -> str:
    """``text`` less the signs that nobody sees; most texts have none."""
    return text.translate(HIDDEN) if _ANY_HIDDEN.search(text) else text


def head_of(line: str) -> Head | None:
    """The head that ``line`` begins with, or None: the line then goes on with the message before it."""
    start = line.lstrip(MARKS)
    if not start or not (start[0] == "[" or start[0].isdigit()):
        return None
    seen = start[:70].translate(_ODD_SIGNS) if _ODD_SIGN.search(start, 0, 70) else start[:70]
    shape = None
    found = _HEAD.match(seen)
    if found is None:
        found, shape = _TIME_FIRST.match(seen), Shape.TIME_FIRST
    if found is None or (found["open"] is None) == (found["close"][0] == "]"):
        return None
    early = "" if shape else found["early"]
    minute = _minute(found["hour"], found["minute"], (found["half"] or early or "").lower())
    parts = _parts(found["date"]) if found["date"] else _named(found)
    if minute is None or parts is None:
        return None
    return Head(shape or _SHAPES[found["close"].strip()], parts, minute, start[found.end() :])


_SHAPES = {"]": Shape.BRACKETS, "-": Shape.DASH, "–": Shape.DASH, "—": Shape.DASH, ":": Shape.COLON,
           ",": Shape.COMMA, "": Shape.SPACE}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _parts(written: str) -> tuple[str, str, str]:
    first, second, third = (shown(part).strip() for part in re.split("[./-]", written))
    return first, second, third


def _named(found: re.Match[str]) -> tuple[str, str, str] | None:
    """The year, the month and the day of a date that says which is which: « 17 mars 2020 », « 2020년 3월 17일 »."""
    if found["year"]:
        return found["year"], found["month"], found["day"]
    name = fold(found["name"])
    month = next((n for n, stems in enumerate(_MONTHS, 1) if name.startswith(stems)), None)
    return (found["y"], str(month), found["d"]) if month else None


@lru_cache(maxsize=1 << 12)
def _minute(hour: str, minute: str, half: str) -> int | None:
    hours, minutes = int(hour), int(minute)
    if half:
        late = half.startswith(_AFTERNOON)
        if not 1 <= hours <= 12:
            return None if hours > 12 and not late else _on_the_clock(hours, minutes)
        hours = hours % 12 + (12 if late else 0)
    return _on_the_clock(hours, minutes)


def _on_the_clock(hours: int, minutes: int) -> int | None:
    return 60 * hours + minutes if hours < 24 and minutes < 60 else None
