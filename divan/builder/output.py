"""The site's folder: pages wait beside it until all are rendered, then take their place.

A visitor, or a kill, never meets a broken link or half a page. New addresses come first, then pages that replace others
(by rename, so wholly), then what is gone is deleted: at any moment a page leads only to pages that exist. The state
saved before lists these moves; redoing them is harmless, so the next build finishes what a kill interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.site_files import Published, Written

PLACE = b"<!--rest-->"  # in a page: what only all items together tell
INVENTORY = ".divan-pages"  # in the output: what is ours there, should the state be lost


class Staging:
    """Keeps contents that differ from what is published; ``moved`` are the files that will have to take their place.

    ``published`` are the site's files as they are, by path; ``written`` what the staged ones, or the same ones
    confirmed, are made of; ``held`` the keys of pages that are not whole yet.
    """

    def __init__(self, folder: Path, published: Published) -> None:
        self.folder = folder
        self.moved: list[str] = []
        self.written: dict[str, Written] = {}
        self.published = published
        self.held: dict[str, bytes] = {}
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

    def hold(self, path: str, key: bytes, content: bytes) -> None:
        """Keep a page that leaves a place for what is not known yet."""
        self._make_folder(path)
        _write(f"{self.folder}/{path}", content)
        self.held[path] = key

    def complete(self, path: str, key: bytes, piece: bytes) -> None:
        """Put in a page that is held what its place was left for."""
        file = f"{self.folder}/{path}"
        with open(file, "rb", buffering=0) as opened:
            content = opened.read()
        moved = len(self.moved)
        self.add(path, key, content.replace(PLACE, piece, 1))
        if len(self.moved) == moved:  # la même page que celle qui est en ligne
            os.unlink(file)

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

    def adopt(self, folder: Path, key: bytes, finish: Callable[[str], str]) -> list[str]:
        """Take the files that someone else wrote in ``folder`` since the last time, pages finished; their paths."""
        found = sorted(files_in(folder))
        for path in found:
            content = (folder / path).read_bytes()
            self.add(path, key, finish(content.decode()).encode() if path.endswith(".html") else content)
            (folder / path).unlink()
        return found

    def plain(self) -> tuple[list[str], dict[str, tuple[bytes, bytes, int, int]], dict[str, bytes]]:
        """What was staged, as values that a worker can hand back."""
        return self.moved, {path: written[:] for path, written in self.written.items()}, self.held

    def merge(
        self, moved: list[str], written: Mapping[str, tuple[bytes, bytes, int, int]], held: Mapping[str, bytes]
    ) -> None:
        """Add what a worker staged."""
        self.moved += moved
        self.held.update(held)
        self.written.update((path, Written(*values)) for path, values in written.items())


def files_in(folder: Path) -> Iterator[str]:
    """Every file under ``folder``, as a path from it with slashes."""
    root = os.fspath(folder)
    for parent, _, names in os.walk(root):
        start = parent[len(root) + 1 :].replace(os.sep, "/")
        yield from (f"{start}/{name}" if start else name for name in names)


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


def publish(
    staging: Path, output: Path, moved: Iterable[str], gone: Iterable[str], owned: Callable[[], list[str]], seal: bytes
) -> None:
    """Carry the files ``moved`` from ``staging`` to ``output``, delete ``gone``.

    ``owned`` gives all the files that we then own, in order; ``seal`` is the seal of the inventory that they make.
    """
    if not output.exists() and _take_the_place(staging, output, owned()):
        return
    as_it_was = inventory_seal(output) == seal
    if not as_it_was:
        _write_inventory(staging, output, sorted({*inventory(output), *owned()}))
    for path in sorted(moved, key=lambda path: os.path.lexists(f"{output}/{path}")):  # ce qui est nouveau d'abord
        _place(f"{staging}/{path}", f"{output}/{path}")
    for path in gone:
        _remove(output, path)
    if not as_it_was:
        _write_inventory(staging, output, owned())
    shutil.rmtree(staging, ignore_errors=True)


def _take_the_place(staging: Path, output: Path, owned: list[str]) -> bool:
    """Where there is no site yet, the staged one becomes it, at once."""
    _write_inventory(staging, staging, owned)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        staging.rename(output)
    except OSError:  # un autre disque : fichier par fichier
        return False
    return True


def inventory(output: Path) -> list[str]:
    """The files of ``output`` that earlier builds put there; others are none of our business."""
    try:
        return (output / INVENTORY).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def inventory_seal(output: Path) -> bytes:
    """The digest of the inventory in ``output``; b"" when there is none."""
    try:
        return digest((output / INVENTORY).read_bytes())
    except OSError:
        return b""


def seal_of(paths: list[str]) -> bytes:
    """The digest of the inventory that these files make."""
    return digest(_lines(paths))


def _lines(paths: list[str]) -> bytes:
    return "".join(f"{path}\n" for path in paths).encode()


def _write_inventory(staging: Path, output: Path, paths: list[str]) -> None:
    fresh = staging / f"{INVENTORY}.new"
    fresh.write_bytes(_lines(paths))
    _place(str(fresh), f"{output}/{INVENTORY}")


def _place(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)
    except FileNotFoundError:
        if not os.path.exists(staged):
            return  # déjà en place : une construction interrompue l'avait fait
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _place(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = f"{os.path.dirname(target)}/.{os.path.basename(target)}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(staged, beside)
        os.replace(beside, target)
        os.unlink(staged)


def _remove(output: Path, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(output / path)
    for folder in (output / path).parents:
        if folder == output:
            break
        with contextlib.suppress(OSError):
            folder.rmdir()
