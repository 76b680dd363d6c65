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
from collections.abc import Iterable
from pathlib import Path

from plugins.engine.digest import digest
from plugins.engine.state import Written

INVENTORY = ".divan-pages"  # in the output: what is ours there, should the state be lost


def publish(staging: Path, output: Path, moved: Iterable[str], gone: Iterable[str], pages: Iterable[str]) -> None:
    """Carry the files ``moved`` from ``staging`` to ``output``, delete ``gone``; ``pages`` are all that we then own."""
    kept = set(pages)
    if not output.exists() and _take_the_place(staging, output, kept):
        return
    held = inventory(output)
    if held != kept:
        _write_inventory(staging, output, held | kept)
    for path in sorted(moved, key=lambda path: os.path.lexists(f"{output}/{path}")):  # ce qui est nouveau d'abord
        _place(f"{staging}/{path}", f"{output}/{path}")
    for path in gone:
        _remove(output, path)
    if held != kept:
        _write_inventory(staging, output, kept)
    shutil.rmtree(staging, ignore_errors=True)


def _take_the_place(staging: Path, output: Path, kept: set[str]) -> bool:
    """Where there is no site yet, the staged one becomes it, at once."""
    _write_inventory(staging, staging, kept)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        staging.rename(output)
    except OSError:  # un autre disque : fichier par fichier
        return False
    return True


def inventory(output: Path) -> set[str]:
    """The files of ``output`` that earlier builds put there; others are none of our business."""
    try:
        return set((output / INVENTORY).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return set()


def lost_pages(output: Path, pages: dict[str, Written]) -> dict[str, Written]:
    """Take out of ``pages`` the files that are not in ``output`` as they were written, and return them.

    Size and time tell, at two microseconds a file; where the time differs, as after a restored cache, the content does.
    """
    lost = {}
    for path, written in pages.items():
        try:
            about = os.stat(f"{output}/{path}")
        except OSError:
            lost[path] = written
            continue
        if about.st_mtime_ns != written.time or about.st_size != written.size:
            file = output / path
            if not file.is_file() or digest(file.read_bytes()) != written.content:
                lost[path] = written
    for path in lost:
        del pages[path]
    return lost


def _write_inventory(staging: Path, output: Path, paths: set[str]) -> None:
    fresh = staging / f"{INVENTORY}.new"
    fresh.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")
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
