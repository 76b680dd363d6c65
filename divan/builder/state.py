"""What a build leaves for the next one: this small sealed file, and the store that it names.

The file is a header (format, versions, digest of the rest) and a ``marshal`` of plain values. It is replaced whole,
which is the moment when a build has taken place. A file that is missing, cut, altered or written by another version, or
whose store is not as it was, counts as none, and the build starts from nothing.
"""

from __future__ import annotations

import marshal
import sys
from dataclasses import dataclass, field, fields
from hashlib import sha1
from pathlib import Path
from typing import Any

from divan.builder.listing import Blobs, Listing
from divan.builder.store import Seal, intact
from divan.sources.writing import write_beside


@dataclass
class State:
    """``others`` are the sources that are no posts; ``inputs`` digests of what many pages use, ``values`` plain facts.

    ``moved`` (from the folder ``staging``) and ``gone`` are what the build that wrote this state had still to do;
    ``inventory`` is the digest of the list of files that it leaves in the output, ``pages`` how many people can read.
    """

    listing: Listing = field(default_factory=Listing)
    others: Blobs = field(default_factory=dict)
    inputs: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
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
