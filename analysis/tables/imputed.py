"""The primary endpoint once more, with what is missing filled several times over: a declared sensitivity analysis."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.respondents import GROUP_LABELS, INCLUDED, LEFT_OUT, LOST
from analysis.people.variable import Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import Result, paired_t, welch_t
from analysis.statistics.imputation import Pooled, impute, pool
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, among, scored, wanted
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import given_levels
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import number, percent

ASKED = (INCLUDED, LOST, LEFT_OUT)
METHOD = (
    "Réponses manquantes supposées au hasard, étant donné les autres (MAR) : {draws} tableaux complétés par équations "
    "chaînées, appariement sur la moyenne prédite (5 donneurs, 10 tours, graine {seed}), réunis par les règles de "
    "Rubin, degrés de liberté de Barnard et Rubin."
)
NOTHING = "Personne n'a de réponse manquante : il n'y a rien à compléter."


@dataclass(frozen=True, slots=True)
class Estimand:
    """What is estimated in a completed table: the waves whose scores are subtracted, or the two groups compared."""

    label: str
    waves: tuple[str, ...]
    by: Variable | None = None
    groups: tuple[int, ...] = ()


def imputed(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """Two rows: those who answered everything, then everybody, holes filled; estimate, interval, p."""
    estimand, composite = _estimand(cohort), cohort.plan.composite
    if estimand is None or composite is None:
        return []
    kept = _everybody(cohort, estimand)
    answers = _answers(spec, cohort, estimand, kept)
    basis = _basis(cohort, estimand)
    complete = _complete(cohort, estimand)
    rows = [TableRow("complete", "Cas complets", _result_cells(complete, basis))]
    notes = (NOTHING,)
    if answers.isna().any(axis=None):
        pooled = _pooled(spec, cohort, estimand, answers)
        rows.append(TableRow("imputed", "Imputation multiple", _pooled_cells(len(answers), pooled, basis)))
        notes = (METHOD.format(draws=number(spec.imputations), seed=spec.seed),)
    said = f"IC à {percent(cohort.plan.confidence, 0)}"
    columns = (Column("n", "Personnes", "n"), Column("estimate", estimand.label, "estimate"),
               Column("interval", said, "interval"), Column("p", "p", "p"),
               Column("missing_information", "Information manquante", "share"))  # fmt: skip
    return [Table(spec.id, spec.title, "Analyse", columns, tuple(rows), notes, added=spec.added)]


def _estimand(cohort: Cohort) -> Estimand | None:
    primary, composite = cohort.plan.primary, cohort.plan.composite
    if composite is None:
        return None
    if primary is not None and primary.by:
        table = next((one for one in cohort.plan.tables if one.show == "score_difference"), None)
        by = next(iter(wanted(cohort, (primary.by,), cohort.first)), None)
        if by is None:
            return None
        named = [place for place, level in enumerate(by.levels) if table and level.id in table.between]
        groups = named or [by.levels.index(level) for level in given_levels(cohort, by)]
        return Estimand("Différence", (cohort.first,), by, tuple(groups)) if len(groups) == 2 else None
    return Estimand("Changement moyen", cohort.study.pair) if cohort.paired else None


def _everybody(cohort: Cohort, estimand: Estimand) -> pd.Series:
    """Who should have answered: those lost or left out too, for a change; else all of both groups."""
    by, group = estimand.by, cohort.people["group"]
    if by is None:
        return group.isin(ASKED)
    return (group == INCLUDED) & by.places(cohort.answers[by.wave][by.id]).isin(estimand.groups)


def _answers(spec: TableSpec, cohort: Cohort, estimand: Estimand, kept: pd.Series) -> pd.DataFrame:
    """The questions of the score at each wave, then what else may tell what is missing, as numbers."""
    composite = cohort.plan.composite
    items = [item for item, _ in composite.items] if composite else []
    asked = [cohort.scores(wave, *GROUP_LABELS)[items].add_suffix(f"@{wave}") for wave in estimand.waves]
    columns = pd.concat(asked, axis=1)
    others = [one for one in wanted(cohort, spec.variables, cohort.first) if one.axis not in columns]
    for one in [*others, *([estimand.by] if estimand.by else [])]:
        columns[one.axis] = one.places(cohort.answers[one.wave][one.id])
    return columns[kept].reset_index(drop=True)


def _pooled(spec: TableSpec, cohort: Cohort, estimand: Estimand, answers: pd.DataFrame) -> Pooled:
    drawn = [_estimate(cohort, estimand, one) for one in impute(answers, draws=spec.imputations, seed=spec.seed)]
    dof = float(len(answers) - (1 if estimand.by is None else 2))
    return pool([one[0] for one in drawn], [one[1] for one in drawn], dof, level=cohort.plan.confidence)


def _estimate(cohort: Cohort, estimand: Estimand, completed: pd.DataFrame) -> tuple[float, float]:
    """An estimate and its variance, in one completed table."""
    scores = [_score(cohort, completed, wave) for wave in estimand.waves]
    if estimand.by is None:
        change = scores[1] - scores[0]
        return float(change.mean()), float(change.var(ddof=1) / len(change))
    first, second = (scores[0][completed[estimand.by.axis] == place] for place in estimand.groups)
    error = first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)
    return float(second.mean() - first.mean()), float(error)


def _score(cohort: Cohort, completed: pd.DataFrame, wave: str) -> pd.Series:
    composite = cohort.plan.composite
    return completed[[axis(item, wave) for item, _ in composite.items] if composite else []].sum(axis=1)


def _complete(cohort: Cohort, estimand: Estimand) -> Result:
    """The same estimate from those who answered everything."""
    name, by, level = cohort.plan.composite, estimand.by, cohort.plan.confidence
    scores = [cohort.included[wave][name.id if name else ""] for wave in estimand.waves]
    if by is None:
        return paired_t(*scores, level=level)
    places = by.places(cohort.included[by.wave][by.id])
    first, second = (scores[0][places == place] for place in estimand.groups)
    return welch_t(second, first, level=level)


def _basis(cohort: Cohort, estimand: Estimand) -> Basis:
    if estimand.by is not None:
        return scored(cohort.first, EVERYBODY, estimand.by.axis)
    return tuple(among(group) for group in ASKED if (cohort.people["group"] == group).any())


def _result_cells(found: Result, basis: Basis) -> tuple[Cell, ...]:
    bounds = Interval(found.ci_low, found.ci_high, 2, basis)
    return (Number(found.n, 0, basis), Number(found.estimate, 2, basis), bounds,
            Number(found.p_value, 3, basis, "p"), Text())  # fmt: skip


def _pooled_cells(n: int, found: Pooled, basis: Basis) -> tuple[Cell, ...]:
    return (Number(n, 0, basis), Number(found.estimate, 2, basis), Interval(found.ci_low, found.ci_high, 2, basis),
            Number(found.p_value, 3, basis, "p"), Number(found.missing_information, 0, basis, "percent"))  # fmt: skip


FAMILIES = (Family("imputed", imputed, heading=ReportHeading.PRIMARY, composite=True, fills=True, strobe=("12", "17")),)
