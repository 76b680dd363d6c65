"""Threads: where they lie, which ones have to be read again, and links between them that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.page import path_of
from divan.catalogue.row import Row
from divan.catalogue.rows import Rows
from divan.catalogue.thread_text import ThreadFiles, read_source, thread_of
from divan.forum.group import Group
from divan.forum.judge import for_members, name_problem
from divan.forum.model import Hashtag, Kind
from divan.forum.naming import opening_name, thread_url
from divan.forum.reading import read_opening, read_reply
from divan.forum.references import dead_ends, reserved_ends
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import Problem
from divan.sources.slug import slug

REPLIES = "content/replies/"
FOLDERS = ("content/cases/", "content/topics/", REPLIES)

StoredVocabulary = list[tuple[str, tuple[str, ...], str]]


def group(sources: Mapping[str, str]) -> dict[str, ThreadFiles]:
    """The files of every thread in ``sources``, in the order of their ids."""
    openings: dict[str, list[str]] = {}
    replies: dict[str, list[str]] = {}
    for path in sources:
        if path.startswith(FOLDERS) and (thread := thread_of(path)):
            (replies if path.startswith(REPLIES) else openings).setdefault(thread, []).append(path)
    return {
        thread: _thread_files(thread, openings.get(thread, []), replies.get(thread, []), sources)
        for thread in sorted(openings.keys() | replies.keys())
    }


def _thread_files(thread: str, openings: list[str], replies: list[str], sources: Mapping[str, str]) -> ThreadFiles:
    seal = digest("".join(f"{path} {sources[path]}\n" for path in (*openings, *replies)).encode())
    return ThreadFiles(thread, tuple(openings), tuple(replies), seal)


def misnamed(paths: Iterable[str]) -> Iterator[Problem]:
    """Posts whose name is not one: nobody would ever see them."""
    for path in sorted(paths):
        if path.startswith(FOLDERS) and (problem := name_problem(path)):
            yield problem


def page_path(row: Row) -> str:
    """The file of a thread's page."""
    return path_of(row.url)


def thread_of_page(path: str) -> str | None:
    """The thread whose page this file would be."""
    thread = path.partition("/")[2].removesuffix("/index.html")
    return thread if path in (path_of(thread_url(kind, thread)) for kind in Kind) else None


def touched_by(old: StoredVocabulary, new: Vocabulary) -> frozenset[str]:
    """Slugs of the old entries that are gone, or whose words have changed: threads that use them are read again.

    An entry that is only new touches no thread: a word that the vocabulary lacks is a fault in a post.
    """
    known = {(entry.name, entry.synonyms) for entry in new.entries}
    return frozenset(slug(name) for name, synonyms, _ in old if (name, synonyms) not in known)


def stored(vocabulary: Vocabulary) -> StoredVocabulary:
    """A vocabulary as the state keeps it."""
    return [(entry.name, entry.synonyms, entry.about) for entry in vocabulary.entries]


def restored(entries: StoredVocabulary, group: Group) -> Vocabulary:
    """A vocabulary that the state kept, and the group's facts of today."""
    hashtags = tuple(Hashtag(name, slug(name), synonyms, about) for name, synonyms, about in entries)
    by_slug = {slug(word): entry for entry in hashtags for word in (entry.name, *entry.synonyms)}
    return Vocabulary(hashtags, by_slug, group)


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
        yield from reserved_ends(path, text, html, lambda other: for_members(f"{root}/{other}"))


def _html(path: str, text: str, vocabulary: Vocabulary) -> str:
    name = opening_name(path)
    if name is None:
        return read_reply(path, text, vocabulary).html
    opening = read_opening(name.kind, path, text, vocabulary)
    return "".join((*(section.html for section in opening.sections), *opening.sources))
