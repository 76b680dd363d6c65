"""A model of the plan: each variable alone, then beside the others, then what the whole is worth."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.variable import YES, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics.models import Coefficient, FittedModel
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.family import Family, ReportHeading
from analysis.tables.model_frame import ModelFrame
from analysis.tables.model_kind import KINDS, ModelKind
from analysis.tables.model_results import model_results
from analysis.tables.model_sentences import model_sentences
from analysis.tables.model_worth import worth_rows
from analysis.tables.planned_model import PlannedModel, fitted
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import percent, typographic

REFERENCE, NOT_ESTIMABLE, NOT_GIVEN = Text("référence"), Text("non estimable"), Text("non calculé")
WAITING = "Le modèle sera calculé quand ce qu'il explique aura des réponses."
SMALL = 0.005  # a bound below it would show as 0,00


def regression(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level: its effect alone, then beside the others, each with its interval; then the model's own rows.

    With ``baseline``, the score of the first wave stands among the others: the analysis of covariance of a
    before/after study. The score of a wave that nobody has answered yet has no table.
    """
    planned = fitted(spec, cohort)
    if planned is None:
        waits = Table(spec.id, spec.title, "Variable", (), (), added=spec.added, empty=WAITING)
        return [] if KINDS[spec.model].least_squares else [waits]
    empty = planned.empty
    own = worth_rows(planned.whole, planned.kind, planned.explained, planned.data.basis)
    rows = () if empty else (*effect_rows(planned), *own)
    notes = (
        () if empty else tuple(model_sentences(planned.whole, planned.alone, planned.kind, planned.data, cohort.plan))
    )
    tests = tuple(model_results(planned, spec.wave or cohort.last))
    return [Table(spec.id, spec.title, "Variable", columns(spec, cohort), rows, notes, tests,
                  added=spec.added, empty=empty)]  # fmt: skip


def columns(spec: TableSpec, cohort: Cohort) -> tuple[Column, ...]:
    """The columns of a model's table."""
    effect, said = KINDS[spec.model].effect, f"IC à {percent(cohort.plan.confidence, 0)}"
    wave = spec.wave or cohort.last
    return (
        Column("crude", f"{effect} seul", "crude", wave),
        Column("crude_interval", said, "crude_interval", wave),
        Column("estimate", f"{effect} ajusté", "estimate", wave),
        Column("interval", said, "interval", wave),
        Column("p", "p du niveau", "p", wave),
        Column("p_variable", "p de la variable", "p_term", wave),
    )


def effect_rows(planned: PlannedModel) -> Iterator[TableRow]:
    """The rows of every variable, then the intercepts."""
    for variable in planned.data.variables:
        yield from _variable_rows(planned, variable)
    basis = planned.data.basis
    for one in planned.whole.coefficients:
        if one.term:
            continue
        threshold = planned.spec.model == "ordinal"
        label = f"Seuil après « {one.level} »" if threshold else planned.kind.intercept
        figures = _effect(one, planned.kind, basis, ratio=planned.kind.ratio and not threshold)
        p = Number(one.p_value, 3, basis, "p") if not threshold else Text()
        yield TableRow("intercept", typographic(label), (Text(), Text(), *figures, p, Text()),
                       _identifier(one.level, planned.data))  # fmt: skip


def _identifier(label: str, data: ModelFrame) -> str:
    return next((level.id for level in data.scale if level.label == label), "")


def _variable_rows(planned: PlannedModel, variable: Variable) -> Iterator[TableRow]:
    whole, alone = planned.whole, planned.alone[variable.id]
    beside = {one.level: one for one in whole.coefficients if one.term == variable.id}
    crude = {one.level: one for one in alone.coefficients if one.term == variable.id}
    basis, own = planned.data.basis, planned.data.bases[variable.id]
    p = next((one.p_value for one in whole.terms if one.term == variable.id), None)
    head: Cell = Number(p, 3, basis, "p") if not whole.undefined else Text()

    def figures(level: str) -> tuple[Cell, ...]:
        found = beside.get(level)
        last = Number(found.p_value, 3, basis, "p") if found and not found.aliased else Text()
        return (*_side(alone, crude.get(level), planned.kind, own), *_side(whole, found, planned.kind, basis), last)

    label = typographic(variable.label)
    if variable.is_number or variable.yes_no:
        only = "" if variable.is_number else YES
        yield TableRow(variable.id, label, (*figures(only), head), only, "single")
        return
    yield TableRow(variable.id, label, (*(Text(),) * 5, head), "", "variable")
    reference = alone.references.get(variable.id) or whole.references.get(variable.id)
    for level in variable.levels:
        name = typographic(level.label)
        if level.id == reference:
            yield TableRow(variable.id, name, (REFERENCE, Text(), REFERENCE, *(Text(),) * 3), level.id, "level")
        elif level.id in beside or level.id in crude or (variable.id, level.id) in (*whole.separated, *alone.separated):
            yield TableRow(variable.id, name, (*figures(level.id), Text()), level.id, "level")


def _side(model: FittedModel, one: Coefficient | None, kind: ModelKind, basis: Basis) -> tuple[Cell, Cell]:
    """An effect and its interval, or the word for what a model does not give."""
    if model.undefined:
        return NOT_GIVEN, Text()
    return (NOT_ESTIMABLE, Text()) if one is None or one.aliased else _effect(one, kind, basis)


def _effect(one: Coefficient, kind: ModelKind, basis: Basis, *, ratio: bool = True) -> tuple[Cell, Cell]:
    read = kind.read if ratio else float_or_none
    value, low, high = read(one.estimate), read(one.ci_low), read(one.ci_high)
    digits = 4 if ratio and kind.ratio and low is not None and low < SMALL else 2
    return Number(value, digits, basis), Interval(low, high, digits, basis)


def float_or_none(value: float | None) -> float | None:
    """A figure as it is."""
    return value


FAMILIES = (Family("regression", regression, ReportHeading.SCORE, tests=frozenset({"linear_regression"}),
                   keys=("variables",), strobe=("17",)),)  # fmt: skip
