"""Pages rendered but not yet published wait in a folder of their own, where a kill harms nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.engine.digest import digest
from plugins.engine.state import Move, Written


class Staging:
    """Writes contents that differ from what is published; ``moves`` say where they will go.

    ``published`` are the site's files as they are, by path. Workers stage apart, each under its ``name``.
    """

    def __init__(self, folder: Path, published: Mapping[str, Written], name: str = "m") -> None:
        self.folder = folder
        self.name = name
        self.moves: list[Move] = []
        self.written: dict[str, Written] = {}
        self._published = published

    def add(self, path: str, key: bytes, content: bytes) -> None:
        """Keep ``content`` for ``path``; nothing is written when it is what is already published there."""
        seal = digest(content)
        old = self._published.get(path)
        if old and old.content == seal and path not in self.written:
            self.written[path] = old._replace(key=key)
            return
        staged = f"{self.name}{len(self.moves)}"
        with open(self.folder / staged, "wb", buffering=0) as file:
            file.write(content)
            about = os.fstat(file.fileno())
        self._moved(staged, path, Written(key, seal, about.st_size, about.st_mtime_ns))

    def adopt(self, staged: str, path: str, key: bytes) -> None:
        """Take a file that someone else wrote in the folder."""
        file = self.folder / staged
        seal, about = digest(file.read_bytes()), file.stat()
        old = self._published.get(path)
        if old and old.content == seal:
            self.written[path] = old._replace(key=key)
        else:
            self._moved(staged, path, Written(key, seal, about.st_size, about.st_mtime_ns))

    def merge(self, moves: list[Move], written: Mapping[str, Written]) -> None:
        """Add what a worker staged."""
        self.moves += moves
        self.written.update(written)

    def _moved(self, staged: str, path: str, written: Written) -> None:
        self.moves.append(Move(staged, path))
        self.written[path] = written


def files_in(folder: Path) -> Iterator[str]:
    """Every file under ``folder``, as a path from it with slashes."""
    for parent, _, names in os.walk(folder):
        for name in names:
            yield (Path(parent) / name).relative_to(folder).as_posix()


def fresh_folder(folder: Path) -> Path:
    """An empty folder at that place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
