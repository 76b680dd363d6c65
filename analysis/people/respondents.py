"""The people analysed, as arrays: one place a person, the same in every array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.people.counted import Key
from analysis.people.dates import date_cells
from analysis.people.variable import NO, YES, Level, Variable, axis, likert_variables, number_in, places, variable_in
from analysis.plan.specification import Plan, VariableSpec
from surveys.model import Study
from surveys.responses import Row

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
CHANGE = "change"
DOWN, STABLE, UP = "down", "stable", "up"
DIRECTIONS = (Level(DOWN, "En baisse"), Level(STABLE, "Sans changement"), Level(UP, "En hausse"))

Codes = npt.NDArray[np.int16]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Respondents:
    """``codes[axis]``: place of each person's level (-1: missing); ``numbers[axis]``: scores (NaN: missing).

    ``answers[wave]`` names the answer of each in a wave (``before-0001``; '' for none). ``compared``: the two waves
    between which an answer is said to have moved.
    """

    group: npt.NDArray[np.str_]
    answers: Mapping[str, tuple[str, ...]]
    variables: Mapping[str, Variable]
    codes: Mapping[str, Codes]
    numbers: Mapping[str, npt.NDArray[np.float64]]
    compared: tuple[str, ...] = ()

    def of(self, group: str) -> Mask:
        """Who is in a group."""
        return np.asarray(self.group == group)

    def variable(self, variable_id: str, *waves: str) -> Variable | None:
        """The variable in the first of these waves that asks it."""
        found = (self.variables.get(axis(variable_id, wave)) for wave in waves)
        return next((one for one in found if one is not None), None)

    def matching(self, who: Key) -> Mask:
        """Who meets every condition of ``who``; the level ``missing`` is an answer not given."""
        kept = np.ones(len(self.group), dtype=bool)
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
            return tuple(str(one) for one in dict.fromkeys(self.group))
        declared = tuple(level.id for level in self.variables[name].levels)
        return (*declared, MISSING) if self.is_missing(name) else declared

    def _place(self, name: str, level: str) -> int:
        if level == MISSING:
            return -1
        return next(place for place, one in enumerate(self.variables[name].levels) if one.id == level)


def respondents(study: Study, plan: Plan, people: Sequence[tuple[str, Mapping[str, Row]]]) -> Respondents:
    """Arrays from ``people``: the group of each, and their answers in each wave that has them."""
    variables: dict[str, Variable] = {}
    codes: dict[str, Codes] = {}
    numbers: dict[str, npt.NDArray[np.float64]] = {}
    named: dict[str, tuple[str, ...]] = {}
    for wave in study.waves:
        asked = {item.id: item for item in wave.questionnaire.items}
        rows = [answers.get(wave.id, {}) for _, answers in people]
        named[wave.id] = tuple(row.get("response", "") for row in rows)
        for spec in plan.variables:
            cells = cells_of(spec, rows)
            variable = variable_in(spec, wave, set(cells))
            if variable is None:
                continue
            variables[variable.axis] = variable
            if variable.is_number:
                numbers[variable.axis] = np.array([_number(cell) for cell in cells], float)
                given = Variable(
                    f"{variable.id}{GIVEN}", wave.id, variable.label, (Level(YES, "Oui"), Level(NO, "Non"))
                )
                variables[given.axis] = given
                codes[given.axis] = np.isnan(numbers[variable.axis]).astype(np.int16)
            else:
                table = places(spec, asked[spec.item], variable, cells)
                codes[variable.axis] = np.array([table.get(cell, -1) for cell in cells], np.int16)
        for variable in likert_variables(plan, wave):
            cells = [row.get(variable.id, "") for row in rows]
            _score(variable, cells, variables, codes, numbers)
        _add_composite(plan, wave.id, numbers)
        if plan.composite is not None and axis(plan.composite.id, wave.id) in numbers:
            presence = Variable(PRESENCE, wave.id, f"Réponse à « {wave.label} »", PRESENCES)
            variables[presence.axis] = presence
            codes[presence.axis] = _presence(named[wave.id], numbers[axis(plan.composite.id, wave.id)])
    if study.pairing is not None:
        _add_changes(plan, study.pairing.before, study.pairing.after, variables, codes, numbers)
    groups = np.array([group for group, _ in people], dtype=np.str_)
    return Respondents(groups, named, variables, codes, numbers, study.pair)


def cells_of(spec: VariableSpec, rows: Sequence[Row]) -> list[str]:
    """The raw answers that a planned variable is made of, one a row; blank for none."""
    return date_cells(spec, rows) if spec.of_a_date else [row.get(spec.item, "") for row in rows]


def _score(
    variable: Variable, cells: list[str], variables: dict[str, Variable], codes: dict[str, Codes],
    numbers: dict[str, npt.NDArray[np.float64]],
) -> None:  # fmt: skip
    table = {level.id: place for place, level in enumerate(variable.levels)}
    scores = np.array([np.nan if one.score is None else one.score for one in variable.levels] + [np.nan], float)
    variables[variable.axis] = variable
    codes[variable.axis] = np.array([table.get(cell, -1) for cell in cells], np.int16)
    numbers[variable.axis] = scores[codes[variable.axis]]


def _presence(named: Sequence[str], score: npt.NDArray[np.float64]) -> Codes:
    """Who has a score in a wave, who answered without one, who did not answer."""
    answered = np.array([bool(one) for one in named], bool)
    return np.where(~answered, 2, np.where(np.isnan(score), 1, 0)).astype(np.int16)


def _add_composite(plan: Plan, wave: str, numbers: dict[str, npt.NDArray[np.float64]]) -> None:
    if plan.composite is None:
        return
    parts = [numbers.get(axis(item, wave)) for item, _ in plan.composite.items]
    if all(part is not None for part in parts):
        numbers[axis(plan.composite.id, wave)] = np.sum([part for part in parts if part is not None], axis=0)


def _add_changes(
    plan: Plan, before: str, after: str, variables: dict[str, Variable], codes: dict[str, Codes],
    numbers: dict[str, npt.NDArray[np.float64]],
) -> None:  # fmt: skip
    """The direction in which each answer that has an order moved between the two waves, as a variable of its own."""
    scored = {plan.composite.id: plan.composite.label, **dict(plan.composite.items)} if plan.composite else {}
    ordered = {one.id: one.label for one in variables.values() if one.ordered}
    for name, label in (scored | ordered).items():
        two = [_ranks(axis(name, wave), variables, codes, numbers) for wave in (before, after)]
        if two[0] is None or two[1] is None:
            continue
        change = two[1] - two[0]
        variables[axis(name, CHANGE)] = Variable(name, CHANGE, label, DIRECTIONS, ordered=True)
        codes[axis(name, CHANGE)] = np.where(np.isnan(change), -1, np.sign(change) + 1).astype(np.int16)


def _ranks(
    name: str, variables: dict[str, Variable], codes: dict[str, Codes], numbers: dict[str, npt.NDArray[np.float64]]
) -> npt.NDArray[np.float64] | None:
    """Scores where there are some, whatever the order in which a questionnaire shows its levels; else their places."""
    if name in numbers:
        return numbers[name]
    if name not in codes:
        return None
    levels = variables[name].levels
    ranks = [place if one.score is None else one.score for place, one in enumerate(levels)]
    return np.array([*ranks, np.nan], float)[codes[name]]


def _number(cell: str) -> float:
    value = number_in(cell)
    return np.nan if value is None else value
