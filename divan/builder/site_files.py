"""The files of the site: what each one was made from, and the part of the site to which it belongs.

A *part* is what is described as a whole: the pages of one list, those of one plugin, the catalogue's items', Pelican's.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from divan.builder.digest import digest

CATALOGUE = "catalogue"
PELICAN = "pelican"

SCHEMA = """
CREATE TABLE page (path TEXT PRIMARY KEY, part TEXT, key BLOB, content BLOB, size INTEGER, time INTEGER) WITHOUT ROWID;
CREATE INDEX part ON page (part);
"""


class Written(NamedTuple):
    """A file of the site: what it was made from, the digest of its bytes, its size and time of writing."""

    key: bytes
    content: bytes
    size: int
    time: int


class SiteFiles:
    """The files of the site in an open database."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def get(self, path: str) -> Written | None:
        """What is known of a file."""
        asked = "SELECT key, content, size, time FROM page WHERE path = ?"
        found = self._base.execute(asked, (path,)).fetchone()
        return Written._make(found) if found else None

    def part_of(self, path: str) -> str | None:
        """The part to which a file belongs."""
        found = self._base.execute("SELECT part FROM page WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found else None

    def of(self, part: str) -> set[str]:
        """The files of a part."""
        return {path for (path,) in self._base.execute("SELECT path FROM page WHERE part = ?", (part,))}

    def parts(self) -> set[str]:
        """Every part."""
        return {part for (part,) in self._base.execute("SELECT DISTINCT part FROM page")}

    def paths(self) -> list[str]:
        """Every file, sorted."""
        return [path for (path,) in self._base.execute("SELECT path FROM page ORDER BY path")]

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Each file, sorted, and the digest of its bytes."""
        return self._base.execute("SELECT path, content FROM page ORDER BY path")

    def html(self) -> int:
        """How many pages people can read."""
        return int(self._base.execute("SELECT COUNT(*) FROM page WHERE path GLOB '*.html'").fetchone()[0])

    def holds(self, name: str) -> bool:
        """Whether a file, or a folder, of this name at the first level of the site is ours."""
        asked = "SELECT 1 FROM page WHERE path = ? OR (path >= ? AND path < ?) LIMIT 1"
        return self._base.execute(asked, (name, f"{name}/", f"{name}0")).fetchone() is not None

    def put(self, part: str, written: Iterable[tuple[str, Written]]) -> None:
        """Note files of a part."""
        rows = ((path, part, *about) for path, about in written)
        self._base.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", rows)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget files."""
        self._base.executemany("DELETE FROM page WHERE path = ?", ((path,) for path in paths))

    def close(self) -> None:
        """Read no more."""
        self._base.close()

    def sizes(self) -> Iterator[tuple[str, int, int]]:
        """Each file, its size and its time of writing."""
        return self._base.execute("SELECT path, size, time FROM page")


class Published:
    """The files of the site as the last build left them, ``lost`` ones apart; each process reads by itself."""

    def __init__(self, store: Path | None, lost: Collection[str]) -> None:
        self._store, self._lost = store, frozenset(lost)
        self._reader: tuple[int, SiteFiles] | None = None

    def get(self, path: str) -> Written | None:
        """What is known of a file, unless it is not as it was."""
        return None if self._store is None or path in self._lost else self._pages.get(path)

    def close(self) -> None:
        """Read no more."""
        if self._reader and self._reader[0] == os.getpid():
            self._reader[1].close()
            self._reader = None

    @property
    def _pages(self) -> SiteFiles:
        if self._reader is None or self._reader[0] != os.getpid():
            assert self._store  # noqa: S101 - get l'a vérifié
            self._reader = os.getpid(), read_only(self._store)
        return self._reader[1]


def read_only(store: Path) -> SiteFiles:
    """The files of the site in a store that nobody changes."""
    return SiteFiles(reader(store))


def reader(store: Path) -> sqlite3.Connection:
    """A database that is only read, and that nobody changes meanwhile."""
    return sqlite3.connect(f"{store.as_uri()}?immutable=1&mode=ro", uri=True)


def lost_pages(output: Path, store: Path) -> list[str]:
    """Files that are not in ``output`` as they were written.

    Size and time tell, at two microseconds a file; where the time differs, as after a restored cache, the content does.
    """
    with closing(read_only(store)) as pages:
        doubtful = [path for path, size, time in pages.sizes() if not _as_written(f"{output}/{path}", size, time)]
        return [path for path in doubtful if not _holds(output / path, pages.get(path))]


def _as_written(file: str, size: int, time: int) -> bool:
    try:
        about = os.stat(file)
    except OSError:
        return False
    return about.st_mtime_ns == time and about.st_size == size


def _holds(file: Path, written: Written | None) -> bool:
    return written is not None and file.is_file() and digest(file.read_bytes()) == written.content
