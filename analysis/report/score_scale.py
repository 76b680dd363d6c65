"""What the questions of a composite score can give, and so what the score can be."""

from __future__ import annotations

from analysis.people.cohort import Cohort


def question_scales(cohort: Cohort) -> list[tuple[float, float]]:
    """The least and the greatest score of each question of the composite, in its order."""
    composite, found = cohort.plan.composite, []
    for item, _ in composite.items if composite else ():
        levels = (one.levels for one in cohort.respondents.variables.values() if one.id == item)
        scores = next((known for one in levels if (known := [it.score for it in one if it.score is not None])), [0])
        found.append((min(scores), max(scores)))
    return found


def score_scale(cohort: Cohort) -> tuple[float, float]:
    """The least and the greatest that the composite can be."""
    scales = question_scales(cohort)
    return float(sum(low for low, _ in scales)), float(sum(high for _, high in scales))
