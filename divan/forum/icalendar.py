"""Appointments as an iCalendar file (RFC 5545), for any calendar: the same dates always give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from divan.forum.appointments import Appointment

_LONGEST = 75  # octets of a line, its end not counted (section 3.1)
_ESCAPED = re.compile(r"[\\;,]")
_STAMP = "%Y%m%dT%H%M%S"


def calendar(name: str, host: str, zone: str, appointments: Sequence[Appointment]) -> str:
    """The file, named ``name``; hours are those of ``zone``, and ids belong to ``host``."""
    timed = [one for one in appointments if one.starts]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Divan//Agenda//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(_zone(zone, timed) if timed else ()),
        *(line for one in appointments for line in _event(one, host, zone)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Appointment, host: str, zone: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@{host}"
    yield f"DTSTAMP:{one.first:%Y%m%d}T000000Z"  # jamais celui de la construction : le fichier changerait chaque jour
    if one.starts and one.ends:
        yield f"DTSTART;TZID={zone}:{datetime.combine(one.first, one.starts):{_STAMP}}"
        yield f"DTEND;TZID={zone}:{datetime.combine(one.last, one.ends):{_STAMP}}"
    else:
        yield f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.last + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(one.title)}"
    if one.place:
        yield f"LOCATION:{_text(one.place)}"
    if one.about:
        yield f"DESCRIPTION:{_text(one.about)}"
    if one.link:
        yield f"URL:{one.link}"
    yield "END:VEVENT"


def _zone(name: str, timed: Sequence[Appointment]) -> Iterator[str]:
    """The zone as it is kept over these years: one part for each change of the clocks."""
    zone = ZoneInfo(name)
    begins = date(min(one.first.year for one in timed), 1, 1)
    ends = date(max(one.last.year for one in timed), 12, 31)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
    start = datetime.combine(begins, time.min, UTC) - timedelta(days=1)
    yield from _observance(start, zone, start)
    for n in range((ends - begins).days + 2):
        day = start + timedelta(days=n)
        if day.astimezone(zone).utcoffset() != (day + timedelta(days=1)).astimezone(zone).utcoffset():
            yield from _observance(_change_after(day, zone), zone, day)
    yield "END:VTIMEZONE"


def _change_after(day: datetime, zone: ZoneInfo) -> datetime:
    """The minute at which the clocks change in the day that follows."""
    before = day.astimezone(zone).utcoffset()
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        same = (day + timedelta(minutes=middle)).astimezone(zone).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    return day + timedelta(minutes=high)


def _observance(moment: datetime, zone: ZoneInfo, before: datetime) -> Iterator[str]:
    then, now = before.astimezone(zone), moment.astimezone(zone)
    kind = "DAYLIGHT" if now.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{(moment + (then.utcoffset() or timedelta())).replace(tzinfo=None):{_STAMP}}"
    yield f"TZOFFSETFROM:{then:%z}"
    yield f"TZOFFSETTO:{now:%z}"
    yield f"TZNAME:{now.tzname()}"
    yield f"END:{kind}"


def _text(words: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", words).replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Cut where it passes 75 octets, between two characters; what follows begins with a space."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LONGEST:
            parts.append("")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n ".join(parts)
