"""Short names for contents: equal digests mean equal things, in this process and in the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

SIZE = 16


def digest(content: bytes | memoryview) -> bytes:
    """Digest of bytes."""
    return blake2b(content, digest_size=SIZE).digest()


def digest_of(*values: object) -> bytes:
    """Digest of plain values (text, numbers, dates, tuples, frozen dataclasses) by their repr."""
    return digest(repr(values).encode())


def digest_files(files: Iterable[Path]) -> bytes:
    """Digest of files' names and contents, whatever the order given; missing ones count as missing."""
    found = [(file.name, digest(file.read_bytes()) if file.is_file() else b"") for file in sorted(files)]
    return digest_of(found)


def stable(value: Any) -> Any:
    """A value whose repr is the same in every process: functions by name, sets and mappings in order."""
    if isinstance(value, Mapping):
        return sorted((str(key), stable(item)) for key, item in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(repr(stable(item)) for item in value)
    if isinstance(value, (list, tuple)):
        return [stable(item) for item in value]
    if isinstance(value, (str, bytes, int, float, bool, type(None), Path)):
        return value
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__qualname__)}"
