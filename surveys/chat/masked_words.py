"""What stands in a message instead of anything that tells who, where or how to call: « XXX »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from divan.privacy.detect import find_identifiers
from divan.sources.reader_text import fold
from surveys.chat.attachments import LINK, has_link
from surveys.chat.known_names import KnownNames
from surveys.chat.learning import Learned
from surveys.chat.listed_words import is_common, is_listed, is_listed_name
from surveys.chat.naming_people import TITLES, digits_of
from surveys.chat.sentence import begins_sentence
from surveys.chat.spans import Span, inside, merged, replaced
from surveys.chat.spelt_out import of_a_town, usual_initials
from surveys.chat.trimming import trimmed
from surveys.chat.unsure import KEPT, MASKED, Doubts, Reason

_FEWEST_DIGITS = 6
_OFTEN_SAID = 40
_UNTOLD = ("care_date", "great_age")  # a day and an age are what the study is about
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+")
_MENTION = re.compile(r"(?<![\w.])@(?:\+?\d{6,15}|[^\W\d_][\w.\-]*)")
_NUMBER = re.compile(r"(?:\+|\b00)\d[\d .()\-\u00a0\u202f/]{6,}\d|\b\d{9,}\b")
_SPACED = re.compile(r"\d(?:[\s.\-/()\u00a0\u202f]{0,2}\d){5,14}")
_HOST = re.compile(r"(?:https?://)?[^/?#\s]+", re.IGNORECASE)

Verdict = tuple[bool, Reason | None]


@dataclass(frozen=True, eq=False)
class Masker:
    """Masks messages. ``learned`` is what the thread itself taught; ``numbers`` are the ends of telephones.

    ``kept`` words are never masked; ``decisions`` are those of the review sheet, by the mark of a word.
    """

    names: KnownNames
    numbers: frozenset[str]
    learned: Learned
    kept: frozenset[str]
    decisions: Mapping[str, str]
    doubts: Doubts

    def mask(self, text: str, post: int) -> str:
        """``text`` with every passage that identifies masked; what is not sure is noted for whoever reviews."""
        if not text:
            return text
        spans, unsure = self._passages_again(text) if len(text) < _OFTEN_SAID else self._passages(text)
        masked, places = replaced(text, spans)
        for start, end, reason in unsure:
            word = text[start:end]
            self.doubts.note(word, reason, post, masked, places(start))
        return masked

    @cached_property
    def _passages_again(self) -> Callable[[str], tuple[list[Span], list[tuple[int, int, Reason]]]]:
        """``_passages``, kept for short texts: « Merci » comes back all day."""
        return lru_cache(maxsize=1 << 11)(self._passages)

    def _passages(self, text: str) -> tuple[list[Span], list[tuple[int, int, Reason]]]:
        spans = [*_links(text), *self._numbers(text)]
        spans += [match.span() for match in _MENTION.finditer(text)] if "@" in text else []
        unsure: list[tuple[int, int, Reason]] = []
        spans += self.names.hidden.spelt(text, self.names.parts)
        spans += self.names.hidden.cut(text, self.names.parts)
        judge = self._verdict
        telling = any(judge(word) is not None for word in _WORD.findall(text))  # most texts tell nothing
        for match in _WORD.finditer(text) if telling else ():
            verdict = judge(match[0])
            if verdict is None:
                continue
            masks, reason = verdict
            if reason in (Reason.UNKNOWN, Reason.LISTED) and begins_sentence(text, match.start()):
                continue
            if masks:
                spans.append(match.span())
            if reason:
                unsure.append((*match.span(), reason))
        spans += self._found(text)
        hidden = merged(spans)
        seen = [one for one in unsure if one[2] is not Reason.UNKNOWN or not inside(one[0], hidden)]
        return hidden, seen

    def _numbers(self, text: str) -> Iterator[Span]:
        if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
            return
        for match in _NUMBER.finditer(text):
            yield match.span()
        if self.numbers:
            for match in _SPACED.finditer(text):
                if digits_of(match[0]) in self._fragments:
                    yield match.span()

    @cached_property
    def _fragments(self) -> frozenset[str]:
        """What six digits or more of a known number may be: « le 39 98 10 10 »."""
        whole = [f"0{number}" for number in self.numbers]
        return frozenset(
            number[start:end] for number in whole for start in range(len(number))
            for end in range(start + _FEWEST_DIGITS, len(number) + 1)
        )  # fmt: skip

    def _found(self, text: str) -> Iterator[Span]:
        for one in find_identifiers(text, _UNTOLD):
            start, end = trimmed(text, one)
            if not one.rule.excusable or not self._all_kept(text[start:end]):
                yield start, end

    def _all_kept(self, passage: str) -> bool:
        words = _WORD.findall(passage)
        return all(fold(word) in self.kept or self.decisions.get(self.doubts.mark(word)) == KEPT for word in words)

    @cached_property
    def _verdict(self) -> Callable[[str], Verdict | None]:
        """What is thought of a word, kept from message to message; None when it says nothing of anybody."""
        return lru_cache(maxsize=1 << 17)(self._judge)

    def _judge(self, word: str) -> Verdict | None:
        low = fold(word)
        decision = self.decisions.get(self.doubts.mark(word)) if self.decisions else None
        if low in self.kept or low in TITLES or len(low) < 2 or decision == KEPT:
            return None
        small = word[:1] == word[:1].lower()
        if decision == MASKED or self.names.names(low):
            return True, Reason.COMMON if small and is_common(low) else None
        if self.learned.names(low, small):
            return True, Reason.COMMON if small and is_common(low) else None
        if word.isupper() and low in self.names.hidden.initials and not (low in usual_initials() or is_common(low)):
            return True, Reason.INITIALS
        if of_a_town(low, self.learned.mostly_names):
            return True, None
        parts = _CAMEL.findall(word)
        if len(parts) > 1 and any(len(part) > 3 and self.names.names(fold(part)) for part in parts):
            return True, None
        if self._may_be_a_variant(low, small):
            return True, Reason.VARIANT
        if not small and is_listed_name(low) and not word.isupper():
            return True, Reason.LISTED
        if small or is_listed(low) or word.isupper() or len(low) < 3:
            return None
        return False, Reason.UNKNOWN

    def _may_be_a_variant(self, low: str, small: bool) -> bool:
        """« Nath » is Nathalie where there is one, « ben » hardly ever Benjamin."""
        if is_common(low):
            return not small and low in self.names.short
        return self.names.resembles(low) if not small else low in self.names.short


def _links(text: str) -> Iterator[Span]:
    """What follows the host in an address: a path, a token, the sign of an invitation."""
    if not has_link(text):
        return
    for match in LINK.finditer(text):
        link = match[0].rstrip(").,;:!?»")
        host = _HOST.match(link)
        path = link[host.end() :] if host else link
        if path.strip("/"):
            yield match.start() + len(link) - len(path) + path.startswith("/"), match.start() + len(link)
