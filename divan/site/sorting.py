"""Entries of a directory, sorted in several ways and cut into pages that do not grow with it.

A way to sort shows its most common values; when it has more, a page of its own lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from divan.sources.slug import slug

Entry = TypeVar("Entry")

PER_PAGE = 100  # entries, or values of one way to sort
SHOWN = 26  # values of one way to sort beside the entries: as many as letters
AROUND = 2  # neighbours of a page in its list of pages


@dataclass(frozen=True)
class Facet(Generic[Entry]):
    """A way to sort entries: ``values`` gives the (label, URL part) pairs under which an entry falls."""

    label: str
    folder: str
    values: Callable[[Entry], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class FacetValue(Generic[Entry]):
    """What some entries share: ``url`` is the page that lists them."""

    label: str
    url: str
    entries: list[Entry]

    def link(self, here: str) -> dict[str, Any]:
        """What a page at ``here`` shows of it."""
        return {"label": self.label, "url": self.url, "count": len(self.entries), "current": self.url == here}


@dataclass(frozen=True)
class EntryPage(Generic[Entry]):
    """One page of entries under ``title``, ``total`` of them over all its pages; ``around`` leads to these."""

    url: str
    title: str
    entries: Sequence[Entry]
    total: int
    facets: list[dict[str, Any]]
    around: list[dict[str, Any]]


@dataclass(frozen=True)
class FacetIndex:
    """One page of the values of a way to sort."""

    url: str
    title: str
    links: list[dict[str, Any]]
    around: list[dict[str, Any]]


def sorted_pages(
    entries: Sequence[Entry], facets: Sequence[Facet[Entry]], url: str, title: str
) -> Iterator[EntryPage[Entry] | FacetIndex]:
    """All entries, those of each value, and the values of each way that has too many to stand beside them."""
    ways = [(facet, _values(entries, facet, url)) for facet in facets]
    everyone = FacetValue(title, url, list(entries))
    found = [(everyone, title), *((one, f"{title} : {one.label}") for _, values in ways for one in values)]
    for value, words in found:
        shown = [_beside(facet, values, value.url, url) for facet, values in ways]
        for place, part, around in _cut(value.url, value.entries):
            yield EntryPage(place, words, part, len(value.entries), shown, around)
    for facet, values in ways:
        if len(values) > SHOWN:
            for place, some, around in _cut(f"{url}{facet.folder}/", values):
                yield FacetIndex(place, f"{title} : {facet.label}", [one.link("") for one in some], around)


def _values(entries: Sequence[Entry], facet: Facet[Entry], url: str) -> list[FacetValue[Entry]]:
    found: dict[str, FacetValue[Entry]] = {}
    for entry in entries:
        for label, part in facet.values(entry):
            place = f"{url}{facet.folder}/{part}/"
            found.setdefault(place, FacetValue(label, place, [])).entries.append(entry)
    return sorted(found.values(), key=lambda value: slug(value.label))


def _beside(facet: Facet[Entry], values: Sequence[FacetValue[Entry]], here: str, url: str) -> dict[str, Any]:
    common = {one.url for one in sorted(values, key=lambda one: (one.url != here, -len(one.entries)))[:SHOWN]}
    more = {"count": len(values), "url": f"{url}{facet.folder}/"} if len(values) > SHOWN else None
    return {"label": facet.label, "entries": [one.link(here) for one in values if one.url in common], "all": more}


def _cut(url: str, items: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any], list[dict[str, Any]]]]:
    """Each page's address, its items and the pages around it; one page at least, and no list of a single page."""
    parts = [items[start : start + PER_PAGE] for start in range(0, max(1, len(items)), PER_PAGE)]
    addresses = [url if number == 1 else f"{url}page/{number}/" for number in range(1, len(parts) + 1)]
    for here, part in enumerate(parts):
        near = [n for n in range(len(parts)) if n in {0, len(parts) - 1} or abs(n - here) <= AROUND]
        around = [{"number": n + 1, "url": addresses[n], "current": n == here} for n in near]
        yield addresses[here], part, around if len(parts) > 1 else []
