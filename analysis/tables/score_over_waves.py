"""The composite at each wave with its interval, and how far it moved from the first: people as random effect."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread
from analysis.people.respondents import PRESENCE, SCORED
from analysis.people.variable import axis
from analysis.plan.specification import TableSpec
from analysis.statistics import OverWaves, describe, mean_interval, over_waves
from analysis.tables.composite_change import scores
from analysis.tables.counting import EVERYBODY, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Cell, Column, Count, Interval, Number, Table, TableRow, Test, Text
from divan.sources.french import percent

METHOD = ("Changement : modèle linéaire mixte (les personnes en effet aléatoire, maximum de vraisemblance restreint), "
          "intervalles et p de Wald ; qui manque une vague compte dans les autres.")  # fmt: skip


def score_over_waves(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a wave: who has a score, mean, SD, interval, change from the first wave with interval and p."""
    composite = cohort.plan.composite
    waves = [
        one.id for one in cohort.answered if composite and axis(composite.id, one.id) in cohort.respondents.numbers
    ]
    if composite is None or cohort.study.pairing is None or len(waves) < 2:
        return []
    model = over_waves([scores(cohort, composite, one) for one in waves], level=cohort.plan.confidence)
    rows = [TableRow(wave, wave_label(cohort, wave), _cells(cohort, waves, place, model))
            for place, wave in enumerate(waves)]  # fmt: skip
    said = f"IC à {percent(cohort.plan.confidence, 0)}"
    columns = (Column("n", "n (%)", "count"), Column("mean", "Moyenne", "mean"), Column("sd", "Écart-type", "sd"),
               Column("interval", said, "interval"), Column("change", f"Changement depuis « {rows[0].label} »", "mean"),
               Column("change_interval", f"{said} du changement", "interval"), Column("p", "p", "p"))  # fmt: skip
    reason = model.overall.undefined
    notes = (f"Le modèle n'est pas calculé : {reason}.",) if reason else (METHOD,)
    test = Test(spec.id, composite.id, None, model.overall, _basis(waves))
    return [Table(spec.id, spec.title, "Vague", columns, tuple(rows), notes, (test,), added=spec.added)]


def _cells(cohort: Cohort, waves: list[str], place: int, model: OverWaves) -> tuple[Cell, ...]:
    values = scores(cohort, cohort.plan.composite, waves[place])  # type: ignore[arg-type]
    found, bounds, basis = describe(values), mean_interval(values, level=cohort.plan.confidence), _basis(waves)
    who = EVERYBODY | {(axis(PRESENCE, waves[place]), SCORED)}
    own = basis[place : place + 1]
    cells: tuple[Cell, ...] = (Count(found.n, cohort.n, who), Number(found.mean, 2, own), Number(found.sd, 2, own),
                               Interval(bounds.ci_low, bounds.ci_high, 2, own))  # fmt: skip
    if not place:
        return (*cells, Text(), Text(), Text())
    one = model.changes[place - 1]
    return (*cells, Number(one.estimate, 2, basis), Interval(one.ci_low, one.ci_high, 2, basis),
            Number(one.p_value, 3, basis, "p"))  # fmt: skip


def _basis(waves: list[str]) -> tuple[Spread, ...]:
    return tuple(Spread(EVERYBODY, (axis(PRESENCE, wave),)) for wave in waves)


FAMILIES = (
    Family("score_over_waves", score_over_waves, heading=ReportHeading.ITEMS, composite=True, pairs=True,
           strobe=("16",)),
)  # fmt: skip
