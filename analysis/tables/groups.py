"""Two groups side by side: those included against those who never joined, or were lost to follow-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.respondents import GROUP_LABELS
from analysis.people.variable import Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import Result, chi_square, describe, fisher_exact, mann_whitney, welch_t
from analysis.tables.cells import Cell, Number
from analysis.tables.counting import among, level_counts, level_rows, scored, spread, wanted
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import typographic

EXPECTED_WANTED = 5
TWO_SAMPLES: dict[str, Callable[..., Result]] = {"mann_whitney": mann_whitney, "welch_t": welch_t}


def contingency(cohort: Cohort, counts: Sequence[Sequence[float]], test: str) -> Result:
    """The planned test on counts; ``auto`` is chi-square unless an expected count is under 5, then Fisher."""
    if test == "auto":
        found = chi_square(counts, level=cohort.plan.confidence)
        smallest = found.detail.get("smallest_expected")
        if found.undefined or (smallest is not None and smallest >= EXPECTED_WANTED):
            return found
    if test == "chi_square":
        return chi_square(counts, level=cohort.plan.confidence)
    budget = cohort.plan.fisher_budget
    level = cohort.plan.confidence
    return fisher_exact(counts, level=level) if budget is None else fisher_exact(counts, budget=budget, level=level)


def group_comparison(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One column a group, one row a level, n (%); one p a variable. Missing answers are counted, not tested."""
    if not _both_there(spec, cohort):
        return []
    rows: list[TableRow] = []
    tests: list[Test] = []
    answers = [cohort.by_group[group][cohort.first] for group in spec.groups]
    for variable in wanted(cohort, spec.variables, cohort.first):
        if variable.is_number or variable.wave != cohort.first:
            continue
        counts = [level_counts(frame[variable.id])[:-1] for frame in answers]
        name = spec.test_of.get(variable.id) or next((one.test for one in spec.tests), "auto")
        basis = tuple(spread(variable, group) for group in spec.groups)
        test = Test(spec.id, variable.id, cohort.first, contingency(cohort, counts, name), basis)
        tests.append(test)
        rows += level_rows(cohort, variable, spec.groups, [
            Number(test.result.p_value, 3, basis, "p"), effect_cell(test.result, basis)])  # fmt: skip
    columns = (*(Column(group, _label(cohort, group), "count", cohort.first, group) for group in spec.groups),
               Column("p", "p", "p", cohort.first), effect_column(cohort))  # fmt: skip
    notes = effect_note([test.result for test in tests])
    return [Table(spec.id, spec.title, "Caractéristique", columns, tuple(rows), notes, tuple(tests), added=spec.added)]


def group_means(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """Mean (SD) of each item and of the composite in each group, one p each."""
    composite = cohort.plan.composite
    if composite is None or not _both_there(spec, cohort):
        return []
    test = next((one.test for one in spec.tests), "mann_whitney")
    rows, tests = [], []
    for name, label in (*composite.items, (composite.id, composite.label)):
        variable = cohort.variable(name, cohort.first)
        answers = [cohort.scores(cohort.first, group)[name] for group in spec.groups]
        result = TWO_SAMPLES[test](answers[0], answers[1], level=cohort.plan.confidence)
        bases = [_basis(cohort, variable, group) for group in spec.groups]
        tests.append(Test(spec.id, name, cohort.first, result, tuple(part for one in bases for part in one)))
        cells: list[Cell] = []
        for values, basis in zip(answers, bases, strict=True):
            found = describe(values, cohort.plan.quantile_type)
            cells += [Number(found.n, 0, basis), Number(found.mean, 2, basis), Number(found.sd, 2, basis)]
        p = Number(result.p_value, 3, tests[-1].basis, "p")
        rows.append(
            TableRow(
                name,
                typographic(label),
                (*cells, p, effect_cell(result, tests[-1].basis)),
                "",
                "total" if variable is None else "single",
            )
        )
    heads = [
        Column(f"{group}_{name}", f"{_label(cohort, group)}, {said}", name, cohort.first, group)
        for group in spec.groups
        for name, said in (("n", "n"), ("mean", "moyenne"), ("sd", "écart-type"))
    ]
    columns = (*heads, Column("p", "p", "p", cohort.first), effect_column(cohort))
    return [Table(spec.id, spec.title, "Question", columns, tuple(rows), effect_note([one.result for one in tests]),
                  tuple(tests), added=spec.added)]  # fmt: skip


def _basis(cohort: Cohort, variable: Variable | None, group: str) -> Basis:
    return scored(cohort.first, among(group)) if variable is None else (spread(variable, group),)


def _both_there(spec: TableSpec, cohort: Cohort) -> bool:
    return {*spec.groups} <= {*cohort.people["group"]}


def _label(cohort: Cohort, group: str) -> str:
    return f"{GROUP_LABELS[group]} (n\u00a0=\u00a0{(cohort.people['group'] == group).sum()})"


FAMILIES = (
    Family(
        "group_comparison",
        group_comparison,
        heading=ReportHeading.ABSENT,
        tests=frozenset({"auto", "chi_square", "fisher_exact"}),
        keys=("variables", "groups"),
        counts_levels=True,
        strobe=("17",),
    ),
    Family(
        "group_means",
        group_means,
        heading=ReportHeading.ABSENT,
        tests=frozenset(TWO_SAMPLES),
        keys=("groups",),
        composite=True,
    ),
)
