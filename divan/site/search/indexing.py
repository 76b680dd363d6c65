"""Make the index of what is published, apart from the build that it would slow: all of it, or what changed alone.

Nothing is put in place before the audit has read it. A mark stands while files in place are changed: after a kill the
next run makes a whole index, never a mixed one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from divan.builder.digest import digest_files, digest_of
from divan.builder.memory import load_state
from divan.builder.output import files_in
from divan.builder.settings import Settings, load_settings
from divan.builder.site_files import CATALOGUE, PELICAN, SiteFiles, reader
from divan.catalogue.rows import SCHEMA, Rows
from divan.forum.abbreviations import Abbreviations, with_ours
from divan.forum.vocabulary import Vocabulary, load_vocabulary
from divan.site.audit.auditing import SEARCH, audit_index, note_index
from divan.site.search import index_files, term_files
from divan.site.search.document import Document, document_of
from divan.site.search.index_files import BLOCK
from divan.site.search.indexed import Indexed
from divan.site.search.postings import Lines
from divan.site.search.synonyms import EQUIVALENTS, synonyms
from divan.site.search.term_files import Changes
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import folder_beside
from divan.workers import alone, shared_out

_WORTH_ALL = 0.3  # the share of pages from which all shards are made anew
_SHARE = 500  # pages read at once: no more texts are in memory


def index_search(root: Path, settings_overrides: Mapping[str, Any] | None = None) -> str:
    """Index the built site, or what changed of it since it was last indexed; a sentence that says what was done.

    Raises ProblemsFound, and leaves the index as it was, when something hidden is read in the new one.
    """
    settings = load_settings(root.resolve(), settings_overrides)
    work = settings.work / "search"
    with alone(work), ExitStack() as opened:
        state = load_state(settings.state_file)
        if state is None or state.values.get("schema") != SCHEMA:
            what = "il n'y a pas de site à indexer" if state is None else "ce site est d'une autre version de Divan"
            raise ProblemsFound([Problem(str(settings.output), None, what, "lancez « divan build » d'abord")])
        base = opened.enter_context(closing(reader(settings.work / state.store.name)))
        memory = opened.enter_context(closing(Indexed(work / "pages.sqlite")))
        found = _Published(settings, Rows(base), SiteFiles(base), load_vocabulary(settings.root))
        return _Indexing(found, memory, settings.output / SEARCH).run()


@dataclass
class _Published:
    """What is published, to be read page by page."""

    settings: Settings
    rows: Rows
    pages: SiteFiles
    vocabulary: Vocabulary

    @cached_property
    def abbreviations(self) -> Abbreviations:
        return with_ours(self.vocabulary.group.abbreviations)

    def seals(self) -> dict[str, bytes]:
        """The pages that could be found, in order of address, with the digests of their bytes."""
        paths = sorted(self.pages.of(CATALOGUE) | self.pages.of(PELICAN))
        found = {path: self.pages.get(path) for path in paths if path.endswith("index.html")}
        return {path: about.content for path, about in found.items() if about}

    def key(self) -> str:
        """Changes with what all pages are read with."""
        code = digest_files([*Path(__file__).parent.glob("*.py"), EQUIVALENTS])
        return digest_of(self.abbreviations, self.vocabulary.entries, code).hex()

    def documents(self, paths: Sequence[str], folder: Path) -> Iterable[tuple[str, Document | None]]:
        """Each page as it is found, None for what is not to be; read by all cores, in order."""
        known, output = synonyms(self.abbreviations), self.settings.output

        def read(share: Sequence[str]) -> list[tuple[Any, ...] | None]:
            found = (document_of(path, output, self.rows, self.vocabulary, known) for path in share)
            return [tuple(one) if one else None for one in found]

        for start in range(0, len(paths), _SHARE):
            some = paths[start : start + _SHARE]
            parts = shared_out(some, read, folder)
            for place, path in enumerate(some):
                one = parts[place % len(parts)][place // len(parts)]
                yield path, Document(*one) if one else None


@dataclass
class _Indexing:
    published: _Published
    memory: Indexed
    folder: Path

    @property
    def _unfinished(self) -> Path:
        return self.published.settings.work / "search" / "unfinished"

    def run(self) -> str:
        key, now = self.published.key(), self.published.seals()
        before = self.memory.seals() if self._stands(key) else {}
        changed = [path for path in now if before.get(path) != now[path]]
        gone = sorted(before.keys() - now.keys())
        if before and not changed and not gone:
            return "La recherche est à jour."
        stamp = secrets.token_hex(8)
        if not before or len(changed) + len(gone) > _WORTH_ALL * len(now):
            self._make_all(now, stamp)
        else:
            self._change(now, changed, gone, stamp)
        self.memory.note(key=key, stamp=stamp)
        self.memory.save()
        self._unfinished.unlink(missing_ok=True)
        note_index(self.published.settings)
        return "La recherche est indexée."

    def _stands(self, key: str) -> bool:
        """Whether the index in place is the one that is remembered, made as it would be today."""
        stamp = self.memory.fact("stamp")
        known = bool(stamp) and self.memory.fact("key") == key and not self._unfinished.exists()
        return known and index_files.read_entry(self.folder).get("stamp") == stamp

    def _make_all(self, now: Mapping[str, bytes], stamp: str) -> None:
        self.memory.clear()
        lines = Lines()
        with folder_beside(self.folder) as fresh, TemporaryDirectory() as aside:
            for path, document in self.published.documents([*now], Path(aside)):
                number = self.memory.next_number() if document else None
                self.memory.put(path, now[path], number, document)
                if document and number is not None:
                    lines.add(number, document.terms)
            names = term_files.write_terms(fresh, lines.all())
            index_files.write_cards(fresh, self.memory, range(self.memory.length() // BLOCK + 1))
            self._finish(fresh, names, stamp)

    def _change(self, now: Mapping[str, bytes], changed: Sequence[str], gone: Sequence[str], stamp: str) -> None:
        changes: Changes = {}
        blocks: set[int] = set()
        names = str(index_files.read_entry(self.folder).get("shards", "")).split()
        with TemporaryDirectory(prefix=f".{SEARCH}.", dir=self.folder.parent) as aside:
            fresh = Path(aside)
            for path, document in [*self.published.documents(changed, fresh), *((path, None) for path in gone)]:
                self._take(path, now.get(path), document, changes, blocks)
            names, vanished = term_files.change_terms(self.folder, fresh, names, changes)
            index_files.write_cards(fresh, self.memory, blocks)
            self._finish(fresh, names, stamp)
            self._put_in_place(fresh, vanished)

    def _take(
        self, path: str, seal: bytes | None, document: Document | None, changes: Changes, blocks: set[int]
    ) -> None:
        """Note what one page changes: the terms that led to it, those that lead to it now, its card."""
        number, old = self.memory.levels(path)
        new = document.terms if document else {}
        if number is None and document:
            number = self.memory.next_number()
        if number is not None:
            blocks.add(number // BLOCK)
            for term in old.keys() | new.keys():
                if old.get(term) != new.get(term):
                    changes.setdefault(term, {})[number] = new.get(term)
        if seal is None:
            self.memory.remove(path)
        else:
            self.memory.put(path, seal, number if document else None, document)

    def _finish(self, fresh: Path, names: Iterable[str], stamp: str) -> None:
        index_files.write_entry(fresh, self.memory, names, self.published.vocabulary.group.abbreviations, stamp)
        stop_if(audit_index(self.published.settings, fresh))

    def _put_in_place(self, fresh: Path, gone: Iterable[str]) -> None:
        self._unfinished.touch()
        for path in sorted(files_in(fresh)):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(fresh / path, self.folder / path)
        for path in gone:
            (self.folder / path).unlink(missing_ok=True)
