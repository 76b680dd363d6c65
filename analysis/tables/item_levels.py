"""Every level of every item, wave by wave, then the composite that they make."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.respondents import MISSING
from analysis.people.variable import Variable
from analysis.plan.specification import Composite, TableSpec
from analysis.statistics import describe
from analysis.tables.cells import Cell, Number, Text
from analysis.tables.counting import NOT_GIVEN, both_scored, level_cells, scored, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import typographic


def item_levels(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level of an item, one column a wave; the composite's mean and SD close the table."""
    composite = cohort.plan.composite
    waves = [wave for wave in cohort.scored_waves if spec.wave in (None, wave)]
    if composite is None:
        return []
    columns = [Column(wave, wave_label(cohort, wave), "count", wave) for wave in waves]
    if cohort.paired:
        columns.append(Column("change", "Changement", ""))
    rows: list[TableRow] = []
    for item, _ in composite.items:
        asked = [one for wave in waves if (one := cohort.variable(item, wave))]
        rows += _item_rows(cohort, asked, len(columns)) if asked else []
    rows += _total_rows(cohort, composite, waves, len(columns))
    return [Table(spec.id, spec.title, "Question et réponse", tuple(columns), tuple(rows), added=spec.added)]


def _item_rows(cohort: Cohort, variables: list[Variable], width: int) -> list[TableRow]:
    first, spare = variables[0], (Text(),) * (width - len(variables))
    by_level = zip(*(level_cells(cohort, one) for one in variables), strict=True)
    names = [(level.id, level.label) for level in first.levels] + [(MISSING, NOT_GIVEN)]
    return [TableRow(first.id, typographic(first.label), (Text(),) * width, "", "variable"), *(
        TableRow(first.id, typographic(name), (*cells, *spare), level, "level")
        for (level, name), cells in zip(names, by_level, strict=True)
        if level != MISSING or any(cell.n for cell in cells)
    )]  # fmt: skip


def _total_rows(cohort: Cohort, composite: Composite, waves: list[str], width: int) -> list[TableRow]:
    scores = {wave: cohort.included[wave][composite.id] for wave in waves}
    found = [(describe(one), scored(wave)) for wave, one in scores.items()]
    if cohort.paired and {*cohort.study.pair} <= {*scores}:
        first, last = (scores[wave] for wave in cohort.study.pair)
        found.append((describe(last - first), both_scored(cohort)))
    rows = []
    for name, said in (("mean", "moyenne"), ("sd", "écart-type")):
        cells: list[Cell] = [Number(getattr(one, name), 2, basis) for one, basis in found]
        cells += [Text()] * (width - len(cells))
        rows.append(TableRow(composite.id, typographic(f"{composite.label}, {said}"), tuple(cells), name, "total"))
    return rows


FAMILIES = (Family("item_levels", item_levels, heading=ReportHeading.ITEMS, composite=True, strobe=("15",)),)
