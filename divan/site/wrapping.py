"""Wrap the members' edition file by file into ``membres/``.

What changed is wrapped again, and all of it when the epoch did. It is made aside and audited there; then new files
come first, the one that names them next, and what is gone is deleted: whoever reads meanwhile reads one build or the
other, never both.
"""

from __future__ import annotations

import marshal
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from divan.builder.memory import load_state
from divan.builder.output import INVENTORY, files_in
from divan.builder.site_files import read_only
from divan.members.epoch import Epoch
from divan.members.keyring import Keyring
from divan.members.padding import rounded
from divan.members.path_register import CONTENTS, Contents, identifier, place, shards
from divan.site.audit.auditing import SEARCH
from divan.site.audit.wrapped_files import KEYS, audit_space
from divan.sources.problem import stop_if
from divan.sources.writing import write_beside
from divan.workers import shared_out

_MEMORY = "wrapped"
Wrapped = dict[str, tuple[bytes, str]]  # by path: what tells that it changed, and the file that holds it


@dataclass
class Wrapping:
    """``space`` is where hosts find it, ``work`` where the edition was built."""

    space: Path
    work: Path
    ring: Keyring
    known: Wrapped = field(default_factory=dict)
    made: int = 0
    _here: set[str] = field(default_factory=set)

    def run(self, *, full: bool) -> str:
        """Bring the space up to date; how many files were wrapped, in a sentence. Raises ProblemsFound."""
        self._remember(full)
        shutil.rmtree(self._aside, ignore_errors=True)
        self._here = set(_standing(self.space, "f"))
        now = dict(_published(self.work))
        changed = [path for path in now if not self._stands(path, now[path])]
        fresh = self._wrap(changed, now)
        files = {path: fresh.get(path) or self.known[path] for path in now}
        wanted = {identity for _, identity in files.values()} | set(self._fillers(len(files)))
        named = tuple(self._register({path: identity for path, (_, identity) in files.items()}))
        self._tell(named, changed=bool(fresh) or self.known.keys() != files.keys())
        wanted_places = {place(one) for one in wanted | set(named)}
        self._audit({path: identity for path, (_, identity) in fresh.items()}, wanted_places)
        self._publish(wanted_places)
        self._save(files)
        one = len(fresh) < 2
        return f"Espace des membres : {len(fresh)} fichier{'' if one else 's'} chiffré{'' if one else 's'}."

    @property
    def _epoch(self) -> Epoch:
        return self.ring.epoch

    @property
    def _aside(self) -> Path:
        return self.work / "fresh"

    def _stands(self, path: str, mark: bytes) -> bool:
        known = self.known.get(path)
        return known is not None and known[0] == mark and place(known[1]) in self._here

    def _wrap(self, paths: Sequence[str], marks: Mapping[str, bytes]) -> Wrapped:
        """Wrap these files of the edition, on all cores."""

        def wrap(share: Sequence[str]) -> list[tuple[str, str]]:
            return [(path, self._put(path, (self.work / "edition" / path).read_bytes())) for path in share]

        parts = shared_out(paths, wrap, self.work) if paths else []
        return {path: (marks[path], identity) for part in parts for path, identity in part}

    def _put(self, path: str, content: bytes) -> str:
        """Write the file that holds ``path``; its identifier."""
        file = self._epoch.wrap(path, content)
        identity = identifier(file)
        if place(identity) not in self._here:
            _place_whole(self._aside / place(identity), file)
        return identity

    def _fillers(self, count: int) -> Iterator[str]:
        for number in range(rounded(count) - count):
            yield self._put(f".filler/{number}", b"")

    def _register(self, files: Mapping[str, str]) -> Iterator[str]:
        for path, content in shards(self._epoch, files):
            yield self._put(path, content)

    def _tell(self, named: tuple[str, ...], *, changed: bool) -> None:
        """Make again what is always fetched: which build this is, then who may open it."""
        if changed or not (self.space / CONTENTS).is_file():
            self.made = max(int(time.time()), self.made + 1)
        contents = Contents(self._epoch.number, self.made, named).file(self._epoch)
        for name, file in ((CONTENTS, contents), (KEYS, self.ring.table())):
            if not (self.space / name).is_file() or (self.space / name).read_bytes() != file:
                _place_whole(self._aside / name, file)

    def _audit(self, wrapped: Mapping[str, str], wanted: Collection[str]) -> None:
        """Before a host may see any of it: what was just made, or all of it when nothing was known."""
        if wrapped:
            made = {*_standing(self._aside, "f"), *map(place, wrapped.values())}
            stop_if(audit_space((self._aside, self.space), self._epoch, wrapped, made if self.known else wanted))

    def _publish(self, wanted: Collection[str]) -> None:
        """New files, what names them, then nothing else that stood among them."""
        for path in (*_standing(self._aside, "f"), CONTENTS, KEYS):
            if (self._aside / path).is_file():
                _move(self._aside / path, self.space / path)
        for path in set(_standing(self.space, "f")).difference(wanted):
            (self.space / path).unlink()

    def _remember(self, full: bool) -> None:
        """What was wrapped, if it was in this epoch."""
        try:
            seal, self.made, known = marshal.loads((self.work / _MEMORY).read_bytes())  # noqa: S302 - écrit par nous
        except (OSError, ValueError, EOFError, TypeError):
            return
        if seal == self._seal() and not full:
            self.known = known

    def _save(self, files: Wrapped) -> None:
        write_beside(self.work / _MEMORY, marshal.dumps((self._seal(), self.made, files)), mode=0o600)

    def _seal(self) -> bytes:
        return self._epoch.filler("memory", 0, 32)


def _place_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is whole or absent; what a kill leaves beside it goes with the next build."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = f"{target}.{os.getpid()}"
    with open(beside, "wb") as opened:
        opened.write(content)
    os.replace(beside, target)


def _move(source: Path, target: Path) -> None:
    """Put a file where hosts look, whole or not at all, on another disk too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(source, target)
    except OSError:
        _place_whole(target, source.read_bytes())


def _standing(above: Path, part: str) -> Iterator[str]:
    """The files of a folder and of those in it, from the one ``above``."""
    return (f"{part}/{path}" for path in files_in(above / part))


def _published(work: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of the members' edition, and what tells that it changed; its search index is made apart."""
    settings = work / "cache" / "edition"
    state = load_state(settings / "state")
    if state is None:
        return
    with closing(read_only(settings / state.store.name)) as pages:
        here = {*files_in(work / "edition")} - {INVENTORY}  # ce que l'audit a retenu n'y est pas
        yield from ((path, content) for path, content in pages.digests() if path in here)
    for path in sorted(files_in(work / "edition" / SEARCH)):
        seen = os.stat(work / "edition" / SEARCH / path)
        yield f"{SEARCH}/{path}", f"{seen.st_size} {seen.st_mtime_ns}".encode()
