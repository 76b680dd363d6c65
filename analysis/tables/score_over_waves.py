"""The composite at each wave with its interval, and how far it moved from the first: people as random effect."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import PRESENCE, SCORED
from analysis.people.variable import axis
from analysis.plan.specification import TableSpec
from analysis.statistics import OverWaves, describe, mean_interval, over_waves
from analysis.tables.cells import Cell, Count, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent, typographic

METHOD = ("Changement : modèle linéaire mixte (les personnes en effet aléatoire, maximum de vraisemblance restreint), "
          "intervalles et p de Wald ; qui manque une vague compte dans les autres.")  # fmt: skip


def score_over_waves(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a wave: who has a score, mean, SD, interval, change from the first wave with interval and p."""
    composite, waves = cohort.plan.composite, cohort.scored_waves
    if composite is None or not cohort.study.pair or len(waves) < 2:
        return []
    scores = [cohort.included[wave][composite.id] for wave in waves]
    model = over_waves(scores, level=cohort.plan.confidence)
    basis = tuple(Spread(EVERYBODY, (axis(PRESENCE, wave),)) for wave in waves)
    joined: Basis = (Spread(EVERYBODY, tuple(sorted(axis(PRESENCE, wave) for wave in waves))),)
    rows = []
    for place, (wave, values) in enumerate(zip(waves, scores, strict=True)):
        found, bounds = describe(values), mean_interval(values, level=cohort.plan.confidence)
        own = basis[place : place + 1]
        cells = (Count(found.n, cohort.n, EVERYBODY | {(axis(PRESENCE, wave), SCORED)}), Number(found.mean, 2, own),
                 Number(found.sd, 2, own), Interval(bounds.ci_low, bounds.ci_high, 2, own))  # fmt: skip
        rows.append(TableRow(wave, wave_label(cohort, wave), (*cells, *_moved(model, place, joined))))
    since = typographic(f"Changement depuis « {rows[0].label} »")
    said = f"IC à {percent(cohort.plan.confidence, 0)}"
    columns = (Column("n", "n (%)", "count"), Column("mean", "Moyenne", "mean"), Column("sd", "Écart-type", "sd"),
               Column("interval", said, "interval"), Column("change", since, "mean"),
               Column("change_interval", f"{said} du changement", "interval"), Column("p", "p", "p"))  # fmt: skip
    reason = model.overall.undefined
    notes = (f"Le modèle n'est pas calculé : {reason}.",) if reason else (METHOD,)
    tests = (Test(spec.id, composite.id, None, model.overall, joined),)
    return [Table(spec.id, spec.title, "Vague", columns, tuple(rows), notes, tests, added=spec.added)]


def _moved(model: OverWaves, place: int, basis: Basis) -> tuple[Cell, ...]:
    if not place:
        return Text(), Text(), Text()
    one = model.changes[place - 1]
    return (Number(one.estimate, 2, basis), Interval(one.ci_low, one.ci_high, 2, basis),
            Number(one.p_value, 3, basis, "p"))  # fmt: skip


FAMILIES = (
    Family("score_over_waves", score_over_waves, heading=ReportHeading.ITEMS, composite=True, pairs=True,
           strobe=("16",)),
)  # fmt: skip
