"""The ways of answering the questions of a score: what is told of each question holds for whoever has a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.other_people import KnownSum
from analysis.disclosure.spreads import Kinds
from analysis.people.respondents import Respondents
from analysis.people.variable import axis
from analysis.plan.specification import Composite

MOST_WAYS = 700  # more leave so much open that the questions add nothing to the score


def score_ways(
    people: Respondents, questions: Mapping[str, AskedQuestion], composite: Composite, wave: str, given: pd.Series,
    *, whole: bool,
) -> Kinds | None:  # fmt: skip
    """The score of each way, how many of those ``given`` are in each block that is told of a question.

    And the sum of each question, told of the ``whole``. None when there are too many ways.
    """
    variables = [people.variables[axis(item, wave)] for item, _ in composite.items]
    if math.prod(len(one.levels) for one in variables) > MOST_WAYS:
        return None
    kept = np.asarray(people.people.index.isin(given.index))
    ways = np.array([*product(*(range(len(one.levels)) for one in variables))])
    exact, merged, sums = np.zeros(len(ways)), np.zeros(len(ways)), np.zeros(len(given))
    rules: list[KnownSum] = []
    for one, chosen in zip(variables, ways.T, strict=True):
        scores = np.array([level.score or 0.0 for level in one.levels])
        blocks = next(iter(questions[one.axis].partitions), (tuple(level.id for level in one.levels),))
        block = np.array([next(n for n, own in enumerate(blocks) if level.id in own) for level in one.levels])
        codes = people.codes[one.axis][kept]
        for place in range(len(blocks)):
            n = float((block[codes] == place).sum())
            rules.append(KnownSum((block[chosen] == place).astype(float), n, n))
        if whole:
            rules.append(KnownSum(scores[chosen], float(scores[codes].sum()), float(scores[codes].sum())))
        middle = np.array([(scores[block == own].min() + scores[block == own].max()) / 2 for own in block])
        exact, merged, sums = exact + scores[chosen], merged + middle[chosen], sums + scores[codes]
    return Kinds(exact if np.allclose(sums, given) else merged, rules)
