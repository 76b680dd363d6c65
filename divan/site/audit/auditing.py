"""Look for what is hidden in all that is published, and keep back the files that say it.

All the site is read when what is hidden has changed; else only the files that the build made, and those that others
have put there. What anybody may read elsewhere, as the same words in a public post, is no leak.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.outlook import Outlook
from divan.builder.output import INVENTORY, Staging, files_in
from divan.builder.settings import Settings
from divan.builder.site_files import SiteFiles
from divan.catalogue.rows import Rows
from divan.members.where import SPACE
from divan.site.audit.audit_memory import Foreign, load_memory
from divan.site.audit.overcounting import overcounted
from divan.site.audit.public import AS_THEY_ARE, published_as_they_are
from divan.site.audit.published_text import texts_of
from divan.site.audit.seeking import Seeking, a_word
from divan.site.audit.sought import Found, Sought
from divan.sources.problem import Problem

SEARCH = "chercher"  # the folder of the search index
MOST = 5  # places told of one file

WRAPPED = (f"{SPACE}f/", f"{SPACE}contents", f"{SPACE}keys")  # ciphertext says no word: held by its own audit

_STEMS = "mots/"  # in that folder
_STRONGEST = (
    "un titre",
    "une phrase",
    "un auteur",
    "un nom",
    "un contact",
    "un hashtag",
    "un département",
    "une image",
)


class OutputAudit:
    """One build's audit: ``keep_back`` before what it made is published, ``look_over`` after."""

    def __init__(self, seen: Outlook, rows: Rows) -> None:
        self._settings = seen.settings
        self._seeking = Seeking(seen, rows)
        self._read: set[str] = set()

    def keep_back(self, staging: Staging) -> list[Problem]:
        """Read what this build is about to publish; a file that says what is hidden waits."""
        if self._seeking.idle or not self._seeking.sought:
            return []
        moved, problems = [], []
        for path in staging.moved:
            self._read.add(path)
            told = self._told(path, staging.folder / path, self._seeking.sought)
            if told:
                (staging.folder / path).unlink()
            else:
                moved.append(path)
            problems += told
        staging.moved[:] = moved
        return problems

    def look_over(self, rows: Rows, pages: SiteFiles, store: str) -> list[Problem]:
        """Read what stood there before, and what others put there; note what was read."""
        self._seeking.rows = rows
        output, problems = self._settings.output, []
        foreign = {} if self._seeking.idle else _foreign(output, pages)
        if not self._seeking.idle:
            known = self._seeking.foreign
            unread = {path for path, about in foreign.items() if known.get(path) != about}
            if self._seeking.whole:
                unread.update(path for path in files_in(output) if not path.startswith(WRAPPED))
            for path in sorted(unread - self._read - {INVENTORY}):
                problems += self._that_stands(output, path, foreign)
        self._seeking.remember(store, foreign)
        return problems

    def _that_stands(self, output: Path, path: str, foreign: Collection[str]) -> list[Problem]:
        """One of our own files that says what is hidden leaves the site; one of others is told, and left to them."""
        sought = self._seeking.sought if path in foreign else self._seeking.unsought
        if not sought or not (output / path).is_file():
            return []
        told = self._told(path, output / path, sought)
        if told and path.startswith(f"{SEARCH}/"):
            shutil.rmtree(output / SEARCH)  # « divan index » le refait
            return [] if self._seeking.newly else told
        if told and path not in foreign:
            (output / path).unlink()
        return told

    def _told(self, path: str, file: Path, sought: Sought) -> list[Problem]:
        content = file.read_bytes()
        found = [Found(one.needle, 0) for one in sought.found_in(path)]
        if not (file.suffix in AS_THEY_ARE and digest(content) in self._as_they_are):
            found += _in_texts(sought, path, content)
        place = f"{self._settings.output.name}/{path}"
        counts = overcounted(place, content, self._lengths) if path.endswith(".html") else ()
        return [*_problems(place, self._seeking.really(found)), *counts]

    @cached_property
    def _lengths(self) -> dict[str, int]:
        return self._seeking.rows.lengths("mots/")

    @cached_property
    def _as_they_are(self) -> frozenset[bytes]:
        return published_as_they_are()


def audit_index(settings: Settings, fresh: Path) -> list[Problem]:
    """Read a search index before it takes its place; what it was made from has been read already."""
    memory = load_memory(settings.work)
    sought = Sought(memory.needles)
    problems: list[Problem] = []
    for path in sorted(files_in(fresh)) if sought else ():
        found = _in_texts(sought, f"{SEARCH}/{path}", (fresh / path).read_bytes())
        problems += _problems(f"{settings.output.name}/{SEARCH}/{path}", found)
    return problems


def _in_texts(sought: Sought, path: str, content: bytes) -> list[Found]:
    """What is found in a file; a search index holds stems, and that of a public word may be a hidden one."""
    found = [one for text in texts_of(content) for one in sought.found_in(text)]
    return [one for one in found if not a_word(one.needle)] if path.startswith(f"{SEARCH}/{_STEMS}") else found


def note_index(settings: Settings) -> None:
    """The index that has just been read and put in its place is not read again."""
    memory, folder = load_memory(settings.work), settings.output / SEARCH
    if memory.needles:
        others = {path: about for path, about in memory.foreign.items() if not path.startswith(f"{SEARCH}/")}
        replace(memory, foreign=others | _as_it_is(folder)).save(settings.work)


def _as_it_is(folder: Path) -> Foreign:
    """The files of a folder, or a file, from the folder above, with their sizes and times."""
    found: Foreign = {}
    for path in files_in(folder) if folder.is_dir() else ("",):
        about = (folder / path).lstat()
        found[f"{folder.name}/{path}" if path else folder.name] = (about.st_size, about.st_mtime_ns)
    return found


def _problems(place: str, found: list[Found]) -> Iterator[Problem]:
    """One for each line and source, the strongest; the first ones tell enough."""
    said: dict[tuple[int, str], str] = {}
    for needle, line in sorted(found, key=lambda one: (one.line, _rank(one))):
        said.setdefault((line, needle.source), needle.says)
    for (line, source), says in [*said.items()][:MOST]:
        message = f"rien de réservé ni de retiré ne se publie, et on y lit {says} de {source}"
        remedy = "ce fichier est retenu : corrigez le modèle, le greffon ou le texte qui l'y met"
        yield Problem(place, line or None, message, remedy)


def _rank(found: Found) -> int:
    says = found.needle.says
    return _STRONGEST.index(says) if says in _STRONGEST else len(_STRONGEST)


def _foreign(output: Path, pages: SiteFiles) -> Foreign:
    """Files that no build put there, at the first level or in folders of others, with their sizes and times."""
    found: Foreign = {}
    for entry in sorted(output.iterdir()) if output.is_dir() else ():
        if entry.name != INVENTORY and not pages.holds(entry.name):
            found |= _as_it_is(entry)
    return found
