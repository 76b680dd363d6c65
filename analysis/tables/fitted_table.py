"""The table of a model other than least squares: each variable alone, then beside the others, then the whole model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.variable import YES, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import Coefficient, Result
from analysis.statistics.models import FittedModel
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.model_frame import ModelFrame, model_frame
from analysis.tables.model_kind import KINDS, ModelKind
from analysis.tables.model_sentences import model_sentences
from analysis.tables.model_worth import worth_rows
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent, typographic

REFERENCE, NOT_ESTIMABLE, NOT_GIVEN = Text("référence"), Text("non estimable"), Text("non calculé")
WAITING = "Le modèle sera calculé quand ce qu'il explique aura des réponses."
SMALL = 0.005  # a bound below it would show as 0,00


@dataclass(frozen=True, eq=False)
class PlannedModel:
    """A model of the plan, fitted: ``whole`` with all its variables, ``alone`` with each of them."""

    spec: TableSpec
    kind: ModelKind
    data: ModelFrame
    whole: FittedModel
    alone: Mapping[str, FittedModel]

    @property
    def empty(self) -> str:
        """Why there is nothing to show at all, or nothing."""
        if not self.whole.undefined or not all(one.undefined for one in self.alone.values()):
            return ""
        return f"Le modèle n'a pas pu être calculé : {self.whole.undefined}."


def fitted(spec: TableSpec, cohort: Cohort) -> PlannedModel | None:
    """The model of an entry of the plan; None while nobody was asked what it explains."""
    data, kind, level = model_frame(spec, cohort), KINDS[spec.model], cohort.plan.confidence
    if data is None:
        return None
    if data.wide:
        return PlannedModel(spec, kind, data, FittedModel(spec.model, 0, 0, undefined=data.wide), {})
    whole = kind.fit(data, data.terms(), level)
    alone = {one.id: kind.fit(data, data.terms(one.id), level) for one in data.variables}
    return PlannedModel(spec, kind, data, whole, alone)


def fitted_table(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level: its effect alone, then beside the others, each with its interval; then the model's own rows."""
    planned = fitted(spec, cohort)
    if planned is None:
        return [Table(spec.id, spec.title, "Variable", (), (), added=spec.added, empty=WAITING)]
    empty = planned.empty
    rows = () if empty else (*effect_rows(planned), *worth_rows(planned.whole, planned.kind, planned.data.basis))
    notes = (
        () if empty else tuple(model_sentences(planned.whole, planned.alone, planned.kind, planned.data, cohort.plan))
    )
    return [Table(spec.id, spec.title, "Variable", columns(spec, cohort), rows, notes, tuple(_tests(planned)),
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


def _tests(planned: PlannedModel) -> Iterator[Test]:
    spec, whole, basis, wave = planned.spec, planned.whole, planned.data.basis, planned.spec.wave
    name = whole.kind
    for term in whole.terms:
        yield Test(spec.id, term.term, wave, Result(
            name, whole.n, term.statistic, float(term.dof), term.p_value,
            detail={"part": "term", "missing": whole.missing},
            undefined="" if term.dof else "ses colonnes se déduisent des autres"), basis)  # fmt: skip
    for one in whole.coefficients:
        if one.term:
            yield Test(spec.id, one.term, wave, Result(
                name, whole.n, one.statistic, None, one.p_value, one.estimate, one.ci_low, one.ci_high,
                detail={"part": "coefficient", "level": one.level, "reference": whole.references.get(one.term, ""),
                        "std_error": one.std_error, "estimate": "log_ratio" if planned.kind.ratio else "beta"},
                undefined="se déduit des autres variables" if one.aliased else ""), basis)  # fmt: skip
    overall = whole.overall or Result(name, whole.n, undefined=whole.undefined)
    detail = {**overall.detail, "part": "model", **whole.worth, "missing": whole.missing,
              "aliased": [".".join(one) for one in whole.aliased]}  # fmt: skip
    yield Test(spec.id, "model", wave, Result(name, whole.n, overall.statistic, overall.dof, overall.p_value,
                                              detail=detail, undefined=overall.undefined), basis)  # fmt: skip
    for check in whole.checks:
        yield Test(spec.id, str(check.detail.get("term", "model")), wave, check, basis)
