"""People as frames: a row a person, the same in every frame, and what may be counted of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.people.counted import Key
from analysis.people.variable import Level, Variable, axis

GROUP = "group"
INCLUDED, NOT_JOINED, LOST, LEFT_OUT = "included", "not_joined", "lost", "left_out"
GROUP_LABELS = {
    INCLUDED: "Inclus",
    NOT_JOINED: "N'ont pas rejoint le groupe",
    LOST: "Perdus de vue",
    LEFT_OUT: "Écartés",
}
MISSING = "missing"
PRESENCE = "presence"
GIVEN = ".given"
SCORED, PARTIAL, SILENT = "scored", "partial", "silent"
PRESENCES = (
    Level(SCORED, "Score complet"), Level(PARTIAL, "Réponse sans score complet"), Level(SILENT, "Pas de réponse"),
)  # fmt: skip
CHANGE, MOVED = "change", "moved"
DOWN, STABLE, UP = "down", "stable", "up"
DIRECTIONS = (Level(DOWN, "En baisse"), Level(STABLE, "Sans changement"), Level(UP, "En hausse"))

Codes = npt.NDArray[np.int16]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Respondents:
    """``people``: a row a person, whose ``group`` says whether they are analysed.

    ``answers``: by wave, the same rows, a column a variable: a categorical of the ids of its levels, in their order, or
    floats for a number and a composite; NaN is missing. ``answers["change"]`` says which way each moved between the two
    waves ``compared``, ``answers["moved"]`` by how many points. ``variables`` are named by axis, ``time@before``.

    ``means``: by wave, the means of the questions of the score among those analysed, where levels were merged since.
    """

    people: pd.DataFrame
    answers: Mapping[str, pd.DataFrame]
    variables: Mapping[str, Variable]
    compared: tuple[str, ...] = ()
    means: Mapping[str, pd.Series] = field(default_factory=dict)

    def of(self, group: str) -> Mask:
        """Who is in a group."""
        return self._groups.get(group, np.zeros(len(self.people), dtype=bool))

    @cached_property
    def _groups(self) -> Mapping[str, Mask]:
        """Masking asks for a group by the thousand: each is looked for once."""
        found = {str(group): np.asarray(self.people["group"] == group) for group in self.people["group"].unique()}
        for mask in found.values():
            mask.setflags(write=False)
        return found

    def variable(self, variable_id: str, *waves: str) -> Variable | None:
        """The variable in the first of these waves that asks it."""
        found = (self.variables.get(axis(variable_id, wave)) for wave in waves)
        return next((one for one in found if one is not None), None)

    def matching(self, who: Key) -> Mask:
        """Who meets every condition of ``who``; the level ``missing`` is an answer not given."""
        kept = np.ones(len(self.people), dtype=bool)
        for name, level in who:
            kept &= self.of(level) if name == GROUP else self.codes[name] == self._place(name, level)
        return kept

    def count(self, who: Key) -> int:
        """How many meet every condition of ``who``."""
        return int(self.matching(who).sum())

    def is_missing(self, name: str) -> bool:
        """True when someone did not give this answer."""
        return bool((self.codes[name] < 0).any())

    def levels(self, name: str) -> tuple[str, ...]:
        """Level ids of an axis, ``missing`` last if someone did not answer."""
        if name == GROUP:
            return tuple(str(one) for one in dict.fromkeys(self.people["group"]))
        declared = tuple(level.id for level in self.variables[name].levels)
        return (*declared, MISSING) if self.is_missing(name) else declared

    @cached_property
    def codes(self) -> Mapping[str, Codes]:
        """By axis, the place of each person's level (-1: missing): counting by the thousand wants arrays."""
        return {
            name: np.asarray(self.answers[one.wave][one.id].cat.codes, np.int16)
            for name, one in self.variables.items()
            if not one.is_number
        }

    def _place(self, name: str, level: str) -> int:
        if level == MISSING:
            return -1
        return next(place for place, one in enumerate(self.variables[name].levels) if one.id == level)
