"""What the index was made of: each page, its number, its terms and its card; so that a reply changes only its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from divan.site.search.document import Document

_SCHEMA = """
CREATE TABLE page (path TEXT PRIMARY KEY, seal BLOB, number INTEGER UNIQUE, terms TEXT, card TEXT) WITHOUT ROWID;
CREATE TABLE facet (number INTEGER, letter TEXT, value TEXT, PRIMARY KEY (letter, value, number)) WITHOUT ROWID;
CREATE INDEX of_page ON facet (number);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class Indexed:
    """One database beside the builder's; ``key`` tells what all pages were read with, ``stamp`` which index it made."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(file)
        if _tables(self._base) != _tables_of(_SCHEMA):  # nothing yet, or what another version left
            self._base.close()
            file.unlink()
            self._base = sqlite3.connect(file)
            self._base.executescript(_SCHEMA)

    def fact(self, name: str) -> str:
        """A fact, or ''."""
        found = self._base.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def note(self, **facts: str) -> None:
        """Keep these facts."""
        self._base.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def save(self) -> None:
        """From here on it is so."""
        self._base.commit()

    def close(self) -> None:
        """Forget what was not saved."""
        self._base.close()

    def clear(self) -> None:
        """Forget every page."""
        for table in ("page", "facet", "fact"):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - nos propres tables

    def seals(self) -> dict[str, bytes]:
        """What each page was when it was read, by path."""
        return dict(self._base.execute("SELECT path, seal FROM page"))

    def length(self) -> int:
        """Pages that can be found."""
        return int(self._base.execute("SELECT COUNT(number) FROM page").fetchone()[0])

    def levels(self, path: str) -> tuple[int | None, dict[str, int]]:
        """The number of a page, and the terms that lead to it with their levels."""
        found = self._base.execute("SELECT number, terms FROM page WHERE path = ?", (path,)).fetchone()
        return (found[0], {term: int(level) for term, level in _pairs(found[1])}) if found else (None, {})

    def next_number(self) -> int:
        """The number after the last."""
        return int(self._base.execute("SELECT COALESCE(MAX(number), -1) FROM page").fetchone()[0]) + 1

    def put(self, path: str, seal: bytes, number: int | None, document: Document | None) -> None:
        """Note a page; without a document it is one that is not to be found."""
        self.remove(path)
        terms = " ".join(f"{term} {level}" for term, level in document.terms.items()) if document else ""
        card = json.dumps(document.card, ensure_ascii=False, separators=(",", ":")) if document else ""
        self._base.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?)", (path, seal, number, terms, card))
        rows = [(number, letter, value) for letter, value in (document.facets if document else ())]
        self._base.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", rows)

    def remove(self, path: str) -> None:
        """Forget a page."""
        asked = "DELETE FROM facet WHERE number = (SELECT number FROM page WHERE path = ?)"
        self._base.execute(asked, (path,))
        self._base.execute("DELETE FROM page WHERE path = ?", (path,))

    def cards(self, start: int, end: int) -> dict[str, Any]:
        """The cards of a range of numbers."""
        asked = "SELECT number, card FROM page WHERE number >= ? AND number < ? ORDER BY number"
        return {str(number): json.loads(card) for number, card in self._base.execute(asked, (start, end))}

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """How many pages each value of each filter has, by the filter's letter."""
        found: dict[str, list[tuple[str, int]]] = {}
        asked = "SELECT letter, value, COUNT(*) FROM facet GROUP BY letter, value ORDER BY letter, value"
        for letter, value, pages in self._base.execute(asked):
            found.setdefault(letter, []).append((value, pages))
        return found

    def numbers_of(self, letter: str, value: str) -> list[int]:
        """The pages that have this value."""
        asked = "SELECT number FROM facet WHERE letter = ? AND value = ?"
        return [number for (number,) in self._base.execute(asked, (letter, value))]


def _pairs(terms: str) -> Iterator[tuple[str, str]]:
    words = iter(terms.split())
    return zip(words, words, strict=True)


def _tables(base: sqlite3.Connection) -> list[str]:
    return [made for (made,) in base.execute("SELECT sql FROM sqlite_master WHERE sql NOTNULL ORDER BY name")]


def _tables_of(schema: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(schema)
        return _tables(base)
