"""The register: which file of the host holds which path, and of which build all of them are.

The host names a file by the digest of its bytes, so nothing is ever changed in place, and nothing ties a page to what
it was. The register is in shards, wrapped as the rest, and one small file that is always fetched: ``contents``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from divan.members.epoch import NAME, Epoch

CONTENTS = "contents"  # the file itself, and the path inside
PATHS_IN_A_SHARD = 128


@dataclass(frozen=True)
class Contents:
    """One build: its epoch, the second at which it was ``made``, the file of each shard of its register."""

    epoch: int
    made: int
    shards: tuple[str, ...]

    def file(self, epoch: Epoch) -> bytes:
        """As it is on the host."""
        about = {"epoch": self.epoch, "made": self.made, "shards": list(self.shards)}
        return epoch.wrap(CONTENTS, json.dumps(about).encode())


def contents_of(epoch: Epoch, file: bytes) -> Contents:
    """What the host's file says; raises NotOurs."""
    about = json.loads(epoch.unwrap(epoch.name(CONTENTS), file)[1])
    return Contents(about["epoch"], about["made"], tuple(about["shards"]))


def identifier(file: bytes) -> str:
    """How the host calls a file: the beginning of its SHA-256."""
    return sha256(file).digest()[:NAME].hex()


def place(identity: str) -> str:
    """Where it stands, from the members' space."""
    return f"f/{identity[:2]}/{identity[2:]}"


def shards(epoch: Epoch, files: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The path and the content of each shard; ``files`` are the identifiers by path."""
    number = 1 << max(0, (-(-len(files) // PATHS_IN_A_SHARD) - 1).bit_length())
    parts: list[list[bytes]] = [[] for _ in range(number)]
    for path, identity in files.items():
        name = epoch.name(path)
        parts[shard_of(name, number)].append(name + bytes.fromhex(identity))
    for rank, part in enumerate(parts):
        yield shard_path(rank), b"".join(sorted(part))


def shard_of(name: bytes, number: int) -> int:
    """The shard, of ``number``, that knows a name."""
    return int.from_bytes(name[:4], "big") % number


def shard_path(rank: int) -> str:
    """The path under which a shard is wrapped."""
    return f".register/{rank}"


def read_shard(content: bytes) -> dict[bytes, str]:
    """Identifiers by name."""
    rows = range(0, len(content), 2 * NAME)
    return {content[row : row + NAME]: content[row + NAME : row + 2 * NAME].hex() for row in rows}
