"""What a build leaves for the next one: a single file, read whole, replaced whole, and trusted only if intact.

The file is a header (format, versions, digest of the rest) and a ``marshal`` of plain values: ten thousand threads
are 8 MB, read in 10 ms. A file that is missing, cut, altered or written by another version counts as none, and the
build starts from nothing.
"""

from __future__ import annotations

import marshal
import sys
from dataclasses import dataclass, field, fields
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

from plugins.engine.listing import Listing
from sources.writing import write_beside


class Written(NamedTuple):
    """A file of the site: what it was made from, the digest of its bytes, its size and time of writing."""

    key: bytes
    content: bytes
    size: int
    time: int


@dataclass
class State:
    """``threads`` are stored rows by id; ``inputs`` digests of what many pages use, ``values`` what was read from them.

    ``moved`` (from the folder ``staging``) and ``gone`` are what the build that wrote this state had still to do.
    """

    listing: Listing = field(default_factory=lambda: Listing(b""))
    inputs: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    threads: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    pages: dict[str, Written] = field(default_factory=dict)
    staging: str = ""
    moved: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def save(self, file: Path) -> None:
        """Replace ``file`` at once; this is the moment when a build has taken place."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)}
        parts["listing"] = (self.listing.tracked, self.listing.overlay)
        parts["pages"] = {path: tuple(written) for path, written in self.pages.items()}
        body = marshal.dumps(parts)
        write_beside(file, _MAGIC + _seal(body) + body)


STATE_FILE = "state"  # in the folder of Pelican's CACHE_PATH
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
    parts["pages"] = {path: Written(*written) for path, written in parts["pages"].items()}
    return State(**parts)


def _seal(body: bytes | memoryview) -> bytes:
    return sha1(body, usedforsecurity=False).digest()
