"""Staged pages take their place so that a visitor, or a kill, never meets a broken link or half a page.

New addresses come first, then pages that replace others (by rename, so wholly), then what is gone is deleted: at
any moment a page leads only to pages that exist. The state saved before lists these moves; redoing them is harmless,
so the next build finishes what a kill interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from divan.builder.digest import digest

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

INVENTORY = ".divan-pages"  # in the output: what is ours there, should the state be lost


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


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other build works in ``folder``; a build that was killed holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "wb") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
