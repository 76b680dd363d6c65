"""What a build leaves for the next one: a small sealed state, and the SQLite store that it names.

The store keeps what grows with the site: the catalogue's tables, the files of the site. A build works in a copy, which
takes the place of the file it came from when the state names it. The state is a header (format, versions, digest of the
rest) and a ``marshal`` of plain values, replaced whole: that is the moment when a build has taken place. One that is
missing, cut, altered or written by another version, or whose store is not as it was, counts as none.
"""

from __future__ import annotations

import marshal
import os
import shutil
import sqlite3
import sys
from dataclasses import dataclass, field, fields
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

from divan.builder import site_files
from divan.builder.listing import Blobs, Listing
from divan.sources.writing import write_beside

_SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"


class Seal(NamedTuple):
    """A store that a build left: the name of its file, and what the file was then."""

    name: str = ""
    size: int = 0
    time: int = 0
    content: bytes = b""


class Store:
    """One build's own copy of the store, to read and to change; ``schema`` makes the catalogue's tables."""

    def __init__(self, folder: Path, old: Path | None, schema: str) -> None:
        self.file = folder / f"store-{os.urandom(4).hex()}.sqlite"
        if old:
            shutil.copyfile(old, self.file)
        self.base = sqlite3.connect(self.file)
        self.base.executescript(_SETTINGS if old else _SETTINGS + schema + site_files.SCHEMA)
        self.pages = site_files.SiteFiles(self.base)

    def close(self) -> None:
        """Leave it as it is."""
        self.base.close()

    def seal(self) -> Seal:
        """Write everything down; nothing may change after."""
        self.base.commit()
        self.close()
        about = self.file.stat()
        return Seal(self.file.name, about.st_size, about.st_mtime_ns, _content(self.file))


@dataclass
class State:
    """``others`` are the sources that are not the catalogue's; ``inputs`` digests of what many pages use.

    ``values`` are plain facts, ``memory`` those of the catalogue.

    ``moved`` (from the folder ``staging``) and ``gone`` are what the build that wrote this state had still to do;
    ``inventory`` is the digest of the list of files that it leaves in the output, ``pages`` how many people can read.
    """

    listing: Listing = field(default_factory=Listing)
    others: Blobs = field(default_factory=dict)
    inputs: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    store: Seal = field(default_factory=Seal)
    inventory: bytes = b""
    pages: int = 0
    staging: str = ""
    moved: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def save(self, file: Path) -> None:
        """Replace ``file`` at once; this is the moment when a build has taken place."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        parts["listing"] = (self.listing.tree, self.listing.overlay)
        parts["store"] = tuple(self.store)
        body = marshal.dumps(parts)
        write_beside(file, _MAGIC + _seal(body) + body)


_MAGIC = f"Divan {sys.version} {[f.name for f in fields(State)]}\n".encode()


def load_state(file: Path) -> State | None:
    """The state that an earlier build left in ``file``; None when there is none that can be trusted."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + len(_seal(b""))
    body = memoryview(content)[start:]
    if not content.startswith(_MAGIC) or content[len(_MAGIC) : start] != _seal(body):
        return None
    parts = marshal.loads(body)  # noqa: S302 - un fichier que nous avons écrit, vérifié à l'instant
    parts["listing"] = Listing(*parts["listing"])
    parts["store"] = Seal(*parts["store"])
    state = State(**parts)
    return state if intact(file.parent, state.store) else None


def _seal(body: bytes | memoryview) -> bytes:
    return sha1(body, usedforsecurity=False).digest()


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
