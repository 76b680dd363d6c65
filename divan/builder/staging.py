"""Pages rendered but not yet published wait in a folder laid out as the site, where a kill harms nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.pages import Published, Written


class Staging:
    """Keeps contents that differ from what is published; ``moved`` are the files that will have to take their place.

    ``published`` are the site's files as they are, by path; ``written`` what the staged ones, or the same ones
    confirmed, are made of.
    """

    def __init__(self, folder: Path, published: Published) -> None:
        self.folder = folder
        self.moved: list[str] = []
        self.written: dict[str, Written] = {}
        self.published = published
        self._made: set[str] = set()

    def add(self, path: str, key: bytes, content: bytes) -> None:
        """Keep ``content`` for ``path``; nothing is written when it is what is already published there."""
        seal = digest(content)
        old = self.published.get(path)
        if old and old.content == seal:
            self.written[path] = old._replace(key=key)
            return
        self._make_folder(path)
        about = _write(f"{self.folder}/{path}", content)
        self.moved.append(path)
        self.written[path] = Written(key, seal, about.st_size, about.st_mtime_ns)

    def _make_folder(self, path: str) -> None:
        folder = f"{self.folder}/{path}".rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(folder)
            except FileExistsError:
                pass
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)

    def adopt(self, folder: Path, key: bytes) -> list[str]:
        """Take the files that someone else wrote in ``folder`` since the last time; return their paths."""
        found = sorted(files_in(folder))
        for path in found:
            self.add(path, key, (folder / path).read_bytes())
            (folder / path).unlink()
        return found

    def plain(self) -> tuple[list[str], dict[str, tuple[bytes, bytes, int, int]]]:
        """What was staged, as values that a worker can hand back."""
        return self.moved, {path: written[:] for path, written in self.written.items()}

    def merge(self, moved: list[str], written: Mapping[str, tuple[bytes, bytes, int, int]]) -> None:
        """Add what a worker staged."""
        self.moved += moved
        self.written.update((path, Written(*values)) for path, values in written.items())


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


def _write(file: str, content: bytes) -> os.stat_result:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        if os.write(handle, content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file)
        return os.fstat(handle)
    finally:
        os.close(handle)
