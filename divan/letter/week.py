"""A week of the forum as this edition publishes it, drawn from what the last build put away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from divan.builder.memory import load_state
from divan.builder.settings import Settings
from divan.builder.site_files import reader
from divan.catalogue.row import Row
from divan.catalogue.rows import SCHEMA, Rows
from divan.catalogue.thread_lists import EVERYTHING, UNANSWERED
from divan.forum.front_matter import read_line
from divan.forum.model import Kind
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml, split_front_matter
from surveys.model import StudyKind
from surveys.study import load_study, study_folders
from surveys.wording import typeset

WAITING_SHOWN = 10  # questions, those that waited longest
_WEEK = re.compile(r"(\d{4})-W(\d\d)")


class LetterLine(NamedTuple):
    """One line of the letter: ``about`` says the specialty that a question lacks, or until when a form is open."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class ForumWeek:
    """What happened from ``monday`` on; ``waiting`` are the questions without an answer at its end, and how many."""

    monday: date
    cases: tuple[LetterLine, ...]
    topics: tuple[LetterLine, ...]
    resolutions: tuple[LetterLine, ...]
    surveys: tuple[LetterLine, ...]
    results: tuple[LetterLine, ...]
    waiting: tuple[LetterLine, ...]
    waiting_count: int

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def id(self) -> str:
        """``2026-W48``."""
        return f"{self.monday:%G-W%V}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing came: questions that were waiting already are no news."""
        return not (self.cases or self.topics or self.resolutions or self.surveys or self.results)


def monday_of(said: str | None, today: date) -> date:
    """The week asked (``2026-W48``), else the last one that is over; raises ProblemsFound."""
    if said is None:
        return today - timedelta(days=today.weekday() + 7)
    found = _WEEK.fullmatch(said)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else _no_week(said)
    except ValueError:
        return _no_week(said)


def _no_week(said: str) -> date:
    message = f"une semaine s'écrit AAAA-Wnn, pas « {said} »"
    raise ProblemsFound([Problem("--week", None, message, "exemple : 2026-W48")])


def read_week(settings: Settings, monday: date, base: str = "") -> ForumWeek:
    """The week that begins on ``monday``; raises ProblemsFound when no site is built.

    ``base`` is what comes before the address of a page: the site, or the door of the members' space.
    """
    state = load_state(settings.state_file)
    if state is None or state.values.get("schema") != SCHEMA:
        what = "il n'y a pas de site dont écrire la lettre" if state is None else "ce site vient d'un autre Divan"
        raise ProblemsFound([Problem(str(settings.output), None, what, "lancez « divan build » d'abord")])
    base = base or f"{settings.url}/"
    sunday = monday + timedelta(days=6)
    with closing(reader(settings.work / state.store.name)) as store:
        rows = Rows(store)
        everything = [*rows.named(EVERYTHING)]
        waiting = [row for row in rows.named(UNANSWERED) if row.date.date() <= sunday]
    new = [row for row in everything if monday <= row.date.date() <= sunday]
    ended = [row for row in everything if row.resolved and monday <= row.resolved <= sunday]
    return ForumWeek(
        monday=monday,
        cases=tuple(_thread(base, row) for row in new if row.kind == Kind.CASE),
        topics=tuple(_thread(base, row) for row in new if row.kind == Kind.TOPIC),
        resolutions=tuple(_thread(base, row) for row in ended),
        surveys=tuple(_surveys(settings, base, monday, sunday)),
        results=tuple(_results(settings.root, base, monday, sunday)),
        waiting=tuple(_thread(base, row) for row in waiting[:WAITING_SHOWN]),
        waiting_count=len(waiting),
    )


def _thread(base: str, row: Row) -> LetterLine:
    """Its title, and the specialty that it asks: never an extract, which a correction could not call back."""
    return LetterLine(row.title, base + row.url, row.specialty or (row.area.name if row.area else ""))


def _surveys(settings: Settings, base: str, monday: date, sunday: date) -> Iterator[LetterLine]:
    """Those that open in this week; a poll is under its thread."""
    theirs = settings.get("AUDIENCE") == "members"
    for study in map(load_study, study_folders(settings.root)):
        if study.kind is StudyKind.ENTRY:
            continue
        for wave in study.waves:
            if monday <= wave.opens <= sunday and (theirs or not wave.members_only):
                title = study.title if study.kind is StudyKind.POLL else f"{study.title} : {wave.label}"
                url = f"{base}enquetes/{study.id}/{wave.id}/"
                yield LetterLine(typeset(title, "fr"), url, wave.closes.isoformat())


def _results(root: Path, base: str, monday: date, sunday: date) -> Iterator[LetterLine]:
    for file in sorted(root.glob("content/results/*/index.md")):
        path = file.relative_to(root).as_posix()
        head = read_yaml(path, split_front_matter(path, file.read_text(encoding="utf-8"))[0], first_line=2).value
        if isinstance(head, dict) and monday.isoformat() <= str(head.get("updated", "")) <= sunday.isoformat():
            yield LetterLine(read_line(head, "title") or file.parent.name, f"{base}resultats/{file.parent.name}/")
