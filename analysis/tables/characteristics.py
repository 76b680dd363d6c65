"""Who answered: n (%) of every answer; a number by its mean and its quartiles."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread
from analysis.people.respondents import GIVEN, INCLUDED
from analysis.people.variable import Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import describe
from analysis.tables.cells import Number, Text
from analysis.tables.counting import EVERYBODY, level_rows, wanted
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import typographic

NUMBER_ROWS = (("mean", "Moyenne", 1), ("sd", "Écart-type", 1), ("q1", "Premier quartile", 1),
               ("median", "Médiane", 1), ("q3", "Troisième quartile", 1))  # fmt: skip


def characteristics(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level; each choice of a several-choice question is its own yes/no variable."""
    rows: list[TableRow] = []
    for variable in wanted(cohort, spec.variables, spec.wave):
        rows += _number_rows(cohort, variable) if variable.is_number else level_rows(cohort, variable, [INCLUDED])
    columns = (Column("n", "n (%)", "count", group=INCLUDED),)
    return [Table(spec.id, spec.title, "Caractéristique", columns, tuple(rows), _notes(cohort, spec), added=spec.added)]


def _notes(cohort: Cohort, spec: TableSpec) -> tuple[str, ...]:
    several = [one for one in wanted(cohort, spec.variables, spec.wave) if one.yes_no]
    note = "Une même personne peut compter dans plusieurs lignes quand la question admet plusieurs réponses."
    return (note,) if several else ()


def _number_rows(cohort: Cohort, variable: Variable) -> list[TableRow]:
    values = cohort.included[variable.wave][variable.id]
    found = describe(values, cohort.plan.quantile_type)
    given = (Spread(EVERYBODY, (axis(f"{variable.id}{GIVEN}", variable.wave),)),)
    unit = f" ({variable.unit})" if variable.unit else ""
    head = TableRow(variable.id, typographic(variable.label) + unit, (Text(),), "", "variable")
    return [head, *(
        TableRow(variable.id, label, (Number(getattr(found, name), digits, given),), name, "level")
        for name, label, digits in NUMBER_ROWS
    )]  # fmt: skip


FAMILIES = (
    Family("characteristics", characteristics, heading=ReportHeading.PARTICIPANTS, keys=("variables",), strobe=("14",)),
)
