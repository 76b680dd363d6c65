"""How many people the primary test of a plan needs, or what so many people allow it to see."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.plan.specification import Plan
from analysis.statistics.power import LARGEST, POWER, people_needed
from divan.sources.french import number, percent
from divan.sources.problem import Problem, ProblemsFound

SAID = {"sign": "test des signes", "signed_rank": "rangs signés de Wilcoxon", "paired_t": "t apparié",
        "welch_t": "t de Welch", "mann_whitney": "Mann-Whitney"}  # fmt: skip
WHOM = {"welch_t": "personnes dans chaque groupe", "mann_whitney": "personnes dans chaque groupe"}
EXACT = frozenset({"paired_t", "welch_t"})
BY_NORMAL_LAW = "Approximation de Noether (1987), pour des valeurs qui suivent à peu près une loi normale."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is supposed: ``sd`` of the changes from a wave to the other, or of the score in each of two groups.

    ``people`` given (in each group, when there are two), their power is told.
    """

    sd: float
    difference: float | None = None
    power: float = 0.8
    people: int | None = None


def study_size(plan: Plan, place: str, wanted: Wanted) -> str:
    """The answer in French; ProblemsFound when the plan has no primary test, or no difference is said."""
    primary, composite = plan.primary, plan.composite
    if primary is None or composite is None:
        raise ProblemsFound([Problem(place, None, "le plan n'a pas de critère principal", "ajoutez-lui « primary »")])
    difference = wanted.difference or primary.smallest_important
    if difference is None:
        remedy = "ajoutez « smallest_important » à « primary », ou donnez --difference"
        raise ProblemsFound([Problem(place, None, "la différence à voir n'est pas dite", remedy)])
    of = "du score dans chaque groupe" if primary.by else "des changements"
    supposed = (
        f"{composite.label} : {SAID[primary.test]}, alpha {number(plan.alpha, 2)}, "
        f"différence {_shown(difference)}, écart-type {of} {_shown(wanted.sd)}."
    )
    lines = [supposed, _answer(primary.test, difference, plan.alpha, wanted)]
    return "\n".join(lines if primary.test in EXACT else [*lines, BY_NORMAL_LAW])


def _answer(test: str, difference: float, alpha: float, wanted: Wanted) -> str:
    whom = WHOM.get(test, "personnes suivies aux deux vagues")
    if wanted.people is not None:
        found = POWER[test](wanted.people, difference, wanted.sd, alpha)
        return f"{number(wanted.people, 0)} {whom} : puissance de {percent(found, 1)}."
    needed = people_needed(test, difference, wanted.sd, alpha, wanted.power)
    if needed is None:
        return f"Plus de {number(LARGEST, 0)} de personnes : cette différence est trop petite pour être vue ainsi."
    return f"{number(needed, 0)} {whom}, pour une puissance de {percent(wanted.power, 0)}."


def _shown(value: float) -> str:
    return f"{value:.6g}".replace(".", ",")
