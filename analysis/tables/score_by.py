"""The composite of each level of each characteristic, with one p a characteristic."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.variable import Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import Result, describe, kruskal_wallis, mann_whitney, one_way_anova, spearman, welch_t
from analysis.tables.cells import Cell, Count, Number, Text
from analysis.tables.counting import EVERYBODY, scored, wanted
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import typographic

MEASURES = (("mean", "Moyenne", 2), ("sd", "Écart-type", 2), ("q1", "Q1", 1), ("median", "Médiane", 1), ("q3", "Q3", 1))
SAID = {
    "mann_whitney": "Mann-Whitney pour deux groupes",
    "kruskal_wallis": "Kruskal-Wallis au-delà",
    "welch_t": "t de Welch",
    "one_way_anova": "analyse de variance",
    "spearman": "corrélation des rangs de Spearman",
}
TWO = {"mann_whitney": mann_whitney, "welch_t": welch_t}


def score_by(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level: n, %, mean, SD, quartiles of the composite of ``spec.wave``; p on the characteristic's row."""
    composite = cohort.plan.composite
    wave = spec.wave or cohort.first
    if composite is None or wave not in [one.id for one in cohort.answered]:
        return []
    outcome = cohort.included[wave][composite.id]
    rows: list[TableRow] = []
    tests: list[Test] = []
    for variable in wanted(cohort, spec.variables, wave):
        if variable.is_number:
            continue
        answers = cohort.included[variable.wave][variable.id]
        groups = [outcome[answers == level.id] for level in variable.levels]
        result = _test(spec, cohort, variable, groups, answers, outcome)
        tests.append(Test(spec.id, variable.id, wave, result, scored(wave, EVERYBODY, variable.axis)))
        rows += _rows(cohort, variable, groups, tests[-1], wave)
    columns = (
        Column("n", "n (%)", "count", wave),
        *(Column(name, label, name, wave) for name, label, _ in MEASURES),
        Column("p", "p", "p", wave),
        effect_column(cohort),
    )
    return [Table(spec.id, spec.title, "Caractéristique", columns, tuple(rows), _notes(cohort, tests), tuple(tests),
                  added=spec.added)]  # fmt: skip


def _rows(cohort: Cohort, variable: Variable, groups: Sequence[pd.Series], test: Test, wave: str) -> list[TableRow]:
    answered = sum(map(len, groups))
    blank: tuple[Cell, ...] = (Text(),) * (len(MEASURES) + 1)
    p, size = Number(test.result.p_value, 3, test.basis, "p"), effect_cell(test.result, test.basis)
    rows = [TableRow(variable.id, typographic(variable.label), (*blank, p, size), "", "variable")]
    for level, values in zip(variable.levels, groups, strict=True):
        who = EVERYBODY | {(variable.axis, level.id)}
        found = describe(values, cohort.plan.quantile_type)
        cells: list[Cell] = [Count(len(values), answered, who)]
        cells += [Number(getattr(found, name), digits, scored(wave, who)) for name, _, digits in MEASURES]
        rows.append(TableRow(variable.id, typographic(level.label), (*cells, Text(), Text()), level.id, "level"))
    return rows


def _test(
    spec: TableSpec,
    cohort: Cohort,
    variable: Variable,
    groups: Sequence[pd.Series],
    answers: pd.Series,
    outcome: pd.Series,
) -> Result:
    name = spec.test_of.get(str(answers.name)) or next((one.test for one in spec.tests), "auto")
    filled = [values for values in groups if len(values)]
    if name == "auto":
        name = "mann_whitney" if len(filled) == 2 else "kruskal_wallis"
    if name in TWO:
        pair = filled if len(filled) == 2 else [*groups, []][:2]
        return TWO[name](*pair, level=cohort.plan.confidence)
    if name == "spearman":
        return spearman(variable.rank(answers), outcome, level=cohort.plan.confidence)
    several = one_way_anova if name == "one_way_anova" else kruskal_wallis
    return several(groups, level=cohort.plan.confidence)


def _notes(cohort: Cohort, tests: Sequence[Test]) -> tuple[str, ...]:
    used = {one.result.test for one in tests}
    names = [label for test, label in SAID.items() if test in used]
    said = f"Tests : {', '.join(names)} ; quartiles de type {cohort.plan.quantile_type}."
    return (
        said,
        *effect_note([one.result for one in tests]),
        "Ces p ne sont pas corrigés pour leur nombre : ils décrivent, ils ne prouvent pas.",
    )


FAMILIES = (
    Family(
        "score_by",
        score_by,
        heading=ReportHeading.SCORE,
        tests=frozenset({"auto", *SAID}),
        keys=("variables",),
        composite=True,
        counts_levels=True,
        levels_are_groups=True,
        strobe=("17",),
    ),
)
