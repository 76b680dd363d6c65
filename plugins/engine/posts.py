"""Threads: which ones to read again, and their reading, each worker rendering what it has just read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Set

from forum.model import Kind
from forum.naming import opening_name, reply_name, thread_url
from forum.vocabulary import Vocabulary
from plugins.engine.listing import Listing
from plugins.engine.page import path_of
from plugins.engine.row import Row
from plugins.threads import ThreadFiles, thread_of
from sources.problem import Problem

FOLDERS = ("content/cases/", "content/topics/", "content/replies/")


def group(listing: Listing) -> dict[str, ThreadFiles]:
    """The files of every thread."""
    openings: dict[str, list[str]] = {}
    replies: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in listing.under(folder):
            reply = reply_name(path)
            if reply:
                replies.setdefault(reply.thread, []).append(path)
            else:
                name = opening_name(path)
                if name:
                    openings.setdefault(name.id, []).append(path)
    return {
        thread: ThreadFiles(thread, tuple(openings.get(thread, ())), tuple(replies.get(thread, ())))
        for thread in openings.keys() | replies.keys()
    }


def files_of(listing: Listing, thread: str) -> ThreadFiles | None:
    """The files of one thread; None when it is gone."""
    openings = tuple(
        path
        for kind in ("cases", "topics")
        for path in listing.under(f"content/{kind}/{thread[:4]}/{thread}.md")
        if thread_of(path)
    )
    replies = tuple(path for path in listing.under(f"content/replies/{thread}/") if thread_of(path))
    return ThreadFiles(thread, openings, replies) if openings or replies else None


def misnamed(paths: Set[str], exists: Callable[[str], bool]) -> Iterator[Problem]:
    """Posts whose name is not one: nobody would ever see them."""
    for path in sorted(paths):
        if path.startswith(FOLDERS) and thread_of(path) is None and exists(path):
            yield Problem(path, None, "un message porte un nom comme 2026-03-14-k7f2.md, dans le dossier de son fil",
                          "« divan new » écrit le fichier au bon endroit")  # fmt: skip


def page_path(row: Row) -> str:
    """The file of a thread's page."""
    return path_of(row.url)


def page_paths(thread: str) -> tuple[str, ...]:
    """The files in which a thread's page may lie."""
    return tuple(path_of(thread_url(kind, thread)) for kind in Kind)


def touched_by(old: Vocabulary, new: Vocabulary) -> frozenset[str]:
    """Slugs of the old entries that are gone, or whose words have changed: threads that use them are read again.

    An entry that is only new touches no thread: a word that the vocabulary lacks is a fault in a post.
    """
    before, after = ({(e.name, e.slug, e.synonyms) for e in vocabulary.entries} for vocabulary in (old, new))
    return frozenset(slug for _, slug, _ in before - after)


def broken_links(rows: dict[str, Row], images: Container[str]) -> Iterator[Problem]:
    """Links to threads that do not exist, or that a reader of this thread may not see, and missing images."""
    for row in rows.values():
        if not row.links or row.withdrawn:
            continue
        for link in row.links:
            folder, _, name = link.partition("/")
            where = f"content/{row.kind}/{row.id[:4]}/{row.id}.md"
            if folder == "images":
                if f"content/{link}" not in images:
                    yield Problem(where, None, f"cette image n'existe pas : {name}", "ajoutez-la à content/images/")
                continue
            target = rows.get(name.rstrip("/"))
            if target is None or target.url != link:
                yield Problem(where, None, f"ce fil, ou l'une de ses réponses, mène à un fil qui n'existe pas : {link}",
                              "corrigez ou retirez le lien")  # fmt: skip
            elif target.members_only and not row.members_only:
                yield Problem(where, None, f"un fil public ne mène pas à un fil réservé aux membres ({link})",
                              "retirez le lien")  # fmt: skip
