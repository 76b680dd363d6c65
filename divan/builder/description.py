"""What plugins make of a site, told apart by part: pages to hold to the last build's, pages that are as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from divan.builder.page import File, Kept, Page, Part
from divan.catalogue.site import Site
from divan.sources.problem import Problem, ProblemsFound

Receiver = Callable[[Site], Iterable[Any]]


@dataclass
class Description:
    """``part_of`` each page made, by path; ``kept`` are paths known to be as they were.

    ``parts`` are those described in this build: what they had and have no more is gone.
    """

    part_of: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def pages(
        self, site: Site, receivers: Sequence[Receiver], taken: Callable[[str, str], bool]
    ) -> Iterator[Page | File]:
        """Ask plugins for their pages; ``taken(path, part)``: whether an address already belongs to something else."""
        for receiver in receivers:
            self.parts.add(receiver.__module__)
            try:
                for part, item in self._items(site, receiver):
                    if isinstance(item, Kept):
                        self.kept.add(item.path)
                        continue
                    if item.path in self.part_of or taken(item.path, part):
                        self.problems.append(two_pages(item.path))
                    self.part_of[item.path] = part
                    yield item
            except ProblemsFound as faults:
                self.problems += faults.problems

    def _items(self, site: Site, receiver: Receiver) -> Iterator[tuple[str, Page | File | Kept]]:
        for item in receiver(site):
            if not isinstance(item, Part):
                yield receiver.__module__, item
            elif site.waits(item):
                self.parts.add(item.url)
                for page in item.make():
                    yield item.url, page


def two_pages(path: str) -> Problem:
    """Two pages want the same address."""
    return Problem(path, None, "deux pages du site veulent cette adresse", "renommez l'une des deux")
