"""Everything that a study has written, line by line as it is read: texts, pages, and what archives hold."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".heic", ".gif", ".woff2"))
_MARKED_UP = frozenset((".md", ".html", ".svg", ".xml", ".qde", ".qdc", ".rels"))
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def written_files(*places: Path) -> Iterator[Path]:
    """The files of these places, in order, but pictures."""
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.suffix.lower() not in _PICTURES:
                yield path


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Each line with its number; those of the files of an archive (Word, Excel, REFI-QDA, zip) have none."""
    if zipfile.is_zipfile(path):
        yield from ((0, line) for line in _archived(path.read_bytes()))
    else:
        with path.open(encoding="utf-8", errors="replace") as text:
            yield from ((number, _as_read(line, path.suffix)) for number, line in enumerate(text, 1))


def _archived(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name
            inside = archive.read(name)
            if zipfile.is_zipfile(io.BytesIO(inside)):
                yield from _archived(inside)
            elif Path(name).suffix.lower() not in _PICTURES:
                text = inside.decode("utf-8", "replace")
                # words cut by marks are one word, words of two cells are two
                marks = {" ", ""} if Path(name).suffix in _MARKED_UP else {None}
                for mark in marks:
                    plain = text if mark is None else _TAG.sub(mark, text)
                    yield from (_as_read(line, Path(name).suffix) for line in plain.splitlines())


def _as_read(line: str, suffix: str) -> str:
    if suffix in _MARKED_UP and "&" in line:
        line = html.unescape(line)
    if "\\u" in line:
        line = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), line)
    return line
