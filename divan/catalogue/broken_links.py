"""Links of threads that lead nowhere, or from a public thread to one that only members read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from divan.catalogue.rows import Rows
from divan.catalogue.thread_text import read_source
from divan.forum.naming import opening_name
from divan.forum.reading import read_opening, read_reply
from divan.forum.references import dead_ends, reserved_ends
from divan.forum.reserved import for_members
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import Problem


def broken_links(
    root: Path, suspects: Iterable[str], rows: Rows, images: Collection[str], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Links of these threads to threads or images that do not exist, and from public threads to members' threads."""
    for thread in sorted(suspects):
        row = rows.get(thread)
        if row is None:
            continue
        linked = {link: rows.get(link.rstrip("/").partition("/")[2]) for link in row.links}
        found = {link: to for link, to in linked.items() if to and to.url == link}
        lost = [link for link in row.links if link not in found and f"content/{link}" not in images]
        reserved = [link for link, to in found.items() if to.members_only and not row.members_only]
        if lost or reserved:
            for path in rows.files(thread):
                yield from _faulty_links(root, path, vocabulary, bool(reserved))


def _faulty_links(root: Path, path: str, vocabulary: Vocabulary, reserved: bool) -> Iterator[Problem]:
    text = read_source(root, path)
    html = _html(path, text, vocabulary)
    yield from dead_ends(path, text, html, lambda other: (root / other).is_file())
    if reserved:
        yield from reserved_ends(path, text, html, lambda other: for_members(f"{root}/{other}", vocabulary.group))


def _html(path: str, text: str, vocabulary: Vocabulary) -> str:
    name = opening_name(path)
    if name is None:
        return read_reply(path, text, vocabulary).html
    opening = read_opening(name.kind, path, text, vocabulary)
    return "".join((*(section.html for section in opening.sections), *opening.sources))
