"""What the same people answered at two waves, held to a test of pairs: what the question is says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import CHANGE, GIVEN
from analysis.people.variable import YES, Variable, axis
from analysis.plan.specification import PlannedTest, TableSpec
from analysis.statistics import Result, marginal_homogeneity, paired_t, sign_test, signed_rank
from analysis.tables.composite_change import basis_of
from analysis.tables.counting import EVERYBODY, crossed
from analysis.tables.table import Test

OF_NUMBERS: Mapping[str, Callable[..., Result]] = {"signed_rank": signed_rank, "paired_t": paired_t}
OF_LEVELS = ("sign", "marginal_homogeneity")
PAIRED_TESTS = frozenset({*OF_NUMBERS, *OF_LEVELS})


def waves_compared(cohort: Cohort, asked: Sequence[Variable | None]) -> tuple[Variable, Variable] | None:
    """The two waves that the study pairs, when both ask the question, else the first and the last that do."""
    found = {one.wave: one for one in asked if one is not None}
    if not cohort.paired or len(found) < 2:
        return None
    first, last = cohort.study.pair if {*cohort.study.pair} <= {*found} else (next(iter(found)), [*found][-1])
    return found[first], found[last]


def paired_test(spec: TableSpec, cohort: Cohort, before: Variable, after: Variable) -> Test:
    """The test that the plan wants of such a question, else the first that suits it.

    Signed rank of a number; the sign test of what has an order, or only yes and no (McNemar's exact test); marginal
    homogeneity of other levels.
    """
    ordered = _ordered(cohort, before, after)
    suits = (*OF_NUMBERS,) if before.is_number else OF_LEVELS if ordered or before.yes_no else OF_LEVELS[1:]
    planned = next((one for one in spec.tests if one.test in suits), PlannedTest(suits[0]))
    if planned.test in OF_NUMBERS:
        values = (cohort.included[one.wave][one.id] for one in (before, after))
        result = OF_NUMBERS[planned.test](*values, level=cohort.plan.confidence)
    else:
        result = paired_levels(cohort, planned.test, before, after)
    return Test(spec.id, before.id, None, result, pair_basis(cohort, planned.test, before, after), planned.added)


def paired_levels(cohort: Cohort, test: str, before: Variable, after: Variable) -> Result:
    """Marginal homogeneity of the levels, or the sign test of the way that each moved."""
    first, last = (cohort.included[one.wave][one.id] for one in (before, after))
    level = cohort.plan.confidence
    if test == "marginal_homogeneity":
        return marginal_homogeneity(crossed(first, last), level=level)
    if not _ordered(cohort, before, after):
        return sign_test(*(_ranked(before, one) for one in (first, last)), level=level)
    moved = cohort.included[CHANGE][before.id]
    way = moved.cat.codes.where(moved.notna()) - 1
    return sign_test(way * 0, way, level=level)


def pair_basis(cohort: Cohort, test: str, before: Variable, after: Variable) -> Basis:
    """How many moved each way, or the answers at each wave and their cross, whose cells a test may give back."""
    if test == "sign" and _ordered(cohort, before, after):
        return basis_of(before.id)
    names = [axis(f"{one.id}{GIVEN}", one.wave) if one.is_number else one.axis for one in (before, after)]
    return (*(Spread(EVERYBODY, (name,)) for name in names), Spread(EVERYBODY, tuple(sorted(names))))


def _ordered(cohort: Cohort, before: Variable, after: Variable) -> bool:
    """Whether the study knows which way each moved on this question, between the two waves that it pairs."""
    return (before.wave, after.wave) == cohort.study.pair and cohort.variable(before.id, CHANGE) is not None


def _ranked(variable: Variable, answers: pd.Series) -> pd.Series:
    """« Yes » is above « no », in whatever order they are asked."""
    return (answers == YES).astype(float).where(answers.notna()) if variable.yes_no else variable.rank(answers)
