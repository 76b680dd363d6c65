"""What a published file says, whatever its kind: a page, a feed, a figure, a compressed index, a document."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_PAGEFIND = b"pagefind_dcd"
_BYTES, _TEXT = 2, 3  # kinds of CBOR values that have a length of their own
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_LOOK = re.compile(r"(?:theme|styles|fontTable|numbering|[sS]ettings)[^/]*$")
_TAG = re.compile(r"<[^<>]*>")
_SAID = re.compile(r'\b(?:descr|title|name|Target)="([^"]*)"')


def texts_of(content: bytes) -> Iterator[str]:
    """Each text that a file holds; nothing for what is no text, as an image."""
    if content.startswith(_GZIP):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return
        if content.startswith(_PAGEFIND):
            yield from _index_texts(content.removeprefix(_PAGEFIND))
            return
    if content.startswith(_ZIP):
        yield from _document_texts(content)
        return
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        return


def _document_texts(content: bytes) -> Iterator[str]:
    """What a text document or a workbook says, and its figures' alternative texts; its look says nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as document:
            for name in document.namelist():
                if name.endswith((".xml", ".rels")) and not _LOOK.search(name):
                    written = document.read(name).decode("utf-8", "replace")
                    yield "\n".join([_TAG.sub(" ", written), *_SAID.findall(written)])
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError):
        return


def _index_texts(content: bytes) -> Iterator[str]:
    """A piece of pagefind's index: a fragment is JSON, the rest CBOR."""
    if content.startswith(b"{"):
        yield "\n".join(_json_texts(json.loads(content)))
    else:
        yield "\n".join(_cbor_texts(content))


def _json_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        yield from (text for one in (value.values() if isinstance(value, dict) else value) for text in _json_texts(one))


def _cbor_texts(content: bytes) -> Iterator[str]:
    """Every text of a CBOR value (RFC 8949), in order; lists and maps need no memory of where they end."""
    at, end = 0, len(content)
    while at < end:
        kind, size = content[at] >> 5, content[at] & 31
        at += 1
        width = _LENGTHS.get(size, 0)
        if width:
            size = int.from_bytes(content[at : at + width], "big")
            at += width
        if kind in (_BYTES, _TEXT):
            if kind == _TEXT:
                yield content[at : at + size].decode("utf-8", "replace")
            at += size
