"""A page as it is found: the terms that lead to it, how much it is about each, and the card that shows it.

Filters and whole hashtags are terms too: ``~t`` a type, ``~s`` a specialty, ``~h`` a hashtag or one of its synonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from divan.catalogue.row import Row
from divan.catalogue.rows import Rows
from divan.catalogue.thread_page import thread_of_page
from divan.forum.vocabulary import Vocabulary
from divan.site.search.postings import MOST
from divan.site.search.published import PublishedText, read_page
from divan.site.search.stemming import compounds, stems
from divan.site.search.synonyms import Synonyms
from divan.sources.slug import slug
from divan.sources.typography import typeset

GUIDE = "Guide"
_TITLE, _TAG, _FIELD, _MOST_TIMES, _AFTER = 6, 5, 2, 4, 1
_SHOWN = 1_200  # signs of text, from which a card quotes what was found


class Document(NamedTuple):
    """``facets`` are pairs of a filter's letter and its value; ``card`` plain values, for JSON."""

    terms: dict[str, int]
    facets: tuple[tuple[str, str], ...]
    card: dict[str, Any]


def document_of(path: str, output: Path, rows: Rows, vocabulary: Vocabulary, known: Synonyms) -> Document | None:
    """The published page at ``path``; None when it is not one to be found, or is no more."""
    try:
        text = read_page((output / path).read_text(encoding="utf-8"))
    except OSError:
        return None
    if text is None:
        return None
    thread = thread_of_page(path)
    row = rows.get(thread) if thread else None
    return _thread(row, text, vocabulary, known) if row else _guide(path.removesuffix("index.html"), text, known)


def _thread(row: Row, text: PublishedText, vocabulary: Vocabulary, known: Synonyms) -> Document:
    """A thread; its hashtags bring all their synonyms, and those that give its answer away are no filter."""
    said, hinted = _words_of(row.hashtags, vocabulary), _words_of(row.reveals, vocabulary)
    area = row.area.name if row.area else ""
    about = [row.specialty, area, "" if row.apart else row.author_name, *hinted]
    terms = _terms([(_TITLE, [row.title]), (_TAG, said), (_FIELD, about)], text, known)
    facets = (
        ("t", row.kind_label),
        *(("s", one) for one in [row.specialty] if one),
        *(("h", name) for name in row.hashtags),
    )
    terms |= {f"~{letter}{slug(value)}": 0 for letter, value in facets}
    terms |= {f"~h{slug(word)}": MOST for word in said}
    card = {
        "u": row.url, "t": typeset(row.title), "k": [row.kind_label, row.specialty or area],
        "s": [row.status, row.status_label], "d": row.written[:10], "r": row.replies, "x": text.before[:_SHOWN],
    }  # fmt: skip
    return Document(terms, facets, card)


def _words_of(hashtags: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """These hashtags with their synonyms."""
    known = filter(None, map(vocabulary.find, hashtags))
    return [word for tag in known for word in (tag.name, *tag.synonyms)]


def _guide(url: str, text: PublishedText, known: Synonyms) -> Document:
    """Any other page: it is shown after the threads."""
    terms = _terms([(_TITLE, [text.title])], text, known)
    card = {"u": url, "t": text.title, "k": [GUIDE, ""], "x": text.before[:_SHOWN]}
    return Document(terms | {f"~t{slug(GUIDE)}": 0}, (("t", GUIDE),), card)


def _terms(fields: Iterable[tuple[int, list[str]]], text: PublishedText, known: Synonyms) -> dict[str, int]:
    levels: Counter[str] = Counter()
    for weight, texts in fields:
        _add(levels, {one: weight for said in texts for one in _found(said, known)})
    first, after = [*stems(text.before)], [*stems(text.after)]
    _add(levels, {word: min(times, _MOST_TIMES) for word, times in Counter([*first, *compounds(text.before)]).items()})
    _add(levels, dict.fromkeys([*after, *compounds(text.after)], _AFTER))
    for said, found in ((text.before, first), (text.after, after)):
        for word in known.of(said, found):
            levels.setdefault(word, _AFTER)
    return {term: min(level, MOST) for term, level in levels.items()}


def _found(said: str, known: Synonyms) -> Iterator[str]:
    found = [*stems(said)]
    yield from found
    yield from compounds(said)
    yield from known.of(said, found)


def _add(levels: Counter[str], more: dict[str, int]) -> None:
    for word, level in more.items():
        levels[word] += level
