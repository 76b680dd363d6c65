"""The weights of the people analysed: brought to the margins that the plan declares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.people.cohort import Cohort
from analysis.people.variable import Variable
from analysis.statistics.raking import Margin, Weighting, rake


def weighting_of(cohort: Cohort) -> Weighting | None:
    """One weight a person analysed, in their order; None when the plan declares no margins."""
    spec = cohort.plan.weights
    if spec is None:
        return None
    margins = [
        Margin(
            np.asarray(cohort.included[variable.wave][variable.id].cat.codes),
            _shares(variable, spec.margins[variable.id]),
        )
        for variable in margin_variables(cohort)
    ]
    return rake(cohort.n, margins)


def margin_variables(cohort: Cohort) -> list[Variable]:
    """The variables of the margins, in the plan's order, at the wave that describes people."""
    names = cohort.plan.weights.margins if cohort.plan.weights else ()
    found = (cohort.variable(name, cohort.first) for name in names)
    return [variable for variable in found if variable is not None]


def _shares(variable: Variable, declared: Mapping[str, float]) -> tuple[float, ...]:
    whole = sum(declared.values())
    return tuple(declared[level.id] / whole for level in variable.levels)
