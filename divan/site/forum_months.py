"""What the forum did, month by month, as its public edition shows it: counts and medians that name nobody.

``content/activity.csv`` holds them, written by ``divan activity``: a build reads that file and counts nothing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

from divan.builder.memory import load_state
from divan.builder.settings import Settings
from divan.builder.site_files import reader
from divan.catalogue.row import Row
from divan.catalogue.rows import SCHEMA, Rows
from divan.catalogue.thread_lists import EVERYTHING
from divan.forum.post_text import decode
from divan.forum.tombstone import is_withdrawn
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml, split_front_matter

MONTHS_PATH = "content/activity.csv"
FEWEST = 5  # people, or posts, from which something is said of them
LEVELS = (("once", 1, 1), ("some", 2, 4), ("often", 5, 10**9))  # posts in a month


class ForumMonth(NamedTuple):
    """One month as texts, '' where too few are behind a figure.

    Hours to a first reply, days of review (medians); ``unanswered`` and ``engagement`` are percentages.
    """

    month: str
    threads: str
    replies: str
    contributors: str
    once: str
    some: str
    often: str
    first_reply: str
    review: str
    unanswered: str
    views: str
    engagement: str


@dataclass
class _MonthCount:
    threads: int = 0
    replies: int = 0
    unanswered: int = 0
    authors: Counter[str] = field(default_factory=Counter)
    first: list[float] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)


class _Written(NamedTuple):
    """A post as the count needs it."""

    when: datetime
    author: str
    waited: int | None


def forum_months(settings: Settings, views: Mapping[str, int]) -> list[ForumMonth]:
    """Every month that is over, from the first post on; raises ProblemsFound when no site is built."""
    state = load_state(settings.state_file)
    if state is None or state.values.get("schema") != SCHEMA:
        message = "il n'y a pas de site dont compter l'activité"
        raise ProblemsFound([Problem(str(settings.output), None, message, "lancez « divan build » d'abord")])
    counted: defaultdict[str, _MonthCount] = defaultdict(_MonthCount)
    with closing(reader(settings.work / state.store.name)) as store:
        rows = Rows(store)
        for row in rows.named(EVERYTHING):
            if not row.members_only:
                _count(counted, [*_posts(settings.root, row, rows.files(row.id))])
    this = f"{settings.today:%Y-%m}"
    return [_month(month, counted[month], views.get(month)) for month in _between(counted, this)]


def _posts(root: Path, row: Row, paths: Sequence[str]) -> Iterator[_Written]:
    for path in paths:
        text = decode(path, (root / path).read_bytes())
        if not is_withdrawn(text):
            head = read_yaml(path, split_front_matter(path, text)[0], first_line=2).value
            yield _Written(datetime.fromisoformat(head["date"]), str(head["author"]), head.get("waited"))


def _count(counted: defaultdict[str, _MonthCount], posts: Sequence[_Written]) -> None:
    """A thread: its opening first, its replies in any order."""
    opening, *replies = posts
    for post in posts:
        month = counted[f"{post.when:%Y-%m}"]
        month.authors[post.author] += 1
        month.waits += [post.waited] if post.waited is not None else []
        month.replies += post is not opening
    opened = counted[f"{opening.when:%Y-%m}"]
    opened.threads += 1
    others = [reply.when for reply in replies if reply.author != opening.author]
    if others:
        opened.first.append((min(others) - opening.when).total_seconds() / 3_600)
    else:
        opened.unanswered += 1


def _between(months: Iterable[str], end: str) -> Iterator[str]:
    """Every month from the first one to the one before ``end``, those without a post included."""
    first = min(months, default=end)
    year, month = map(int, first.split("-"))
    while (found := f"{year:04d}-{month:02d}") < end:
        yield found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _month(month: str, one: _MonthCount, views: int | None) -> ForumMonth:
    posts = one.threads + one.replies
    people = len(one.authors)
    levels = {name: sum(low <= n <= high for n in one.authors.values()) for name, low, high in LEVELS}
    told = all(n == 0 or n >= FEWEST for n in levels.values())
    return ForumMonth(
        month=month,
        threads=str(one.threads),
        replies=str(one.replies),
        contributors=_enough(people, people),
        **{name: str(n) if told else "" for name, n in levels.items()},
        first_reply=_enough(len(one.first), median(one.first) if one.first else 0, 1),
        review=_enough(len(one.waits), median(one.waits) if one.waits else 0, 1),
        unanswered=_enough(one.threads, 100 * one.unanswered / one.threads if one.threads else 0),
        views="" if views is None else str(views),
        engagement="" if not views else f"{100 * posts / views:.2f}",
    )


def _enough(behind: int, value: float, digits: int = 0) -> str:
    """A figure with at least ``FEWEST`` behind it; none of it when they are fewer, nought included."""
    return f"{value:.{digits}f}" if behind >= FEWEST else ""


def write_months(months: Sequence[ForumMonth]) -> str:
    """The months as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([ForumMonth._fields, *months])
    return text.getvalue()


def read_months(root: Path) -> list[ForumMonth]:
    """The months that were written, none where nothing was; raises ProblemsFound."""
    file = root / MONTHS_PATH
    if not file.is_file():
        return []
    first, *rows = [*csv.reader(io.StringIO(decode(MONTHS_PATH, file.read_bytes()), newline=""))] or [[]]
    sound = tuple(first) == ForumMonth._fields and all(len(row) == len(first) and _is_month(row) for row in rows)
    if not sound:
        message = "ce fichier doit être tel que « divan activity » l'écrit"
        raise ProblemsFound([Problem(MONTHS_PATH, None, message, "refaites-le par « divan activity »")])
    return [ForumMonth(*row) for row in rows]


def _is_month(row: Sequence[str]) -> bool:
    try:
        date.fromisoformat(f"{row[0]}-01")
        return all(not cell or float(cell) >= 0 for cell in row[1:])
    except ValueError:
        return False
