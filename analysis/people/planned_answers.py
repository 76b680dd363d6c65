"""What people answered, as the plan wants it: variables recoded, composites summed, and which way each moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.people.dates import date_cells
from analysis.people.respondents import (
    CHANGE,
    DIRECTIONS,
    GIVEN,
    GROUP_LABELS,
    INCLUDED,
    MOVED,
    PARTIAL,
    PRESENCE,
    PRESENCES,
    SCORED,
    SILENT,
    Respondents,
)
from analysis.people.variable import NO, YES, Level, Variable, axis, in_levels, likert_variables, recoded, variable_in
from analysis.people.wave_frame import as_cells, as_given
from analysis.plan.specification import Plan
from surveys.model import Study, Wave
from surveys.responses import Row

Columns = dict[str, pd.Series]
Sorted = Sequence[tuple[str, Mapping[str, Row]]]
"""The group of each person, and their answer to each wave that has one."""


def respondents(study: Study, plan: Plan, sorted_people: Sorted, first: str, paired: bool) -> Respondents:
    """The frames of these people, who all answered the wave ``first``; those included are paired, or nobody is."""
    people = _people(study, sorted_people, first).assign(paired=lambda frame: paired & (frame["group"] == INCLUDED))
    variables: dict[str, Variable] = {}
    answers: dict[str, pd.DataFrame] = {}
    for wave in study.waves:
        rows = [given.get(wave.id, {}) for _, given in sorted_people]
        columns = _columns(plan, wave, rows, people.index, variables)
        if plan.composite is not None and plan.composite.id in columns:
            presence = Variable(PRESENCE, wave.id, f"Réponse à « {wave.label} »", PRESENCES)
            variables[presence.axis] = presence
            columns[PRESENCE] = _presence([bool(row) for row in rows], columns[plan.composite.id])
        answers[wave.id] = pd.DataFrame(columns, index=people.index)
    people = people.assign(**_scores(study, plan, answers))
    if study.pairing is not None:
        answers |= _changes(plan, answers, variables, study.pair)
    return Respondents(people, answers, variables, study.pair)


def added_up(people: Respondents, study: Study, plan: Plan) -> Respondents:
    """The people, their scores and changes made anew of their answers, which are no more those that were read."""
    answers, variables = dict(people.answers), dict(people.variables)
    score = plan.composite.id if plan.composite else ""
    for wave in [one.id for one in study.waves if score and score in people.answers.get(one.id, ())]:
        frame = answers[wave]
        items = [variables[axis(item, wave)] for item, _ in plan.composite.items] if plan.composite else []
        total = pd.concat([one.score(frame[one.id]) for one in items], axis=1).sum(axis=1, skipna=False)
        presence = frame[PRESENCE].where(total.isna(), SCORED)
        answers[wave] = frame.assign(**{score: total, PRESENCE: presence})
    if study.pairing is not None and CHANGE in answers:
        answers |= _changes(plan, answers, variables, study.pair)
    scores = _scores(study, plan, answers) if score else {}
    return replace(people, people=people.people.assign(**scores), answers=answers, variables=variables)


def _people(study: Study, sorted_people: Sorted, first: str) -> pd.DataFrame:
    """The group of each person and the name of their answer in each other wave, by that of their first answer."""
    named = {wave.id: [given.get(wave.id, {}).get("response") for _, given in sorted_people] for wave in study.waves}
    index = pd.Index(named.pop(first), dtype=object, name=first)
    group = pd.Categorical([group for group, _ in sorted_people], [*GROUP_LABELS])
    return pd.DataFrame({"group": group, **{wave: pd.array(one, "string") for wave, one in named.items()}}, index=index)


def _columns(plan: Plan, wave: Wave, rows: Sequence[Row], index: pd.Index, variables: dict[str, Variable]) -> Columns:
    """The variables that this wave asks, then the items of the composite and their sum."""
    given = as_given(wave, rows, index)
    asked = {item.id: item for item in wave.questionnaire.items}
    columns: Columns = {}
    for spec in plan.variables:
        if spec.item not in given:
            continue
        cells = pd.Series(as_cells(date_cells(spec, rows)), index) if spec.of_a_date else given[spec.item]
        variable = variable_in(spec, wave, cells.cat.categories)
        if variable is None:
            continue
        variables[variable.axis] = variable
        columns[variable.id] = recoded(spec, asked[spec.item], variable, cells)
        if variable.is_number:
            told = Variable(f"{spec.id}{GIVEN}", wave.id, variable.label, (Level(YES, "Oui"), Level(NO, "Non")))
            variables[told.axis] = told
            columns[told.id] = told.at_places(np.where(columns[variable.id].isna(), 1, 0), given.index)
    items = likert_variables(plan, wave)
    for variable in items:
        variables[variable.axis] = variable
        columns[variable.id] = in_levels(variable, given[variable.id], given[variable.id].cat.categories)
    if plan.composite is not None and items and len(items) == len(plan.composite.items):
        scores = pd.concat([one.score(columns[one.id]) for one in items], axis=1)
        columns[plan.composite.id] = scores.sum(axis=1, skipna=False)
    return columns


def _presence(answered: Sequence[bool], score: pd.Series) -> pd.Series:
    """Who has a score in a wave, who answered without one, who did not answer."""
    said = np.select([~np.array(answered, bool), score.isna()], [SILENT, PARTIAL], SCORED)
    return pd.Series(pd.Categorical(said, [one.id for one in PRESENCES]), score.index)


def _scores(study: Study, plan: Plan, answers: Mapping[str, pd.DataFrame]) -> Columns:
    """The composite of each wave that has one, and its change from the first of them to the last."""
    if plan.composite is None:
        return {}
    name = plan.composite.id
    found = {f"{name}_{wave.id}": answers[wave.id][name] for wave in study.waves if name in answers[wave.id]}
    scores = [*found.values()]
    return found | ({f"{name}_change": scores[-1] - scores[0]} if len(scores) > 1 else {})


def _changes(
    plan: Plan, answers: Mapping[str, pd.DataFrame], variables: dict[str, Variable], pair: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Which way each answer that has an order moved between the two waves, as a variable of its own.

    Those of the score moved by so many points: another variable.
    """
    scored = {plan.composite.id: plan.composite.label, **dict(plan.composite.items)} if plan.composite else {}
    ordered = {one.id: one.label for one in variables.values() if one.ordered}
    ways: Columns = {}
    moves: Columns = {}
    for name, label in (scored | ordered).items():
        if any(name not in answers[wave] for wave in pair):
            continue
        first, last = (_rank(answers[wave][name], variables.get(axis(name, wave)), name in scored) for wave in pair)
        moved = Variable(name, CHANGE, label, DIRECTIONS, ordered=True)
        variables[moved.axis] = moved
        sign = np.sign((last - first).to_numpy())
        ways[name] = moved.at_places(np.where(np.isnan(sign), -1, sign + 1).astype(int), first.index)
        if name in scored:
            moves[name] = _moved(name, label, last - first, variables)
    index = answers[pair[0]].index
    return {CHANGE: pd.DataFrame(ways, index=index), MOVED: pd.DataFrame(moves, index=index)}


def _moved(name: str, label: str, change: pd.Series, variables: dict[str, Variable]) -> pd.Series:
    """By how many points each moved: a level a size, as many down as up."""
    reach = max(1, int(np.nanmax(np.abs(change.to_numpy()), initial=0)))
    sizes = tuple(Level(str(n), f"{n:+d}", n) for n in range(-reach, reach + 1))
    moved = Variable(name, MOVED, label, sizes, ordered=True)
    variables[moved.axis] = moved
    return moved.at_places(np.array((change + reach).fillna(-1), np.int_), change.index)


def _rank(answers: pd.Series, variable: Variable | None, scored: bool) -> pd.Series:
    if variable is None:
        return answers
    return variable.score(answers) if scored else variable.rank(answers)
