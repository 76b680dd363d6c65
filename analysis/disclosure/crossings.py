"""Questions crossed with one another: the finest cut under which no cell of the cross is small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.blocks import Blocks
from analysis.disclosure.silences import is_change, is_silence
from analysis.people.counted import Key, Spread
from analysis.people.respondents import GROUP, INCLUDED, MISSING, Respondents

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The questions ``axes`` crossed among the people of a group; of one axis, its distribution there."""

    group: str
    axes: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """True for the answers of all those analysed to one question, crossed with nothing, nor another wave."""
        return self.group == INCLUDED and len(self.axes) == 1 and not is_change(self.axes[0])


def crossing(part: Spread | Key) -> Crossing:
    """What counts of these people cross, whichever of their levels is counted."""
    among, axes = (part.among, part.axes) if isinstance(part, Spread) else (part, ())
    group = next((level for name, level in among if name == GROUP), "")
    return Crossing(group, tuple(sorted({name for name, _ in among if name != GROUP} | {*axes})))


Steps = Mapping[str, int]
"""How far each question is in its sequence, by its first axis."""


def finest(one: Crossing, people: Respondents, questions: Mapping[str, AskedQuestion], k: int) -> Steps | None:
    """The steps that tell most cells; None when nothing is enough.

    Where an answer is recoded twice and both are crossed with the same question, so is what lies between the two.
    """
    counts = counts_of(one, people)
    if not one.axes:
        return None if 0 < int(counts) < k else {}
    asked = {questions[name].axes[0]: len(questions[name].partitions) for name in one.axes}
    beside = [] if len(one.axes) < 2 else [*_beside(one, people, questions, k)]
    best: tuple[int, Steps] | None = None
    for steps in product(*(range(length) for length in asked.values())):
        places = dict(zip(asked, steps, strict=True))
        cut = [questions[name].partitions[places[questions[name].axes[0]]] for name in one.axes]
        cells = told_cells(counts, one.axes, cut, people)
        if has_small(cells, one, k) or (best is not None and cells.size <= best[0]):
            continue
        if not any(_between(one, other, (places, theirs), people, questions, k) for other, theirs in beside):
            best = cells.size, places
    return None if best is None else best[1]


def _beside(
    one: Crossing, people: Respondents, questions: Mapping[str, AskedQuestion], k: int
) -> Iterator[tuple[Crossing, Steps]]:
    """The crossings of the same questions with an earlier recoding of one of them, that are told."""
    for place, name in enumerate(one.axes):
        for earlier in questions[name].beside.get(name, ()):
            if earlier not in one.axes:
                other = Crossing(one.group, (*one.axes[:place], earlier, *one.axes[place + 1 :]))
                theirs = finest(other, people, questions, k)
                if theirs is not None:
                    yield other, theirs


def _between(
    one: Crossing, other: Crossing, steps: tuple[Steps, Steps], people: Respondents,
    questions: Mapping[str, AskedQuestion], k: int,
) -> bool:  # fmt: skip
    """Whether a small count lies between two crossings: of the questions of both, as far as both tell them."""
    kept = people.of(one.group) if one.group else np.ones(len(people.people), bool)
    told = []
    for name in {*one.axes, *other.axes}:
        question = questions[name]
        step = max(found.get(question.axes[0], 0) for found in steps)
        place = {level: n for n, block in enumerate(question.partitions[step]) for level in block}
        told.append(np.array([*(place[level.id] for level in people.variables[name].levels), -1])[people.codes[name]])
    _, sizes = np.unique(np.stack(told)[:, kept], axis=1, return_counts=True)
    return bool((sizes < k).any())


def counts_of(one: Crossing, people: Respondents) -> Cells:
    """Every cell of the cross, a place more on each axis for those who gave no answer."""
    shape = [len(people.variables[name].levels) + 1 for name in one.axes]
    kept = people.of(one.group) if one.group else np.ones(len(people.people), bool)
    if not shape:
        return np.array(int(kept.sum()))
    counts = np.zeros(shape, np.int64)
    np.add.at(counts, tuple(people.codes[name][kept] for name in one.axes), 1)
    return counts


def told_cells(counts: Cells, axes: Sequence[str], cut: Sequence[Blocks], people: Respondents) -> Cells:
    """The cells that a table cut so would tell; silence comes last on each axis."""
    for place, (name, blocks) in enumerate(zip(axes, cut, strict=True)):
        levels = [*(level.id for level in people.variables[name].levels), MISSING]
        gathered = np.array([[int(level in block) for level in levels] for block in (*blocks, (MISSING,))])
        counts = np.moveaxis(np.tensordot(gathered, counts, axes=(1, place)), 0, place)
    return counts


def has_small(cells: Cells, one: Crossing, k: int) -> bool:
    """True when a cell tells of 1 to k - 1 people; a silence that is crossed with nothing is not counted."""
    told = cells[: 1 if is_silence(one.axes[0]) else len(cells) - 1] if one.alone else cells
    return bool(((told > 0) & (told < k)).any())
