"""What one build's audit looks for: what is hidden, but for the same words where anybody may read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from divan.builder.digest import digest_of
from divan.builder.outlook import Outlook
from divan.catalogue.row import Row
from divan.catalogue.rows import Rows
from divan.catalogue.site import CLOSED, edition
from divan.forum.vocabulary import load_vocabulary
from divan.site.audit.audit_memory import Foreign, Memory, load_memory
from divan.site.audit.hidden import hidden_texts, look_for_hidden, removed
from divan.site.audit.needles import carried_by, needles_of
from divan.site.audit.public import public_sources, words_elsewhere, words_of_pages, words_of_the_group
from divan.site.audit.sought import Found, Needle, Sought, sought

_FEW = 3  # words that the engine may say by itself


class Seeking:
    """Needles are made anew when what is hidden has changed; else they are those of the last audit.

    ``rows`` are the threads as they are now, in a store that is open.
    """

    def __init__(self, seen: Outlook, rows: Rows) -> None:
        self.rows = rows
        self._seen, self._root = seen, seen.settings.root
        self._before = load_memory(seen.settings.work)
        self._key = digest_of(seen.inputs.digests["reading"], seen.inputs.digests["rendering"])
        days = self._before.hidden.days
        self.hidden = look_for_hidden(
            self._root, rows, seen.others, seen.settings.today, days, closed=edition(seen.settings) == CLOSED
        )
        self._trusted = self._before.key == self._key and self._before.store == seen.last_store
        changed = (seen.answer.changed or {}).items()
        known = seen.old.listing.overlay
        self._gone = [
            path for path, blob in changed if blob is None and path.startswith("content/") and path not in known
        ]

    @property
    def idle(self) -> bool:
        """Whether nothing is hidden, so that there is nothing to look for."""
        return not self.hidden and not self._gone

    @property
    def whole(self) -> bool:
        """Whether all the site has to be read: what is hidden has changed, or no audit came to its end."""
        return not self._trusted or self._before.hidden != self.hidden or bool(self._gone)

    @property
    def newly(self) -> bool:
        """Whether something has just been hidden: what was made before could say it."""
        return self._trusted and self.whole

    @property
    def foreign(self) -> Foreign:
        """Files of others that the last audit read."""
        return self._before.foreign

    def remember(self, store: str, foreign: Foreign) -> None:
        """Leave to the next audit what it needs."""
        kept = {} if self.idle else self.sought.kept
        Memory(self._key, store, self.hidden, kept, foreign).save(self._seen.settings.work)

    def really(self, found: list[Found]) -> list[Found]:
        """Those that nothing excuses; what may excuse them is read at the first."""
        if not found or not self._excused:
            return []
        still = set(self.sought)
        return [one for one in found if one.needle in still]

    @cached_property
    def sought(self) -> Sought:
        """What is looked for."""
        if not self.whole:
            return Sought(self._before.needles)
        found = sought(self._needles())
        if found:
            for text in words_of_pages():
                found.without(text, _said_by_the_engine)
            for text in words_of_the_group(self._seen.settings):
                found.without(text, a_word)
            self._excuse_sources(found, self._seen.answer.everything)
            self._excuse_carried(found, self.rows.all())
        return found

    @cached_property
    def unsought(self) -> Sought:
        """What of it the last audit did not look for in the files of ours that stand since."""
        if not self._trusted:
            return self.sought
        known = set(Sought(self._before.needles))
        return sought(needle for needle in self.sought if needle not in known)

    @cached_property
    def _excused(self) -> bool:
        if self.whole:
            for text in words_elsewhere():
                self.sought.without(text, _said_by_the_engine)
        else:
            changed = (path for path, blob in (self._seen.answer.changed or {}).items() if blob)
            self._excuse_sources(self.sought, changed)
            self._excuse_carried(self.sought, filter(None, map(self.rows.get, self._seen.changed.items)))
        return True

    def _needles(self) -> Iterator[Needle]:
        vocabulary = load_vocabulary(self._root)
        gone = removed(self._root, self._seen.old.listing.tree, self._gone)
        for path, text in hidden_texts(self._root, self.rows, self.hidden, gone):
            yield from needles_of(path, text, vocabulary)
        for thread in self.hidden.threads:
            row = self.rows.get(thread)
            if row and not row.withdrawn:  # la page d'un fil retiré reste, neutre
                yield Needle(thread.replace("-", " ").encode(), "un identifiant", self.rows.files(thread)[0])

    def _excuse_sources(self, found: Sought, paths: Iterable[str]) -> None:
        for path in public_sources(paths, self.hidden):
            try:
                found.without((self._root / path).read_bytes().decode("utf-8", "replace"))
            except OSError:
                continue

    def _excuse_carried(self, found: Sought, rows: Iterable[Row]) -> None:
        """Authors and hashtags of threads that are shown have pages; the vocabulary is for all, but a few words."""
        vocabulary, hidden = load_vocabulary(self._root), self.rows.hidden_hashtags()
        carried = carried_by((row for row in rows if row.id not in self.hidden.threads), vocabulary)
        found.forget([needle for needle in found if needle.words in carried])
        for entry in vocabulary.entries:
            if entry.slug not in hidden:
                found.without("\n".join((entry.name, *entry.synonyms, entry.about)))


def _said_by_the_engine(needle: Needle) -> bool:
    return needle.words.count(b" ") < _FEW and b"/" not in needle.words


def a_word(needle: Needle) -> bool:
    """Whether it is a word alone, that anybody else may write too."""
    return needle.says == "un mot"
