"""What the store keeps of a thread: its row, its files, its links, and the lists in which it stands.

A list is named by the address of its first page: ``cas/``, ``mots/toux/``, ``auteurs/merle/``; ``EVERYTHING`` holds all
threads that an edition shows. In a list, threads stand by *place*: the minute when they were opened and their four
letters, as one number.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from typing import NamedTuple

from divan.catalogue.row import Row, author_link, tag_link
from divan.catalogue.thread_text import ThreadFiles
from divan.forum.model import Kind
from divan.forum.naming import URL_FOLDER

EVERYTHING = ""
UNANSWERED = "sans-reponse/"
ANSWERED = "#"  # after an author's address: the threads of others that they answered


class Record(NamedTuple):
    """A row with all that is kept of its thread, as plain values: ``lists`` are names, ``last`` orders by activity."""

    place: int
    id: str
    url: str
    seal: bytes
    replies: str
    row: bytes
    shown: bool
    specialty: str
    answers: int
    lists: tuple[str, ...]
    last: int
    links: tuple[str, ...]


def record(row: Row, files: ThreadFiles, audience: str) -> Record:
    """What is kept of a thread just read; an edition shows it or not, according to its ``audience``."""
    shown = not row.withdrawn and row.open_to(audience)
    return Record(
        _place(row.written, row.id), row.id, row.url, files.seal, files.reply_names, marshal.dumps(tuple(row)), shown,
        row.specialty, row.replies, tuple(dict.fromkeys(lists_of(row))) if shown else (),
        _place(row.last_written, row.id), row.links,
    )  # fmt: skip


def lists_of(row: Row) -> Iterator[str]:
    """Names of the lists in which a thread that is shown stands, its author's once."""
    yield EVERYTHING
    yield f"{URL_FOLDER[Kind(row.kind)]}/"
    if row.area:
        yield row.area.url
    if row.unanswered:
        yield UNANSWERED
    for name in row.hashtags:
        yield tag_link(name).url
    if row.apart:
        return
    own = author_link(row.author_name).url
    yield own
    for name in row.answered_by:
        if (url := author_link(name).url) != own:
            yield url + ANSWERED


_DIGITS = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")
_SIGNS = str.maketrans("", "", "-T:")


def _place(written: str, thread: str) -> int:
    """``2026-03-14T18:20:00`` and ``…-k7f2``: the minute in figures, then the letters in base 32."""
    return int(written[:16].translate(_SIGNS)) << 20 | int(thread[-4:].translate(_DIGITS), 32)
