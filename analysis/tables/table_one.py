"""Who answered, group by group: the « tableau 1 » of an article, by any variable, or by who stayed and who left."""

from __future__ import annotations

from dataclasses import replace

from analysis.people.cohort import Cohort
from analysis.people.respondents import PRESENCE
from analysis.people.variable import Variable
from analysis.plan.specification import TableSpec
from analysis.tables.counting import wanted, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import OF_LEVELS, OF_MORE, OF_NUMBERS, Split, given_levels, rows_of
from analysis.tables.shares import one_a_split
from analysis.tables.table import Column, Table, Test
from divan.sources.french import percent, typographic, within

TESTS = frozenset({*OF_LEVELS, *OF_NUMBERS, *OF_MORE})
METHOD = ("Différence : la première colonne moins la seconde (de moyennes, intervalle de Welch ; de pourcentages, "
          "intervalle de Newcombe). DS : différence standardisée, sans signe.")  # fmt: skip
NO_GROUP = "Qui n'a pas répondu à la question qui fait les groupes n'est dans aucune colonne."


def table_one(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One table a splitting variable, one column a level."""
    found = [_table(spec, cohort, by) for by in wanted(cohort, spec.by, spec.wave) if not by.is_number]
    if len(spec.by) == 1:
        return found
    names = [f"{spec.id}-{by.id}" for by in wanted(cohort, spec.by, spec.wave) if not by.is_number]
    return [replace(table, id=name, tests=tuple(replace(test, table=name) for test in table.tests))
            for name, table in zip(names, found, strict=True)]  # fmt: skip


def attrition(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """Who left: the answers of the first wave, by presence at ``spec.wave`` (the last by default)."""
    by = cohort.variable(PRESENCE, spec.wave or cohort.last)
    return [] if by is None or by.wave == cohort.first else [_table(replace(spec, wave=cohort.first), cohort, by)]


def item_levels_by(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """The degrees of each question of the score, group by group: a « tableau 1 » of its questions."""
    composite = cohort.plan.composite
    return table_one(replace(spec, variables=tuple(item for item, _ in composite.items)), cohort) if composite else []


def _table(spec: TableSpec, cohort: Cohort, by: Variable) -> Table:
    levels = given_levels(cohort, by)
    split = Split(cohort, by, levels)
    rows, tests = [], []
    for variable in wanted(cohort, spec.variables, spec.wave):
        if variable.axis == by.axis or len(levels) < 2:
            continue
        more, result, basis = rows_of(split, variable, [one.test for one in spec.tests])
        rows += more
        tests.append(Test(spec.id, variable.id, variable.wave, result, basis))
    columns = [Column(f"{by.id}_{one.id}", typographic(one.label), "count", group=one.id) for one in levels]
    if split.two:
        said = f"IC à {percent(cohort.plan.confidence, 0)}"
        columns += [Column("difference", "Différence", "difference"), Column("interval", said, "interval"),
                    Column("smd", "DS", "standardised_difference")]  # fmt: skip
    columns.append(Column("p", "p", "p"))
    notes = (METHOD, NO_GROUP) if split.two else (NO_GROUP,)
    title = f"{spec.title} : {typographic(by.label)} ({within(wave_label(cohort, by.wave))})"
    return Table(spec.id, title, "Caractéristique", tuple(columns), tuple(rows), notes, tuple(tests),
                 added=spec.added, empty="" if rows else "Il n'y a pas deux groupes à comparer.")  # fmt: skip


FAMILIES = (
    Family("table_one", table_one, heading=ReportHeading.PARTICIPANTS, tests=TESTS, keys=("variables", "by"),
           strobe=("14",), ids=one_a_split),
    Family("item_levels_by", item_levels_by, heading=ReportHeading.ITEMS, tests=OF_LEVELS, keys=("by",), composite=True,
           strobe=("15", "16"), ids=one_a_split),
    Family("attrition", attrition, heading=ReportHeading.ABSENT, tests=TESTS, keys=("variables",), composite=True,
           pairs=True, strobe=("13",)),
)  # fmt: skip
