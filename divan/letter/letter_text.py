"""The letter of a week in plain text and in HTML: titles and links, no picture, nothing that tells who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from divan.letter.week import ForumWeek, LetterLine
from divan.sources.french import MONTHS, enumeration, plural

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(["html"]),
    trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A letter ready to leave to one reader."""

    subject: str
    text: str
    html: str


def write_letter(week: ForumWeek, forum: str, home: str, leave: str) -> Letter:
    """The letter of a ``forum``, whose site is at ``home``; ``leave`` is where its reader stops it, if anywhere."""
    shown = {"week": week, "forum": forum, "home": home, "leave": leave, "parts": _parts(week), "days": days_of(week)}
    text, html = (_TEMPLATES.get_template(f"week.{kind}").render(shown) for kind in ("txt", "html"))
    return Letter(_subject(week, forum), text, html)


def days_of(week: ForumWeek) -> str:
    """``du 23 au 29 novembre 2026``, ``du 28 décembre 2026 au 3 janvier 2027``."""
    first, last = week.monday, week.sunday
    if first.year != last.year:
        return f"du {_day(first)} {first.year} au {_day(last)} {last.year}"
    begins = _number(first) if first.month == last.month else _day(first)
    return f"du {begins} au {_day(last)} {last.year}"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _day(day: date) -> str:
    return f"{_number(day)} {MONTHS[day.month - 1]}"


def _subject(week: ForumWeek, forum: str) -> str:
    """``Divan, du 23 au 29 novembre 2026 : 3 cas, 1 sujet et 1 résolution``."""
    counted = [
        (len(week.cases), "cas", "cas"), (len(week.topics), "sujet", ""), (len(week.resolutions), "résolution", ""),
        (len(week.surveys), "enquête", ""), (len(week.results), "résultat", ""),
    ]  # fmt: skip
    said = [plural(number, one, many) for number, one, many in counted if number]
    return f"{forum}, {days_of(week)} : {enumeration(said)}"


def _parts(week: ForumWeek) -> list[tuple[str, str, list[LetterLine]]]:
    """Each part of the letter that has something: its title, a sentence under it, and its lines."""
    waits = week.waiting_count
    more = f"Les {len(week.waiting)} plus anciennes, sur {waits}." if waits > len(week.waiting) else ""
    found = [
        (plural(len(week.cases), "nouveau cas", "nouveaux cas"), "", week.cases),
        (plural(len(week.topics), "nouveau sujet", "nouveaux sujets"), "", week.topics),
        (plural(len(week.resolutions), "résolution ajoutée", "résolutions ajoutées"),
         "Repliée : réfléchissez d'abord, puis ouvrez.", week.resolutions),
        (plural(len(week.surveys), "enquête qui s'ouvre", "enquêtes qui s'ouvrent"), "", [
            one._replace(about=f"jusqu'au {_day(until)} {until.year}")
            for one in week.surveys for until in [date.fromisoformat(one.about)]
        ]),
        (plural(len(week.results), "résultat publié", "résultats publiés"), "", week.results),
        (plural(waits, "question attend une réponse", "questions attendent une réponse"), more, week.waiting),
    ]  # fmt: skip
    return [(title, sentence, [*lines]) for title, sentence, lines in found if lines]
