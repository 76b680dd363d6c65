"""What stands beside a thread: the one before, the one after, and those that share its hashtags, the rarest first.

Those are sought near the thread in the list of each hashtag, so that a new thread changes the pages of a few others;
a hashtag that gives an answer away brings nothing together. What a page shows is sealed: only a change of it counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from divan.builder.catalogue import Change
from divan.builder.digest import digest_of
from divan.catalogue.row import Row
from divan.catalogue.thread_lists import REVEALED, place_of, row_of
from divan.forum.model import Kind
from divan.forum.naming import URL_FOLDER, tag_link

RELATED = 4  # threads on the same theme that a page shows
NEAR = 24  # neighbours of a thread in the list of a hashtag, on each side, among which they are sought
_ONLY = 1 << 10  # what a hashtag that few carry weighs; half for each four times as many


class Neighbour(NamedTuple):
    """What pages of other threads show of a thread, and what brings it near them."""

    id: str
    url: str
    title: str
    kind: str
    tags: tuple[str, ...]


class Beside:
    """The threads that this edition shows, by their places, as the store has them now."""

    def __init__(self, base: Connection) -> None:
        self._base = base
        self._lists: dict[str, list[int]] = {}
        self._known: dict[int, Neighbour] = {}
        self._places: dict[str, int] | None = None

    def load(self) -> None:
        """Have all at hand, before the work is shared."""
        for name, place in self._base.execute(
            "SELECT name, place FROM list JOIN entry ON list = number ORDER BY place"
        ):
            self._lists.setdefault(name, []).append(place)
        asked = "SELECT place, row FROM thread WHERE shown"
        self._known = {place: _known(row_of(row)) for place, row in self._base.execute(asked)}
        self._places = {known.id: place for place, known in self._known.items()}

    def of(self, thread: str) -> dict[str, object] | None:
        """What the page of a thread shows of others; None when this edition does not show it."""
        place = self._place(thread)
        if place is None:
            return None
        here = self._at(place)
        row = self._list(_list_of(here))
        at = bisect_left(row, place)
        return {
            "older": self._link(row[at - 1]) if at else None,
            "newer": self._link(row[at + 1]) if at + 1 < len(row) else None,
            "related": tuple(map(self._link, self._related(place, here))),
        }

    def touched(
        self, before: Mapping[str, Row], after: Mapping[str, Row], changes: Mapping[str, Change]
    ) -> dict[str, bytes]:
        """Threads whose page may show these threads otherwise than before, with the seal of what it shows now."""
        found: set[int] = set()
        for thread in before.keys() | after.keys():
            rows = [row for row in (before.get(thread), after.get(thread)) if row]
            if len({(_known(row), row.withdrawn, row.visibility) for row in rows}) == 1 < len(rows):
                continue
            for row in rows:
                found.update(self._around(row))
        for name, change in changes.items():
            length = len(self._list(name)) if name.startswith("mots/") and not name.endswith(REVEALED) else 0
            if _weight(length) != _weight(length - change.more):
                found.update(self._list(name))
        return {one.id: self.seal(one.id) for one in map(self._at, sorted(found))}

    def seal(self, thread: str) -> bytes:
        """Tells what a page shows beside its thread."""
        return digest_of(self.of(thread))

    def _around(self, row: Row) -> Iterator[int]:
        place, known = place_of(row.written, row.id), _known(row)
        for name in (_list_of(known), *known.tags):
            places = self._list(name)
            at = bisect_left(places, place)
            yield from places[max(at - NEAR - 1, 0) : at + NEAR + 2]

    def _related(self, place: int, here: Neighbour) -> Sequence[int]:
        scores: Counter[int] = Counter()
        for tag in here.tags:
            places = self._list(tag)
            at, weight = bisect_left(places, place), _weight(len(places))
            for other in places[max(at - NEAR, 0) : at + NEAR + 1]:
                if tag in self._at(other).tags:
                    scores[other] += weight
        del scores[place]
        return sorted(scores, key=lambda one: (-scores[one], abs(one - place), one))[:RELATED]

    def _link(self, place: int) -> tuple[str, str]:
        found = self._at(place)
        return found.url, found.title

    def _list(self, name: str) -> list[int]:
        if name not in self._lists:
            asked = "SELECT place FROM entry WHERE list = (SELECT number FROM list WHERE name = ?) ORDER BY place"
            self._lists[name] = [place for (place,) in self._base.execute(asked, (name,))]
        return self._lists[name]

    def _at(self, place: int) -> Neighbour:
        if place not in self._known:
            (row,) = self._base.execute("SELECT row FROM thread WHERE place = ?", (place,)).fetchone()
            self._known[place] = _known(row_of(row))
        return self._known[place]

    def _place(self, thread: str) -> int | None:
        if self._places is not None:
            return self._places.get(thread)
        found = self._base.execute("SELECT place FROM thread WHERE id = ? AND shown", (thread,)).fetchone()
        return int(found[0]) if found else None


def _known(row: Row) -> Neighbour:
    return Neighbour(row.id, row.url, row.title, row.kind, tuple(tag_link(name).url for name in row.hashtags))


def _list_of(known: Neighbour) -> str:
    return f"{URL_FOLDER[Kind(known.kind)]}/"


def _weight(carried: int) -> int:
    """What sharing a hashtag that so many threads carry weighs."""
    return _ONLY >> carried.bit_length() // 2
