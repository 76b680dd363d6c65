"""The same questions wave after wave: n (%) of each answer, means of numbers, one column a wave."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread
from analysis.people.respondents import GIVEN, MISSING
from analysis.people.variable import YES, Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import describe
from analysis.tables.cells import Cell, Number, Text
from analysis.tables.counting import EVERYBODY, NOT_GIVEN, level_cells, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import MEASURES
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import typographic

NOT_ASKED = "non demandé"
SILENT = "Les mêmes personnes à chaque vague ; qui n'a pas répondu à une vague y compte parmi les non-réponses."


def by_wave(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level, or a measure of a number; a wave that does not ask a question says so."""
    waves = [wave.id for wave in cohort.answered]
    rows: list[TableRow] = []
    for name in spec.variables:
        asked = [cohort.variable(name, wave) for wave in waves]
        known = next((one for one in asked if one is not None), None)
        if known is not None:
            rows += (_numbers if known.is_number else _levels)(cohort, known, asked)
    columns = tuple(Column(wave, wave_label(cohort, wave), "count", wave) for wave in waves)
    return [Table(spec.id, spec.title, "Question et réponse", columns, tuple(rows), (SILENT,), added=spec.added)]


def _levels(cohort: Cohort, known: Variable, asked: Sequence[Variable | None]) -> list[TableRow]:
    columns = [level_cells(cohort, one) if one else None for one in asked]
    names = [(level.id, level.label) for level in known.levels] + [(MISSING, NOT_GIVEN)]
    head = (Text(),) * len(asked)
    rows = [] if known.yes_no else [TableRow(known.id, typographic(known.label), head, "", "variable")]
    for place, (level, label) in enumerate(names):
        cells = tuple(Text(NOT_ASKED) if column is None else column[place] for column in columns)
        silent = level == MISSING and any(column and column[place].n for column in columns)
        if known.yes_no and level == YES:
            rows.append(TableRow(known.id, typographic(known.label), cells, level, "single"))
        elif silent or (level != MISSING and not known.yes_no):
            rows.append(TableRow(known.id, typographic(label), cells, level, "level"))
    return rows


def _numbers(cohort: Cohort, known: Variable, asked: Sequence[Variable | None]) -> list[TableRow]:
    unit = f" ({known.unit})" if known.unit else ""
    found = [describe(cohort.included[one.wave][one.id], cohort.plan.quantile_type) if one else None for one in asked]
    rows = [TableRow(known.id, typographic(known.label) + unit, (Text(),) * len(asked), "", "variable")]
    for name, label, digits in (("n", "Réponses", 0), *MEASURES):
        cells: list[Cell] = []
        for one, values in zip(asked, found, strict=True):
            if one is None or values is None:
                cells.append(Text(NOT_ASKED))
            else:
                given = Spread(EVERYBODY, (axis(f"{one.id}{GIVEN}", one.wave),))
                cells.append(Number(getattr(values, name), digits, (given,)))
        rows.append(TableRow(known.id, label, tuple(cells), name, "level"))
    return rows


FAMILIES = (
    Family("by_wave", by_wave, heading=ReportHeading.PARTICIPANTS, keys=("variables",), strobe=("14",)),
)  # fmt: skip
