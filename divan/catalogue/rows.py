"""The rows of all threads and the lists in which each one stands, in SQLite: a build touches only what it changes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from divan.builder.catalogue import Change
from divan.builder.digest import SIZE
from divan.catalogue.row import Row
from divan.catalogue.thread_files import ThreadFiles, named_files
from divan.catalogue.thread_lists import ANSWERED, WAITING, ListedRows, StoredRow, ThreadList, lists_of, row_of
from divan.forum.model import Kind
from divan.sources.slug import slug

SCHEMA = f"""
-- a row: {" ".join(Row._fields)}
CREATE TABLE thread (place INTEGER PRIMARY KEY, id TEXT UNIQUE, url TEXT, seal BLOB, replies TEXT, row BLOB,
                     shown INTEGER, specialty TEXT, answers INTEGER, gone TEXT,
                     marks BLOB);
CREATE INDEX shown ON thread (shown, specialty, answers);
CREATE INDEX gone ON thread (id) WHERE gone != '';
CREATE TABLE list (number INTEGER PRIMARY KEY, name TEXT UNIQUE, length INTEGER);
CREATE TABLE entry (list INTEGER, place INTEGER, last INTEGER, PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE beside (thread TEXT PRIMARY KEY, seal BLOB) WITHOUT ROWID;
CREATE TABLE link (target TEXT, thread TEXT, PRIMARY KEY (target, thread)) WITHOUT ROWID;
"""


class Rows:
    """The rows in an open database; ``changes`` tells what was done to each list since then, by its name."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self.changes: dict[str, Change] = {}
        self._numbers: dict[str, int] = {}
        self._listed = ListedRows(base)

    def get(self, thread: str) -> Row | None:
        """The row of a thread."""
        found = self._base.execute("SELECT row FROM thread WHERE id = ?", (thread,)).fetchone()
        return row_of(found[0]) if found else None

    def all(self) -> Iterator[Row]:
        """Every row, oldest first, withdrawn threads included."""
        return (row_of(row) for (row,) in self._base.execute("SELECT row FROM thread ORDER BY place"))

    def thread_files(self, thread: str) -> ThreadFiles | None:
        """The files of a thread when it was read."""
        asked = "SELECT row, replies, seal FROM thread WHERE id = ?"
        found = self._base.execute(asked, (thread,)).fetchone()
        return named_files(thread, Kind(row_of(found[0]).kind), found[1], found[2]) if found else None

    def files(self, thread: str) -> tuple[str, ...]:
        """The paths of these files, from the root."""
        found = self.thread_files(thread)
        return (*found.openings, *found.replies) if found else ()

    def seals(self) -> dict[str, bytes]:
        """What the files of each thread held when it was read."""
        return dict(self._base.execute("SELECT id, seal FROM thread"))

    def marks(self, threads: Iterable[str] | None = None) -> dict[str, frozenset[bytes]]:
        """The marks of the posts, which identify nobody, of these threads or of all."""
        asked = "SELECT id, marks FROM thread"
        if threads is None:
            found = [*self._base.execute(asked)]
        else:
            found = [row for one in threads for row in self._base.execute(f"{asked} WHERE id = ?", (one,))]
        return {
            thread: frozenset(marks[start : start + SIZE] for start in range(0, len(marks), SIZE))
            for thread, marks in found
        }

    def hidden(self) -> dict[str, bytes]:
        """Ids of the threads that this edition does not show, with the seals of their files."""
        return dict(self._base.execute("SELECT id, seal FROM thread WHERE NOT shown ORDER BY id"))

    def hidden_hashtags(self) -> set[str]:
        """Slugs of the hashtags that threads of this edition do not carry, and hidden ones do."""
        hidden = filter(None, map(self.get, self.hidden()))
        carried = (used for row in hidden for used in (*row.uses, *map(slug, row.hashtags)))
        shown = {name.split("/")[1] for name, length in self.lengths("mots/").items() if length}
        return {one for one in carried if one not in shown}

    def withdrawn_replies(self) -> list[str]:
        """Paths of the replies withdrawn from threads that are shown, whether their files are there or not."""
        asked = "SELECT id, gone FROM thread WHERE gone != '' AND shown"
        found = sorted(self._base.execute(asked))
        return [f"content/replies/{thread}/{name}.md" for thread, gone in found for name in gone.split()]

    def linking_to(self, targets: Iterable[str]) -> set[str]:
        """Threads that name one of these addresses."""
        asked = "SELECT thread FROM link WHERE target = ?"
        return {thread for target in targets for (thread,) in self._base.execute(asked, (target,))}

    def beside(self, threads: Iterable[str]) -> dict[str, bytes]:
        """The seals of what the pages of these threads show beside them."""
        asked = "SELECT thread, seal FROM beside WHERE thread = ?"
        return dict(row for one in threads for row in self._base.execute(asked, (one,)))

    def note_beside(self, seals: Iterable[tuple[str, bytes]]) -> None:
        """Keep them for the next build."""
        self._base.executemany("INSERT OR REPLACE INTO beside VALUES (?, ?)", seals)

    def urls(self) -> list[str]:
        """Addresses of the threads shown, oldest first."""
        return [url for (url,) in self._base.execute("SELECT url FROM thread WHERE shown ORDER BY place")]

    def specialties(self) -> list[str]:
        """Specialties of the threads shown, in order."""
        asked = "SELECT DISTINCT specialty FROM thread WHERE shown AND specialty != '' ORDER BY specialty"
        return [name for (name,) in self._base.execute(asked)]

    def answers(self) -> int:
        """Replies to the threads shown."""
        return int(self._base.execute("SELECT COALESCE(SUM(answers), 0) FROM thread WHERE shown").fetchone()[0])

    def fill(self, stored_rows: Iterable[StoredRow]) -> None:
        """Forget every thread, and put these."""
        for table in ("thread", "list", "entry", "link", "beside"):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - nos propres tables
        numbers: dict[str, int] = {}
        entries = []
        for found in stored_rows:
            entries += [(numbers.setdefault(name, len(numbers)), found.place, found.last) for name in found.lists]
        self._insert(stored_rows, entries)
        lengths = Counter(number for number, *_ in entries)
        lists = ((number, name, lengths[number]) for name, number in numbers.items())
        self._base.executemany("INSERT INTO list VALUES (?, ?, ?)", lists)

    def _insert(self, stored_rows: Iterable[StoredRow], entries: list[tuple[int, int, int]]) -> None:
        put = self._base.executemany
        put("INSERT INTO thread VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (found[:11] for found in stored_rows))
        links = ((link, found.id) for found in stored_rows for link in dict.fromkeys(found.links))
        put("INSERT INTO link VALUES (?, ?)", links)
        put("INSERT INTO entry VALUES (?, ?, ?)", sorted(entries))

    def replace(self, gone: Iterable[str], stored_rows: Sequence[StoredRow]) -> None:
        """Forget the threads that are ``gone`` and put those in ``stored_rows``, instead of what was known of them."""
        before: dict[str, tuple[int, list[str]]] = {}
        for thread in (*gone, *(found.id for found in stored_rows)):
            if known := self._forget(thread):
                before[thread] = known
        after = {found.id: (found.place, found.lists) for found in stored_rows}
        for thread in before.keys() | after.keys():
            self._note(before.get(thread), after.get(thread))
        numbers = self._number({name for found in stored_rows for name in found.lists})
        self._insert(
            stored_rows, [(numbers[name], found.place, found.last) for found in stored_rows for name in found.lists]
        )
        more = [(change.more, name) for name, change in self.changes.items() if change.more]
        self._base.executemany("UPDATE list SET length = length + ? WHERE name = ?", more)

    def _forget(self, thread: str) -> tuple[int, list[str]] | None:
        found = self._base.execute("SELECT place, row, shown FROM thread WHERE id = ?", (thread,)).fetchone()
        if found is None:
            return None
        place, stored, shown = found
        row = row_of(stored)
        names = list(dict.fromkeys(lists_of(row))) if shown else []
        numbers = self._number(names)
        remove = self._base.executemany
        remove("DELETE FROM entry WHERE list = ? AND place = ?", [(numbers[name], place) for name in names])
        remove("DELETE FROM link WHERE target = ? AND thread = ?", [(link, thread) for link in row.links])
        self._base.execute("DELETE FROM thread WHERE place = ?", (place,))
        return place, names

    def _note(self, before: tuple[int, Sequence[str]] | None, after: tuple[int, Sequence[str]] | None) -> None:
        then, now = (dict.fromkeys(one[1], one[0]) if one else {} for one in (before, after))
        for name in then.keys() | now.keys():
            change = self.changes.setdefault(name, Change())
            if then.get(name) == now.get(name):
                change.changed.add(now[name])
            else:
                change.moved |= {place for place in (then.get(name), now.get(name)) if place is not None}
                change.more += (name in now) - (name in then)

    def _number(self, names: Iterable[str]) -> dict[str, int]:
        if new := set(names) - self._numbers.keys():
            asked = "INSERT OR IGNORE INTO list (name, length) VALUES (?, 0)"
            self._base.executemany(asked, [(name,) for name in new])
            self._numbers = dict(self._base.execute("SELECT name, number FROM list"))
        return self._numbers

    def lengths(self, start: str) -> dict[str, int]:
        """How many threads stand in each list whose name starts with ``start``; emptied ones included."""
        return dict(self._base.execute("SELECT name, length FROM list WHERE name GLOB ? ORDER BY name", (f"{start}*",)))

    def authors(self) -> list[str]:
        """Addresses of the pages of those who wrote in a thread shown, now or earlier."""
        return sorted({name.removesuffix(ANSWERED) for name in self.lengths("auteurs/")})

    def specialty_urls(self) -> list[str]:
        """Addresses of the pages of specialties, those emptied since included."""
        return [name for name in self.lengths("specialites/") if not name.endswith(WAITING)]

    def named(self, name: str) -> ThreadList:
        """A list by its name."""
        return ThreadList(self._listed, name)

    def answered_by(self, author: str) -> ThreadList:
        """The threads of others that an author, by the address of their page, answered."""
        return ThreadList(self._listed, author + ANSWERED)

    def waiting_in(self, specialty: str) -> ThreadList:
        """The questions of a specialty, by the address of its page, that nobody has answered."""
        return ThreadList(self._listed, specialty + WAITING)
