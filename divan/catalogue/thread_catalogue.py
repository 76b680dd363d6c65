"""The catalogue as the builder knows it: which threads to read, their pages, where they are put away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from divan.builder.catalogue import Change, Changed, Making
from divan.builder.digest import digest_of
from divan.builder.listing import Answer, under
from divan.builder.outlook import Outlook
from divan.builder.page import Page
from divan.builder.settings import Settings
from divan.catalogue.beside import Beside
from divan.catalogue.broken_links import broken_links
from divan.catalogue.rows import SCHEMA, Rows
from divan.catalogue.site import Site, edition, site_of
from divan.catalogue.thread_feed import thread_feed
from divan.catalogue.thread_files import FOLDERS, ThreadFiles, changes, group
from divan.catalogue.thread_lists import StoredRow, store_row
from divan.catalogue.thread_page import addresses, fragments_of, page_paths, thread_of_page, thread_page
from divan.catalogue.thread_text import read_thread, unread_thread
from divan.forum.appointments import AGENDA_PATH
from divan.forum.group import load_group
from divan.forum.vocabulary import VOCABULARY_PATH, Vocabulary, load_vocabulary, restored, stored, touched_by
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import NoIdentity, identity_file

IMAGES = "content/images/"
_BESIDE = "_beside.html"


class ThreadCatalogue:
    """The threads of a forum: a ``divan.builder.catalogue.Catalogue``."""

    folders = FOLDERS
    apart = (
        "content/members/", "content/services/", "content/results/", IMAGES, VOCABULARY_PATH, AGENDA_PATH,
        "content/activity.csv",
    )  # fmt: skip
    unseen = ("surveys/*/responses/*.csv",)
    schema = SCHEMA

    def compare(self, answer: Answer, base: Connection | None) -> Changed:
        """Hold the threads to those that the last build put away."""
        return changes(answer, Rows(base) if base else None)

    def open(self, seen: Outlook, base: Connection, look: Callable[[str], bytes]) -> ThreadReading:
        """Begin to read."""
        return ThreadReading(seen, base, look)


class ThreadReading:
    """The threads during one build: a ``divan.builder.catalogue.Reading``."""

    def __init__(self, seen: Outlook, base: Connection, look: Callable[[str], bytes]) -> None:
        self._seen, self._rows = seen, Rows(base)
        self._root, self._audience = seen.settings.root, edition(seen.settings)
        self._where = addresses(seen.settings)
        self._published = f"{seen.settings.url}/", str(seen.settings.get("SITENAME", ""))
        self._problems: list[Problem] = []
        self._suspects: set[str] = set()
        self._beside = Beside(base)
        self._read: set[str] = set()
        self._touched: Mapping[str, bytes] = {}
        self._known: Mapping[str, Collection[bytes]] = {}
        self._vocabulary = self._load_vocabulary()
        self._fragments = self._load_fragments(seen.settings)
        self.key = digest_of(
            seen.inputs.digests["reading"],
            look("thread.html"),
            look(_BESIDE),
            look("withdrawn.html"),
            look("feed.xml"),
            self._published,
            self._audience,
            self._where,
            self._vocabulary.group,
            identity_file(self._root).is_file(),
        )
        self.anew = seen.old.memory.get("key") != self.key
        self._names = digest_of(self._vocabulary.group.names)
        self._same_names = seen.old.memory.get("names") == self._names
        self.settled = not self.anew and stored(self._vocabulary) == seen.old.memory["vocabulary"]

    @property
    def changes(self) -> Mapping[str, Change]:
        """What was done to each list, by its name."""
        return self._rows.changes

    @property
    def rows(self) -> Rows:
        """The threads as they are now, once taken."""
        return self._rows

    def changed(self) -> Mapping[str, ThreadFiles | None]:
        """Those whose files, hashtags, fragment or page are not as they were; all, when all are read anew."""
        seen = self._seen
        if self.anew:
            # mêmes messages, mêmes règles : ils n'identifient toujours personne
            self._known = self._rows.marks() if seen.same("reading") and self._same_names else {}
            return group(seen.answer.everything) if seen.store else seen.changed.items
        names = {thread for path in seen.lost if (thread := thread_of_page(path))}
        if VOCABULARY_PATH in seen.paths:
            touched = touched_by(seen.old.memory["vocabulary"], self._vocabulary)
            names |= {row.id for row in self._rows.all() if not touched.isdisjoint(row.uses)}
        images = [path.removeprefix("content/") for path in seen.paths if path.startswith(IMAGES)]
        names |= self._rows.linking_to(images)  # leurs dimensions sont dans la page
        names |= {thread for thread, _ in self._fragments.items() ^ seen.old.memory["fragments"].items()}
        again = {thread: files for thread in sorted(names) if (files := self._rows.thread_files(thread))}
        found = {**again, **seen.changed.items}
        self._known = self._rows.marks(found)
        return found

    def read(self, item: ThreadFiles) -> tuple[Any, tuple[Page, ...]]:
        """A thread's row and what is kept with it, its page and its feed when this edition has them."""
        try:
            text = read_thread(self._root, item, self._vocabulary, known=self._known.get(item.id, ()))
        except NoIdentity:
            if self._audience == "members":
                raise
            text = unread_thread(item)
        gone = (reply.info.id for reply in text.replies if reply.info.withdrawn)
        kept = tuple(store_row(text.row, item, gone, text.marks, self._audience))
        if not text.row.open_to(self._audience):
            return kept, ()
        page = thread_page(text, self._where, self._fragments.get(text.row.id))
        return kept, (page,) if text.row.withdrawn else (page, thread_feed(text, *self._published))

    def take(self, names: Iterable[str], read: Sequence[Any]) -> set[str] | None:
        """Put the threads just read in the store, and note which ones may have links that lead nowhere."""
        records = [StoredRow._make(values) for values in read]
        self._read = {found.id for found in records}
        if self.anew:
            self._rows.fill(records)
            self._suspects = {found.id for found in records if found.links}
            self._beside.load()
            return None
        before = [row for row in map(self._rows.get, names) if row]
        there = {found.id for found in records}
        gone = [thread for thread in names if thread not in there]
        self._rows.replace(gone, records)
        after = [row for row in map(self._rows.get, names) if row]
        images = (path.removeprefix("content/") for path in self._seen.paths)
        self._suspects = {*names, *self._rows.linking_to([*(row.url for row in (*before, *after)), *images])}
        then, now = ({row.id: row for row in rows} for rows in (before, after))
        self._touched = self._beside.touched(then, now, self._rows.changes)
        return {path for row in before for path in page_paths(row)}

    def touched(self) -> Sequence[ThreadFiles]:
        """Threads whose page shows others otherwise than before."""
        known = self._rows.beside(self._touched)
        names = [one for one, seal in self._touched.items() if known.get(one) != seal and one not in self._read]
        self._known = {**self._known, **self._rows.marks(names)}
        return [files for name in names if (files := self._rows.thread_files(name))]

    def rest(self, path: str) -> tuple[Any, Page] | None:
        """What stands beside a thread, for the place that its page leaves to it."""
        thread = thread_of_page(path)
        shown = self._beside.of(thread) if thread else None
        if thread is None or shown is None:
            return None
        url = path.removesuffix("index.html")
        return (thread, digest_of(shown)), Page(url, _BESIDE, shown)

    def settle(self, rests: Iterable[Any]) -> None:
        """Note what each page shows beside its thread."""
        self._rows.note_beside(rests)

    def problems(self, *, complete: bool) -> Sequence[Problem]:
        """Faults of the vocabulary's or a plugin's; links that lead nowhere, once all that changed could be read."""
        if complete and not self._problems:
            images = under(self._seen.others, IMAGES)
            return list(broken_links(self._root, self._suspects, self._rows, images, self._vocabulary))
        return self._problems

    def site(self, making: Making) -> Site:
        """What plugins are given."""
        return site_of(making, self._vocabulary, self._rows)

    def memory(self) -> Mapping[str, Any]:
        """What the next build is given back."""
        vocabulary = stored(self._vocabulary)
        return {"key": self.key, "names": self._names, "vocabulary": vocabulary, "fragments": dict(self._fragments)}

    def _load_vocabulary(self) -> Vocabulary:
        known = self._seen.old.memory.get("vocabulary")
        if known and VOCABULARY_PATH not in self._seen.paths and self._seen.same("reading"):
            return restored(known, load_group(self._root))
        return load_vocabulary(self._root)

    def _load_fragments(self, settings: Settings) -> Mapping[str, str]:
        """A thread is rendered again when what a plugin says of it changes: its poll opens, closes or is counted."""
        try:
            return fragments_of(settings)
        except ProblemsFound as found:
            self._problems += found.problems
            return {}
