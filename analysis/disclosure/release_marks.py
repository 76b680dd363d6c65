"""What was published before: a new release comes out when nobody, or enough people, changed since each earlier one.

The difference of two exact pages is a table of those who changed. So that it can be told how many they are once an
answer is erased, the moderators' folder (``review/``, out of git) keeps a short mark a person of each release: long
enough to count, too short to know what anybody answered.
"""

from __future__ import annotations

import hmac
import json
import math
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.people.cohort import Cohort
from divan.sources.writing import write_beside
from surveys.responses import Row

FILE = "releases.json"
STRANGERS = 256  # two people of a release have the same mark less than once in so many


@dataclass(frozen=True, slots=True)
class Release:
    """A page that was published: the day of its last answer, and a mark a person, sorted."""

    day: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseMemory:
    """Every exact release of a study; ``secret`` makes the marks of this study only."""

    secret: str
    releases: tuple[Release, ...] = ()

    def release(self, cohort: Cohort) -> Release:
        """The release that these answers would make."""
        people: dict[str, list[str]] = {}
        for wave, answers in cohort.responses.items():
            for row in answers.rows:
                people.setdefault(_person(cohort, wave, row), []).append(json.dumps([wave, row], sort_keys=True))
        digits = math.ceil(math.log(STRANGERS * max(1, len(people)), 16))
        marks = sorted(self._mark("\n".join(sorted(said)))[:digits] for said in people.values())
        return Release(cohort.data_cut.isoformat() if cohort.data_cut else "", tuple(marks))

    def _mark(self, said: str) -> str:
        return hmac.new(bytes.fromhex(self.secret), said.encode(), "sha256").hexdigest()

    def with_release(self, release: Release) -> ReleaseMemory:
        """The memory, this release among the others."""
        known = tuple(one for one in self.releases if one.marks != release.marks)
        return ReleaseMemory(self.secret, (*known, release))


def changed(earlier: Release, later: Release) -> int:
    """How many people are in one release and not as they were in the other: at least so many."""
    digits = min((len(mark) for mark in (*earlier.marks, *later.marks)), default=0)
    before, after = (Counter(mark[:digits] for mark in one.marks) for one in (earlier, later))
    return max((before - after).total(), (after - before).total())


def too_close(memory: ReleaseMemory, later: Release, k: int) -> Iterator[tuple[Release, int]]:
    """Each earlier release from which fewer than ``k`` people changed, and how many."""
    for earlier in memory.releases:
        if 0 < (people := changed(earlier, later)) < k:
            yield earlier, people


def read_memory(folder: Path) -> ReleaseMemory:
    """What the moderators' folder of a study remembers; nothing yet when the file is not there, or cannot be read."""
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        releases = tuple(Release(str(one["day"]), tuple(map(str, one["marks"]))) for one in raw["releases"])
        return ReleaseMemory(bytes.fromhex(raw["secret"]).hex(), releases)
    except (OSError, ValueError, KeyError, TypeError):
        return ReleaseMemory(secrets.token_hex(32))


def keep_memory(folder: Path, memory: ReleaseMemory) -> None:
    """Write it where git does not look."""
    releases = [{"day": one.day, "marks": list(one.marks)} for one in memory.releases]
    write_beside(folder / FILE, json.dumps({"secret": memory.secret, "releases": releases}) + "\n")


def changed_by_counts(report: Mapping[str, Any], cohort: Cohort) -> int:
    """Without a memory, from the published report: by how many a wave grew or shrank, the fewest; 1 at least."""
    known = {name: int(one["received"]) for name, one in report["waves"].items()}
    counts = {name: one.received for name, one in cohort.counts.items()}
    apart = [abs(counts.get(name, 0) - known.get(name, 0)) for name in known.keys() | counts.keys()]
    return max(1, min((n for n in apart if n), default=0))


def _person(cohort: Cohort, wave: str, row: Row) -> str:
    """Answers that share a code are one person's; an answer without one is its own."""
    code = row.get(cohort.study.pairing.code, "") if cohort.study.pairing else ""
    return code or f"{wave}/{row['response']}"
