"""Every level of every item, before and after, then the composite that they make."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.respondents import INCLUDED, MISSING
from analysis.people.variable import Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import describe
from analysis.tables.composite_change import scores
from analysis.tables.counting import EVERYBODY, NOT_GIVEN, level_cells, scored, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Cell, Column, Number, Table, TableRow, Text
from divan.sources.french import typographic


def item_levels(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level of an item, one column a wave; the composite's mean and SD close the table."""
    composite = cohort.plan.composite
    waves = [wave.id for wave in cohort.answered if spec.wave in (None, wave.id)]
    if composite is None:
        return []
    waves = [wave for wave in waves if axis(composite.id, wave) in cohort.respondents.numbers]
    rows: list[TableRow] = []
    for item, _ in composite.items:
        variables = [cohort.respondents.variables[axis(item, wave)] for wave in waves]
        rows += _item_rows(cohort, variables)
    rows += _total_rows(cohort, waves)
    columns = [Column(wave, wave_label(cohort, wave), "count", wave) for wave in waves]
    if cohort.paired:
        columns.append(Column("change", "Changement", ""))
    return [Table(spec.id, spec.title, "Question et réponse", tuple(columns), tuple(rows),
                  added=spec.added)]  # fmt: skip


def _item_rows(cohort: Cohort, variables: list[Variable]) -> list[TableRow]:
    spare: tuple[Cell, ...] = (Text(),) if cohort.paired else ()
    first = variables[0]
    columns = [level_cells(cohort.respondents, one, INCLUDED) for one in variables]
    names = [(level.id, level.label) for level in first.levels] + [(MISSING, NOT_GIVEN)]
    rows = [TableRow(first.id, typographic(first.label), (Text(),) * len(variables) + spare, "", "variable")]
    for place, (level, name) in enumerate(names):
        cells = tuple(column[place] for column in columns)
        if level != MISSING or any(cell.n for cell in cells):
            rows.append(TableRow(first.id, typographic(name), cells + spare, level, "level"))
    return rows


def _total_rows(cohort: Cohort, waves: list[str]) -> list[TableRow]:
    composite = cohort.plan.composite
    if composite is None:
        return []
    values = {wave: scores(cohort, composite, wave) for wave in waves}
    found = [(describe(one), scored(cohort, wave)) for wave, one in values.items()]
    if cohort.paired and set(cohort.study.pair) <= set(values):
        first, second = (values[wave] for wave in cohort.study.pair)
        found.append((describe(second - first), (EVERYBODY,)))
    spare: tuple[Cell, ...] = (Text(),) * (len(waves) + cohort.paired - len(found))
    label = typographic(composite.label)
    return [
        TableRow(composite.id, f"{label}, {said}",
            (*(Number(getattr(one, name), 2, basis) for one, basis in found), *spare), name, "total")
        for name, said in (("mean", "moyenne"), ("sd", "écart-type"))
    ]  # fmt: skip


FAMILIES = (Family("item_levels", item_levels, heading=ReportHeading.ITEMS, composite=True, strobe=("15",)),)
