"""Linear regression of the composite: each variable alone and beside the others, and what the model is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.variable import NO, YES, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import (
    Coefficient,
    LinearModel,
    Result,
    Term,
    linear_regression,
    residual_checks,
)
from analysis.tables.counting import EVERYBODY, spread, wanted, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.model_rows import (
    BASELINE,
    baseline_row,
    cells,
    crude_cells,
    fit_rows,
    intercept_row,
    not_all_the_same_people,
)
from analysis.tables.table import Column, Number, Table, TableRow, Test, Text
from divan.sources.french import number, percent, typographic

EVENTS_WANTED = 10
Crude = Mapping[str, LinearModel]


def regression(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level: its coefficient alone, then beside the others, and its p; the variable's row holds a type II p.

    With ``baseline``, the score of the first wave stands among the others: the analysis of covariance of a
    before/after study.
    """
    composite = cohort.plan.composite
    wave = spec.wave or cohort.last
    if composite is None or wave not in [one.id for one in cohort.answered]:
        return []
    variables = wanted(cohort, spec.variables, wave)
    terms = [_term(cohort, variable, spec.reference.get(variable.id)) for variable in variables]
    if spec.baseline and wave != cohort.first:
        terms.insert(0, Term(BASELINE, cohort.included[cohort.first][composite.id]))
    outcome, level = cohort.included[wave][composite.id], cohort.plan.confidence
    model = linear_regression(outcome, terms, level=level)
    crude = {term.id: linear_regression(outcome, [term], level=level) for term in terms}
    basis = tuple(spread(variable) for variable in variables if not variable.is_number)
    tests = [] if model.undefined else [*_tests(spec, model, composite.id, wave, basis)]
    columns = (
        Column("crude", "Coefficient seul", "crude", wave),
        Column("crude_interval", f"IC à {percent(cohort.plan.confidence, 0)}", "crude_interval", wave),
        Column("estimate", "Coefficient ajusté", "estimate", wave),
        Column("interval", f"IC à {percent(cohort.plan.confidence, 0)}", "interval", wave),
        Column("p", "p du niveau", "p", wave),
        Column("p_variable", "p de la variable", "p_term", wave),
    )
    whole = basis or (EVERYBODY,)
    rows = [row for variable in variables for row in _rows(model, crude, variable, whole)]
    if BASELINE in crude:
        rows.insert(0, baseline_row(model, crude[BASELINE], composite, wave_label(cohort, cohort.first), whole))
    rows += [intercept_row(model, whole), *fit_rows(model, composite, whole)]
    empty = f"La régression n'a pas pu être calculée : {model.undefined}." if model.undefined else ""
    notes = (*_notes(cohort, model, variables), *not_all_the_same_people(model, crude))
    return [Table(spec.id, spec.title, "Variable", columns, () if empty else tuple(rows), notes, tuple(tests),
                  added=spec.added, empty=empty)]  # fmt: skip


def _term(cohort: Cohort, variable: Variable, reference: str | None) -> Term:
    answers = cohort.included[variable.wave][variable.id]
    if variable.is_number:
        return Term(variable.id, answers)
    names = [level.id for level in variable.levels]
    first = reference or (NO if variable.yes_no else names[0])
    return Term(variable.id, answers.astype(object), tuple(sorted(names, key=lambda name: name != first)))


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


def _notes(cohort: Cohort, model: LinearModel, variables: list[Variable]) -> Iterator[str]:
    if model.undefined:
        return
    labels = {variable.id: variable.label for variable in variables}
    told = model.missing == 0 or model.missing >= cohort.plan.threshold
    left = f" ; {number(model.missing)} écartées faute d'une réponse" if model.missing else ""
    people = f"{number(model.n)} personnes{left}" if told else "Quelques personnes écartées faute d'une réponse"
    yield f"{people} ; p d'une variable : test F de type II."
    for term, level in model.aliased:
        name = labels.get(term, term) + (f" ({level})" if level else "")
        yield f"« {name} » se déduit des autres variables et n'est pas estimée."
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
        composite=True,
        strobe=("17",),
    ),
)
