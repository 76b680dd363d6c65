"""A coding as other software knows it: a tree, the units of a thread, who gave what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.coding.code_tree import CodeTree
from surveys.coding.coder_file import Coding
from surveys.coding.consensus import Agreed
from surveys.coding.text_units import TextUnit

Place = tuple[int, int, int, int | None]


@dataclass(frozen=True)
class CodingProject:
    """A tree, the units of a thread, what each coder decided and what was agreed on, by unit."""

    tree: CodeTree
    units: tuple[TextUnit, ...]
    given: Mapping[str, Mapping[str, Coding]]
    agreed: Mapping[str, Agreed] = field(default_factory=dict)


class Cutting:
    """The units of a project while words marked elsewhere join them: ``unit`` finds one by its place, or makes it."""

    def __init__(self, units: tuple[TextUnit, ...]) -> None:
        self.by_place: dict[Place, TextUnit] = {(one.first, one.last, one.start, one.end): one for one in units}
        self._taken = {one.id for one in units}

    def unit(self, place: Place, name: str = "") -> TextUnit:
        """The unit of these words; a new one is called ``name``, or after its post and where it begins in it."""
        if place not in self.by_place:
            first, last, start, end = place
            whole = first == last and not start and end is None
            base = name or (str(first) if whole else f"{first}-{start}")
            free = next(one for n in range(len(self._taken) + 1)
                        if (one := base if not n else f"{base}-{n + 1}") not in self._taken)  # fmt: skip
            self._taken.add(free)
            self.by_place[place] = TextUnit(free, *place)
        return self.by_place[place]
