"""Answers brought to the margins of a population: weighted shares and means, with their intervals, and the cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import GIVEN, PRESENCE
from analysis.people.variable import NO, Variable, axis
from analysis.people.weighting import margin_variables, weighting_of
from analysis.plan.specification import TableSpec
from analysis.statistics.raking import Weighting
from analysis.statistics.weighted import weighted_mean, weighted_share
from analysis.tables.cells import Cell, Count, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, level_cells, scored, spread, wanted
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import percent, typographic

PLAIN = "Sans pondération, chacun compte pour un ; pondérées, les réponses ont les marges du second tableau."


def weighted(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level or a mean, plain and weighted; then the margins, in the sample and in the population."""
    weighting = weighting_of(cohort)
    if weighting is None or cohort.n < 2:
        return []
    if weighting.undefined:
        return [Table(spec.id, spec.title, "Réponse", (Column("n", "n (%)", "count"),), (), added=spec.added,
                      empty=f"Les réponses ne sont pas pondérées : {weighting.undefined}.")]  # fmt: skip
    rows: list[TableRow] = []
    for variable in wanted(cohort, spec.variables, cohort.first):
        rows += (_mean_rows if variable.is_number else _share_rows)(cohort, variable, weighting)
    rows += _score_rows(cohort, weighting)
    said = f"IC à {percent(cohort.plan.confidence, 0)}"
    columns = (Column("n", "Sans pondération, n (%)", "count"), Column("mean", "Moyenne sans pondération", "mean"),
               Column("weighted", "Pondéré", "weighted"), Column("interval", said, "interval"))  # fmt: skip
    return [Table(spec.id, spec.title, "Réponse", columns, tuple(rows), (PLAIN,), added=spec.added),
            _margins(spec, cohort, weighting)]  # fmt: skip


def _share_rows(cohort: Cohort, variable: Variable, weighting: Weighting) -> list[TableRow]:
    answers = cohort.included[variable.wave][variable.id]
    counts, basis = level_cells(cohort, variable), _crossed(cohort, variable)
    label = typographic(variable.label)
    rows = [] if variable.yes_no else [TableRow(variable.id, label, (Text(),) * 4, "", "variable")]
    for level, count in zip(variable.levels, counts, strict=False):
        if variable.yes_no and level.id == NO:
            continue
        hits = (answers == level.id).where(answers.notna(), np.nan)
        found = weighted_share(hits, weighting, level=cohort.plan.confidence)
        cells = (count, Text(), Number(found.estimate, 1, basis, "percent"),
                 Interval(found.ci_low, found.ci_high, 1, basis, "percent"))  # fmt: skip
        name, role = (label, "single") if variable.yes_no else (typographic(level.label), "level")
        rows.append(TableRow(variable.id, name, cells, level.id, role))
    return rows


def _mean_rows(cohort: Cohort, variable: Variable, weighting: Weighting) -> list[TableRow]:
    values = cohort.included[variable.wave][variable.id]
    unit = f" ({variable.unit})" if variable.unit else ""
    given = Spread(EVERYBODY, (axis(f"{variable.id}{GIVEN}", variable.wave),))
    cells = _means(cohort, values, weighting, (given, *_beside(cohort, *given.axes)))
    return [TableRow(variable.id, typographic(variable.label) + unit, cells)]


def _score_rows(cohort: Cohort, weighting: Weighting) -> list[TableRow]:
    composite, wave = cohort.plan.composite, cohort.first
    if composite is None or wave not in cohort.scored_waves:
        return []
    values = cohort.included[wave][composite.id]
    cells = _means(cohort, values, weighting, (*scored(wave), *_beside(cohort, axis(PRESENCE, wave))))
    return [TableRow(composite.id, typographic(composite.label), cells, "", "total")]


def _means(cohort: Cohort, values: pd.Series, weighting: Weighting, own: Basis) -> tuple[Cell, ...]:
    found, basis = weighted_mean(values, weighting, level=cohort.plan.confidence), (*own, *_basis(cohort))
    kept = values.dropna()
    plain = float(kept.mean()) if len(kept) else None
    return (Number(len(kept), 0, own), Number(plain, 2, own), Number(found.estimate, 2, basis),
            Interval(found.ci_low, found.ci_high, 2, basis))  # fmt: skip


def _crossed(cohort: Cohort, variable: Variable) -> Basis:
    """Beside a plain share, a weighted one tells how many of each margin gave the answer: it rests on these counts."""
    return (spread(variable), *_beside(cohort, variable.axis))


def _beside(cohort: Cohort, own: str) -> Basis:
    others = [one.axis for one in margin_variables(cohort) if one.axis != own]
    return tuple(Spread(EVERYBODY, (own, other)) for other in others)


def _basis(cohort: Cohort) -> Basis:
    """The counts of the margins."""
    return tuple(spread(variable) for variable in margin_variables(cohort))


def _margins(spec: TableSpec, cohort: Cohort, weighting: Weighting) -> Table:
    """The sample, the population and the weighted sample, level by level."""
    rows: list[TableRow] = []
    basis = _basis(cohort)
    for variable, margin in zip(margin_variables(cohort), weighting.margins, strict=True):
        counts = level_cells(cohort, variable)
        rows.append(TableRow(variable.id, typographic(variable.label), (Text(),) * 3, "", "variable"))
        known = margin.places >= 0
        held = np.bincount(margin.places[known], weighting.weights[known], len(margin.shares))
        for level, count, share, weight in zip(variable.levels, counts, margin.shares, held, strict=False):
            cells: tuple[Cell, ...] = (Count(count.n, count.of, count.who), Number(share, 1, (), "percent"),
                                       Number(float(weight / held.sum()), 1, basis, "percent"))  # fmt: skip
            rows.append(TableRow(variable.id, typographic(level.label), cells, level.id, "level"))
    for name, label, value in (
        ("design_effect", "Effet de plan (Kish)", weighting.design_effect),
        ("effective_n", "Personnes de même poids qui diraient autant", weighting.effective_n),
    ):
        rows.append(TableRow(name, label, (Text(), Text(), Number(value, 2, basis)), "", "total"))
    columns = (Column("n", "Répondants, n (%)", "count"), Column("population", "Population", "share"),
               Column("weighted", "Répondants pondérés", "weighted"))  # fmt: skip
    source = f"Marges : {cohort.plan.weights.source}." if cohort.plan.weights else ""
    return Table(f"{spec.id}-margins", f"{spec.title} : marges", "Niveau", columns, tuple(rows), (source,),
                 added=spec.added)  # fmt: skip


def _ids(raw: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    return [raw["id"], f"{raw['id']}-margins"]


FAMILIES = (
    Family("weighted", weighted, heading=ReportHeading.PROPORTIONS, keys=("variables",), strobe=("12", "15"), ids=_ids),
)  # fmt: skip
