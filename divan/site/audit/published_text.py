"""What a published file says, whatever its kind: a page, a feed, a figure, a piece of the search index, a document."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
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
