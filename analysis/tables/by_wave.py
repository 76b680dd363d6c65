"""The same questions wave after wave: n (%) of each answer, means of numbers, one column a wave; a test of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread
from analysis.people.respondents import GIVEN, MISSING
from analysis.people.variable import YES, Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import describe
from analysis.tables.cells import Cell, Number, Text
from analysis.tables.counting import EVERYBODY, NOT_GIVEN, level_cells, wave_label
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import MEASURES
from analysis.tables.paired_waves import PAIRED_TESTS, paired_test, waves_compared
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import enumeration, typographic

NOT_ASKED = "non demandé"
SILENT = "Les mêmes personnes à chaque vague ; qui n'a pas répondu à une vague y compte parmi les non-réponses."


def by_wave(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level, or a measure of a number; a wave that does not ask a question says so.

    Of a question asked at two waves of the same people, the test of its pairs stands on its first row.
    """
    waves = [wave.id for wave in cohort.answered]
    rows: list[TableRow] = []
    tests: list[Test] = []
    compared: dict[tuple[str, str], list[str]] = {}
    for name in spec.variables:
        asked = [cohort.variable(name, wave) for wave in waves]
        known = next((one for one in asked if one is not None), None)
        if known is None:
            continue
        own = (_numbers if known.is_number else _levels)(cohort, known, asked)
        if two := waves_compared(cohort, asked):
            tests.append(paired_test(spec, cohort, *two))
            compared.setdefault((two[0].wave, two[1].wave), []).append(known.label)
        rows += [_beside(row, tests[-1] if two and not place else None, cohort) for place, row in enumerate(own)]
    columns = [Column(wave, wave_label(cohort, wave), "count", wave) for wave in waves]
    columns += [Column("p", "p", "p"), effect_column(cohort)] if cohort.paired else []
    notes = (SILENT, *_pairs_said(cohort, compared), *effect_note([test.result for test in tests]))
    return [Table(spec.id, spec.title, "Question et réponse", tuple(columns), tuple(rows), notes, tuple(tests),
                  added=spec.added)]  # fmt: skip


def _beside(row: TableRow, test: Test | None, cohort: Cohort) -> TableRow:
    """The row with the p and the size of the effect, or with blanks in their columns."""
    if not cohort.paired:
        return row
    cells = (Text(), Text()) if test is None else (
        Number(test.result.p_value, 3, test.basis, "p"), effect_cell(test.result, test.basis))  # fmt: skip
    return replace(row, cells=(*row.cells, *cells))


def _pairs_said(cohort: Cohort, compared: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    """Between which waves each test is, naming the questions where not all are compared alike."""
    for (first, last), labels in compared.items():
        asked = f", pour {enumeration([f'« {one} »' for one in labels])}" if len(compared) > 1 else ""
        said = f"de « {wave_label(cohort, first)} » à « {wave_label(cohort, last)} »"
        yield f"p : test apparié, {said}, chez qui a répondu aux deux{asked}."


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


FAMILIES = (Family("by_wave", by_wave, heading=ReportHeading.PARTICIPANTS, tests=PAIRED_TESTS, keys=("variables",),
                   strobe=("14",)),)  # fmt: skip
