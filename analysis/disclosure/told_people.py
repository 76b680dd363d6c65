"""The same people, whose answers are told by block: every table made of them is made of what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.disclosure.blocks import Block, Blocks
from analysis.people.respondents import GIVEN, MOVED, Codes, Respondents
from analysis.people.variable import Level, Variable
from divan.sources.french import enumeration


def told_people(people: Respondents, told: Mapping[str, Blocks | None]) -> Respondents:
    """``told``: the blocks of an axis; None when nothing of it is, and nobody has answered it any more."""
    variables, index = dict(people.variables), people.people.index
    answers = {wave: dict(frame.items()) for wave, frame in people.answers.items()}
    for name, blocks in told.items():
        variable, columns = people.variables[name], answers[people.variables[name].wave]
        if blocks is not None:
            variables[name] = replace(variable, levels=tuple(_level(variable, block) for block in blocks))
            columns[variable.id] = variables[name].at_places(_places(variable, people.codes[name], blocks), index)
            continue
        columns[variable.id] = variable.at_places(np.full(len(index), -1), index)
        if variable.id.endswith(GIVEN):
            columns[variable.id.removesuffix(GIVEN)] = pd.Series(np.nan, index)
    frames = {wave: pd.DataFrame(columns, index=index) for wave, columns in answers.items()}
    return replace(people, variables=variables, answers=frames)


def _places(variable: Variable, codes: Codes, blocks: Blocks) -> npt.NDArray[np.int_]:
    """The place of each person's block; -1 for those who gave no answer."""
    place = {level: n for n, block in enumerate(blocks) for level in block}
    return np.array([*(place[level.id] for level in variable.levels), -1])[codes]


def _level(variable: Variable, block: Block) -> Level:
    """A block as one level, which says what it holds."""
    levels = {level.id: level for level in variable.levels}
    inside = [levels[one] for one in block]
    if len(inside) == 1:
        return inside[0]
    names = tuple(level.id for level in inside)
    return Level("+".join(names), _said(variable, [level.label for level in inside]), _score(variable, inside), names)


def _said(variable: Variable, labels: list[str]) -> str:
    if variable.ordered and len(labels) > 2:
        return f"{labels[0]} à {_low(labels[-1])}"
    if variable.ordered or len(labels) == 2:
        return f"{labels[0]} ou {_low(labels[1])}"
    few = f"Autres ({enumeration([_low(label) for label in labels])})"
    return few if len(labels) < 5 else f"{len(labels)} autres réponses"


def _low(label: str) -> str:
    """In the middle of a sentence, unless the word is all capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _score(variable: Variable, inside: list[Level]) -> float | None:
    """The middle of a block's scores; of a block of moves, the shortest."""
    scores = [level.score for level in inside if level.score is not None]
    if not scores:
        return None
    return min(scores, key=abs) if variable.wave == MOVED else (min(scores) + max(scores)) / 2
