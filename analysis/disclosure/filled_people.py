"""The same people, some silences counted as the most frequent answer: to an item, all its recodings at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.disclosure.silences import is_change, is_silence
from analysis.people.planned_answers import added_up
from analysis.people.respondents import GIVEN, INCLUDED, PRESENCE, Mask, Respondents
from analysis.plan.specification import Plan
from surveys.model import Study


def filled_people(people: Respondents, few: Mapping[str, Mask], study: Study, plan: Plan) -> Respondents:
    """The people, the silences of ``few`` filled; scores and changes are those of the answers so counted."""
    answers = {wave: dict(frame.items()) for wave, frame in people.answers.items()}
    for axes in asked_together(people, plan):
        like = _most(people, axes)
        for name in axes:
            if name not in few or not like.any():
                continue
            variable, columns = people.variables[name], answers[people.variables[name].wave]
            places = np.where(few[name], people.codes[name][like][0], people.codes[name])
            columns[variable.id] = variable.at_places(places, people.people.index)
            if is_silence(name):
                number = columns[variable.id.removesuffix(GIVEN)]
                middle = number[like].quantile(interpolation="lower")
                columns[variable.id.removesuffix(GIVEN)] = number.mask(few[name], middle)
    frames = {wave: pd.DataFrame(columns, index=people.people.index) for wave, columns in answers.items()}
    return added_up(replace(people, answers=frames), study, plan)


def asked_together(people: Respondents, plan: Plan) -> list[list[str]]:
    """The axes of each item and wave: one question, and its recodings; whether a score is whole follows from them."""
    items = {spec.id: spec.item for spec in plan.variables}
    found: dict[tuple[str, str], list[str]] = {}
    for name in people.codes:
        one = people.variables[name]
        if not is_change(name) and one.id != PRESENCE:
            asked = one.id.removesuffix(GIVEN)
            found.setdefault((items.get(asked, asked), one.wave), []).append(name)
    return [*found.values()]


def _most(people: Respondents, axes: list[str]) -> Mask:
    """Those analysed who gave the most frequent answer, as all its recodings tell it; nobody when none did."""
    codes = np.stack([people.codes[name] for name in axes])
    known = people.of(INCLUDED) & (codes >= 0).all(axis=0)
    for name in axes:
        known = known & (people.codes[name] == 0 if is_silence(name) else True)
    if not known.any():
        return known
    each, sizes = np.unique(codes[:, known], axis=1, return_counts=True)
    return np.asarray(known & (codes == each[:, [sizes.argmax()]]).all(axis=0))
