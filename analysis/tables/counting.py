"""Counts of a variable's levels, as rows that know whom they count."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Key, Spread, key
from analysis.people.respondents import GROUP, INCLUDED, MISSING, PRESENCE
from analysis.people.variable import YES, Variable, axis
from analysis.tables.cells import Cell, Count, Text
from analysis.tables.table import TableRow
from divan.sources.french import typographic

NOT_GIVEN = "Non renseigné"
EVERYBODY = key((GROUP, INCLUDED))


def among(group: str) -> Key:
    """The people of a group."""
    return key((GROUP, group))


def spread(variable: Variable, group: str = INCLUDED) -> Spread:
    """The counts of a variable's levels in a group."""
    return Spread(among(group), (variable.axis,))


def scored(wave: str, who: Key = EVERYBODY, *by: str) -> Basis:
    """What a score of ``who`` rests on: those of them who have one in this wave, shared out by the levels of ``by``."""
    return (Spread(who, (*by, axis(PRESENCE, wave))),)


def both_scored(cohort: Cohort) -> Basis:
    """What a change of the score rests on: those who have one in both waves."""
    return (Spread(EVERYBODY, tuple(axis(PRESENCE, wave) for wave in cohort.study.pair)),)


def level_counts(answers: pd.Series) -> list[int]:
    """How many gave each level of a variable, in their order, then how many gave none."""
    return [*map(int, answers.value_counts(sort=False)), int(answers.isna().sum())]


def crossed(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """How many gave each level of ``first``, a row each, and each of ``second``, a column each."""
    # the index bears the name of a wave, which may be one of these two
    both = pd.DataFrame({"first": first, "second": second}).reset_index(drop=True)
    return both.groupby(["first", "second"], observed=False).size().unstack()


def level_cells(cohort: Cohort, variable: Variable, group: str = INCLUDED) -> list[Count]:
    """One cell a level, then one for missing answers; percentages are of those who answered."""
    counts = level_counts(cohort.by_group[group][variable.wave][variable.id])
    answered = sum(counts[:-1])
    cells = [Count(n, answered, among(group) | {(variable.axis, level.id)})
             for n, level in zip(counts[:-1], variable.levels, strict=True)]  # fmt: skip
    return [*cells, Count(counts[-1], None, among(group) | {(variable.axis, MISSING)})]


def level_rows(
    cohort: Cohort, variable: Variable, groups: Sequence[str], beside: Sequence[Cell] = ()
) -> list[TableRow]:
    """The rows of a variable: its name with the cells ``beside`` the counts, its levels, missing answers if any.

    A yes/no variable keeps one row, that of the yes.
    """
    columns = [level_cells(cohort, variable, group) for group in groups]
    blank = (Text(),) * len(beside)
    names = [(level.id, level.label) for level in variable.levels] + [(MISSING, NOT_GIVEN)]
    rows = []
    for place, (level, name) in enumerate(names):
        cells = tuple(column[place] for column in columns)
        if variable.yes_no and level == YES:
            rows.append(TableRow(variable.id, typographic(variable.label), (*cells, *beside), level, "single"))
        elif (level == MISSING and any(cell.n for cell in cells)) or (level != MISSING and not variable.yes_no):
            rows.append(TableRow(variable.id, typographic(name), (*cells, *blank), level, "level"))
    if variable.yes_no:
        return rows
    head = TableRow(variable.id, typographic(variable.label), ((Text(),) * len(groups)) + tuple(beside), "", "variable")
    return [head, *rows]


def wanted(cohort: Cohort, names: Sequence[str], wave: str | None) -> list[Variable]:
    """The variables of these ids, taken in ``wave`` if it asks them, else in the first wave that does."""
    waves = [one.id for one in cohort.answered]
    order = [wave, *waves] if wave in waves else waves
    found = (cohort.variable(name, *[one for one in order if one]) for name in names)
    return [variable for variable in found if variable is not None]


def wave_label(cohort: Cohort, wave: str) -> str:
    """« Avant », « Après » of a study that has but these; else the wave's own label."""
    rule = cohort.study.pairing
    if rule is not None and len(cohort.study.waves) == len(cohort.study.pair) and wave in (rule.before, rule.after):
        return "Avant" if wave == rule.before else "Après"
    return typographic(cohort.study.wave(wave).label)
