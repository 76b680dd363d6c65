"""The head of a message in a WhatsApp export: its date and its time, whatever the telephone and its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

# right-to-left and left-to-right marks, isolates, soft hyphens, signs of command: not seen; the joiner of emoji
# (U+200D) is kept
_COMMANDS = [n for n in range(32) if n not in (9, 10, 13)]
HIDDEN = dict.fromkeys(
    [*_COMMANDS, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
MARKS = "".join(map(chr, HIDDEN))
_ANY_HIDDEN = re.compile(f"[{re.escape(MARKS)}]")

_HEAD = re.compile(
    r"(?P<open>\[)?"
    r"(?P<date>\d{1,4}[./-] ?\d{1,4}[./-] ?\d{1,4})\.?"
    r",? ?(?:(?:à|at|um|klo|kl\.|alle|a las|às|om|в) )?"
    r"(?P<early>上午|下午|午前|午後|오전|오후)? ?"
    r"(?P<hour>\d{1,2})(?:[:.]| ?h ?)(?P<minute>\d{2})(?:(?:[:.]| ?min ?)\d{2})?(?: ?s\b)?"
    r"(?: ?/?(?P<half>[ap])\.? ?m\b\.?)?(?: uhr)?"
    r"(?P<close>\] ?| [-–] ?|: | )",
    re.IGNORECASE,
)
_AFTERNOON = {"p", "下午", "午後", "오후"}
_ODD_SPACE = re.compile("[\xa0\u202f\u2009]")


class Shape(StrEnum):
    """What parts the head from what follows."""

    BRACKETS = "brackets"
    DASH = "dash"
    COLON = "colon"
    SPACE = "space"


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
    found = _HEAD.match(_ODD_SPACE.sub(" ", start[:70]))
    if found is None or (found["open"] is None) == (found["close"][0] == "]"):
        return None
    minute = _minute(found["hour"], found["minute"], (found["half"] or found["early"] or "").lower())
    if minute is None:
        return None
    return Head(_SHAPES[found["close"].strip()], _parts(found["date"]), minute, start[found.end() :])


_SHAPES = {"]": Shape.BRACKETS, "-": Shape.DASH, "–": Shape.DASH, ":": Shape.COLON, "": Shape.SPACE}


@lru_cache(maxsize=1 << 12)
def _parts(written: str) -> tuple[str, str, str]:
    first, second, third = (part.strip() for part in re.split("[./-]", written))
    return first, second, third


@lru_cache(maxsize=1 << 12)
def _minute(hour: str, minute: str, half: str) -> int | None:
    hours, minutes = int(hour), int(minute)
    if half:
        if not 1 <= hours <= 12:
            return None if hours > 12 and half not in _AFTERNOON else _on_the_clock(hours, minutes)
        hours = hours % 12 + (12 if half in _AFTERNOON else 0)
    return _on_the_clock(hours, minutes)


def _on_the_clock(hours: int, minutes: int) -> int | None:
    return 60 * hours + minutes if hours < 24 and minutes < 60 else None
