"""The lists in which threads stand: which ones, what the store keeps of a thread for them, how plugins read one.

A list is named by the address of its first page: ``cas/``, ``mots/toux/``, ``auteurs/merle/``; ``EVERYTHING`` holds all
threads that an edition shows. In a list, threads stand by *place*: the minute when they were opened and their four
letters, as one number.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from sqlite3 import Connection
from typing import Any, NamedTuple, overload

from divan.catalogue.row import Row
from divan.catalogue.thread_files import ThreadFiles
from divan.forum.model import Kind
from divan.forum.naming import URL_FOLDER, author_link, tag_link

EVERYTHING = ""
UNANSWERED = "sans-reponse/"
ANSWERED = "#"  # after an author's address: the threads of others that they answered
REVEALED = "!"  # after a hashtag's address: the cases whose answer it gives away
WAITING = "?"  # after a specialty's address: its questions that nobody has answered
MOST = 15_000  # rows kept at hand
_SOME = 64  # of the newest threads of a list, asked for at once: several pages show them
_OF_LIST = "FROM entry WHERE list = (SELECT number FROM list WHERE name = ?)"


class StoredRow(NamedTuple):
    """A row with all that is kept of its thread, as plain values: ``lists`` are names, ``last`` orders by activity.

    ``gone`` are the ids of its withdrawn replies, on one line; ``marks`` those of its posts, one after another.
    """

    place: int
    id: str
    url: str
    seal: bytes
    replies: str
    row: bytes
    shown: bool
    specialty: str
    answers: int
    gone: str
    marks: bytes
    lists: tuple[str, ...]
    last: int
    links: tuple[str, ...]


def store_row(row: Row, files: ThreadFiles, gone: Iterable[str], marks: Iterable[bytes], audience: str) -> StoredRow:
    """What is kept of a thread just read; an edition shows it or not, according to its ``audience``."""
    shown = not row.withdrawn and row.open_to(audience)
    return StoredRow(
        place_of(row.written, row.id), row.id, row.url, files.seal, files.reply_names, marshal.dumps(tuple(row)), shown,
        row.specialty, row.replies, " ".join(gone), b"".join(marks),
        tuple(dict.fromkeys(lists_of(row))) if shown else (), place_of(row.last_written, row.id), row.links,
    )  # fmt: skip


def lists_of(row: Row) -> Iterator[str]:
    """Names of the lists in which a thread that is shown stands, its author's once."""
    yield EVERYTHING
    yield f"{URL_FOLDER[Kind(row.kind)]}/"
    if row.area:
        yield row.area.url
    if row.unanswered:
        yield UNANSWERED
    if row.specialty_link:
        yield row.specialty_link.url
        if row.unanswered:
            yield row.specialty_link.url + WAITING
    yield from (tag_link(name).url for name in row.hashtags)
    yield from (tag_link(name).url + REVEALED for name in row.reveals)
    if row.apart:
        return
    own = author_link(row.author_name).url
    yield own
    for name in row.answered_by:
        if (url := author_link(name).url) != own:
            yield url + ANSWERED


_DIGITS = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")
_SIGNS = str.maketrans("", "", "-T:")


def place_of(written: str, thread: str) -> int:
    """``2026-03-14T18:20:00`` and ``…-k7f2``: the minute in figures, then the letters in base 32."""
    return int(written[:16].translate(_SIGNS)) << 20 | int(thread[-4:].translate(_DIGITS), 32)


class ListedRows:
    """The rows in an open database, by their places: fetched as lists ask for them, and kept at hand."""

    def __init__(self, base: Connection) -> None:
        self._base = base
        self._known: dict[int, Row] = {}
        self._newest: dict[str, tuple[int, list[int]]] = {}

    def places(self, name: str) -> list[int]:
        """The places of a list, oldest first."""
        return list(map(itemgetter(0), self._base.execute(f"SELECT place {_OF_LIST} ORDER BY place", (name,))))

    def newest(self, name: str, number: int) -> list[int]:
        """The places of the threads of a list in which someone wrote last, most recent first."""
        most, places = self._newest.get(name, (0, []))
        if number > most:
            asked = f"SELECT place {_OF_LIST} ORDER BY last DESC, place DESC LIMIT ?"
            most = max(number, _SOME)
            places = list(map(itemgetter(0), self._base.execute(asked, (name, most))))
            self._newest[name] = most, places
        return places[:number]

    def at(self, places: Iterable[int]) -> list[Row]:
        """The rows that stand at these places."""
        return [self._known.get(place) or self._fetch(place) for place in places]

    def _fetch(self, place: int) -> Row:
        if len(self._known) == MOST:
            self._known.clear()
        (stored,) = self._base.execute("SELECT row FROM thread WHERE place = ?", (place,)).fetchone()
        row = self._known[place] = row_of(stored)
        return row


def row_of(stored: bytes) -> Row:
    """A row as it was put away."""
    return Row._make(marshal.loads(stored))  # noqa: S302 - notre fichier, scellé


class ThreadList(Sequence[Row]):
    """They stand oldest first, and are fetched as they are asked for."""

    def __init__(self, rows: ListedRows, name: str) -> None:
        self._rows, self.name = rows, name

    @cached_property
    def _places(self) -> list[int]:
        return self._rows.places(self.name)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Any:
        """One row, or those of a slice."""
        return self._rows.at(self._places[at]) if isinstance(at, slice) else self._rows.at([self._places[at]])[0]

    def before(self, place: int) -> int:
        """How many threads stand before this place."""
        return bisect_left(self._places, place)

    def newest(self, number: int) -> list[Row]:
        """Those in which someone wrote last, most recent first."""
        return self._rows.at(self._rows.newest(self.name, number))
