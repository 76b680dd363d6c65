"""The SQLite file in which a build keeps what grows with the forum: threads with their lists, files of the site.

A build works in a copy, which takes the place of the file it came from when the state names it. The state also holds
its seal: a file that was altered, cut or restored badly is recognised, and counts as none.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

from divan.builder import pages
from divan.catalogue import rows

_SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"


class Seal(NamedTuple):
    """A store that a build left: the name of its file, and what the file was then."""

    name: str = ""
    size: int = 0
    time: int = 0
    content: bytes = b""


class Store:
    """One build's own copy of the store, to read and to change."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.file = folder / f"store-{os.urandom(4).hex()}.sqlite"
        if old:
            shutil.copyfile(old, self.file)
        self.base = sqlite3.connect(self.file)
        self.base.executescript(_SETTINGS if old else _SETTINGS + rows.SCHEMA + pages.SCHEMA)
        self.rows = rows.Rows(self.base)
        self.pages = pages.Pages(self.base)

    def close(self) -> None:
        """Leave it as it is."""
        self.base.close()

    def seal(self) -> Seal:
        """Write everything down; nothing may change after."""
        self.base.commit()
        self.close()
        about = self.file.stat()
        return Seal(self.file.name, about.st_size, about.st_mtime_ns, _content(self.file))


def intact(folder: Path, seal: Seal) -> bool:
    """Whether the store that ``seal`` describes is still in ``folder``, as it was."""
    file = folder / seal.name
    try:
        about = file.stat()
    except OSError:
        return False
    if about.st_size != seal.size or not seal.name:
        return False
    return about.st_mtime_ns == seal.time or _content(file) == seal.content


def forget_others(folder: Path, kept: str) -> None:
    """Delete the stores of builds that are no more."""
    for file in folder.glob("store-*.sqlite"):
        if file.name != kept:
            file.unlink()


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        digest = sha1(usedforsecurity=False)
        while block := opened.read(1 << 20):
            digest.update(block)
        return digest.digest()
