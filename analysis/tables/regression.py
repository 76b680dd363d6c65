"""A model of the plan: each variable alone and beside the others, and what it is worth; least squares, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.variable import YES, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import (
    Coefficient,
    LinearModel,
    Result,
    linear_regression,
    residual_checks,
)
from analysis.tables.cells import Number, Text
from analysis.tables.counting import EVERYBODY, spread
from analysis.tables.family import Family, ReportHeading
from analysis.tables.fitted_table import fitted_table
from analysis.tables.model_frame import OUTCOME, ModelFrame, model_frame
from analysis.tables.model_rows import (
    cells,
    crude_cells,
    fit_rows,
    intercept_row,
    not_all_the_same_people,
)
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import number, percent, typographic

EVENTS_WANTED = 10
NOT_COMPUTED = "La régression n'a pas pu être calculée : {}."
Crude = Mapping[str, LinearModel]


def regression(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level: its coefficient alone, then beside the others, and its p; the variable's row holds a type II p.

    With ``baseline``, the score of the first wave stands among the others: the analysis of covariance of a
    before/after study. A model of another kind than linear has a table of its own.
    """
    if spec.model != "linear":
        return fitted_table(spec, cohort)
    wave, level, data = spec.wave or cohort.last, cohort.plan.confidence, model_frame(spec, cohort)
    if data is None:
        return []
    explained = spec.outcome or (cohort.plan.composite.id if cohort.plan.composite else OUTCOME)
    if data.wide:
        return [Table(spec.id, spec.title, "Variable", (), (), added=spec.added, empty=NOT_COMPUTED.format(data.wide))]
    model = linear_regression(data.frame[OUTCOME], data.terms(), level=level)
    crude = {one.id: linear_regression(data.frame[OUTCOME], data.terms(one.id), level=level) for one in data.variables}
    basis = _basis(spec, cohort, data)
    tests = [] if model.undefined else [*_tests(spec, model, explained, wave, basis)]
    columns = (
        Column("crude", "Coefficient seul", "crude", wave),
        Column("crude_interval", f"IC à {percent(cohort.plan.confidence, 0)}", "crude_interval", wave),
        Column("estimate", "Coefficient ajusté", "estimate", wave),
        Column("interval", f"IC à {percent(cohort.plan.confidence, 0)}", "interval", wave),
        Column("p", "p du niveau", "p", wave),
        Column("p_variable", "p de la variable", "p_term", wave),
    )
    whole = basis or (EVERYBODY,)
    rows = [row for variable in data.variables for row in _rows(model, crude, variable, whole)]
    rows += [intercept_row(model, whole), *fit_rows(model, explained, whole)]
    empty = NOT_COMPUTED.format(model.undefined) if model.undefined else ""
    notes = (*_notes(cohort, model, data.variables), *not_all_the_same_people(model, crude))
    return [Table(spec.id, spec.title, "Variable", columns, () if empty else tuple(rows), notes, tuple(tests),
                  added=spec.added, empty=empty)]  # fmt: skip


def _basis(spec: TableSpec, cohort: Cohort, data: ModelFrame) -> Basis:
    """A score that everybody analysed has rests on the variables alone."""
    if cohort.plan.composite is None or spec.outcome not in ("", cohort.plan.composite.id):
        return data.basis
    return tuple(spread(one) for one in data.variables if not one.is_number)


def _tests(spec: TableSpec, model: LinearModel, composite: str, wave: str, basis: Basis) -> Iterator[Test]:
    for term in model.terms:
        dof = (term.dof, model.dof[1]) if model.dof else None
        yield Test(spec.id, term.term, wave, Result(
            "linear_regression", model.n, term.statistic, dof, term.p_value,
            effect_size=term.effect_size, effect_low=term.effect_low, effect_high=term.effect_high,
            detail={"part": "term", "type": "II", "missing": model.missing, "effect": "partial_eta_squared"},
            undefined="" if term.dof else "ses colonnes se déduisent des autres"), basis)  # fmt: skip
    for one in model.coefficients:
        if one.term:
            yield Test(spec.id, one.term, wave, _coefficient(model, one), basis)
    yield Test(spec.id, composite, wave, Result(
        "linear_regression", model.n, model.statistic, model.dof, model.p_value,
        detail={"part": "model", "r_squared": model.r_squared, "adjusted_r_squared": model.adjusted_r_squared,
                "missing": model.missing, "aliased": [".".join(one) for one in model.aliased]}), basis)  # fmt: skip
    checks = residual_checks(model)
    for check in (checks.normality, checks.equal_spread):
        if check.test:
            yield Test(spec.id, composite, wave, check, basis)


def _coefficient(model: LinearModel, one: Coefficient) -> Result:
    return Result(
        "linear_regression", model.n, one.statistic, None, one.p_value, one.estimate, one.ci_low, one.ci_high,
        detail={"part": "coefficient", "level": one.level, "reference": model.references.get(one.term, ""),
                "std_error": one.std_error, "estimate": "beta"},
        undefined="se déduit des autres variables" if one.aliased else "")  # fmt: skip


def _rows(model: LinearModel, crude: Crude, variable: Variable, basis: Basis) -> Iterator[TableRow]:
    """Every figure rests on the whole model: an interval and its p give back the degrees of freedom, hence n."""
    found = {one.level: one for one in model.coefficients if one.term == variable.id}
    alone = {one.level: one for one in crude[variable.id].coefficients if one.term == variable.id}
    p = next((one.p_value for one in model.terms if one.term == variable.id), None)
    head = Number(p, 3, basis, "p")
    label = typographic(variable.label)
    if variable.is_number or variable.yes_no:
        only = "" if variable.is_number else YES
        yield TableRow(variable.id, label, (*crude_cells(alone.get(only), basis), *cells(found.get(only), basis), head),
                  "" if variable.is_number else YES, "single")  # fmt: skip
        return
    yield TableRow(variable.id, label, (*(Text(),) * 5, head), "", "variable")
    for level in variable.levels:
        name = typographic(level.label)
        if level.id == model.references.get(variable.id):
            reference = (Text("référence"), Text(), Text("référence"), *(Text(),) * 3)
            yield TableRow(variable.id, name, reference, level.id, "level")
        elif level.id in found:
            figures = (*crude_cells(alone.get(level.id), basis), *cells(found[level.id], basis))
            yield TableRow(variable.id, name, (*figures, Text()), level.id, "level")


def _notes(cohort: Cohort, model: LinearModel, variables: Sequence[Variable]) -> Iterator[str]:
    if model.undefined:
        return
    labels = {(variable.id, ""): variable.label for variable in variables}
    labels |= {(one.id, level.id): f"{one.label} ({level.label})" for one in variables for level in one.levels
               if not one.yes_no}  # fmt: skip
    told = model.missing == 0 or model.missing >= cohort.plan.threshold
    left = f" ; {number(model.missing)} écartées faute d'une réponse" if model.missing else ""
    people = f"{number(model.n)} personnes{left}" if told else "Quelques personnes écartées faute d'une réponse"
    yield f"{people} ; p d'une variable : test F de type II."
    for aliased in model.aliased:
        yield f"« {labels.get(aliased, labels[aliased[0], ''])} » se déduit des autres variables et n'est pas estimée."
    checks = residual_checks(model)
    per = checks.rows_per_coefficient
    if per is not None and per < EVENTS_WANTED:
        few = f"{number(per, 1 if told else 0)} personnes par coefficient, moins que les {EVENTS_WANTED} habituelles"
        yield f"Attention : {few} ; le modèle risque de décrire cet échantillon plutôt que la population."
    widest = max((value for value in checks.inflation.values() if value is not None), default=None)
    if widest is not None and widest > 2:
        most = f" (inflation jusqu'à {number(widest, 1)})" if told else ""
        yield f"Des variables se recouvrent{most} : leurs intervalles s'élargissent."
    if checks.normality.p_value is not None and checks.normality.p_value < cohort.plan.alpha:
        yield "Les résidus ne suivent pas une loi normale (voir le détail des tests)."
    if checks.equal_spread.p_value is not None and checks.equal_spread.p_value < cohort.plan.alpha:
        yield "La dispersion des résidus varie (voir le détail des tests)."


FAMILIES = (
    Family(
        "regression",
        regression,
        heading=ReportHeading.SCORE,
        tests=frozenset({"linear_regression"}),
        keys=("variables",),
        strobe=("17",),
    ),
)
