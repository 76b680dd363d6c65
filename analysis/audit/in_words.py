"""Where a printed figure stands, in the words of the page: « T9, Sexe, Une femme, Inclus : n »."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.audit.reconciliation import Compared
from analysis.people.cohort import Cohort
from analysis.people.respondents import GROUP_LABELS
from analysis.tables.counting import wave_label
from analysis.tables.table import Table
from analysis.tables.wording import NAMES
from divan.sources.french import typographic, within

STATISTICS = {
    "count": "n", "percent": "%", "mean": "moyenne", "sd": "écart-type", "q1": "premier quartile",
    "median": "médiane", "q3": "troisième quartile", "r_squared": "R²", "f": "F", "estimate": "coefficient",
    "low": "borne basse de l'intervalle", "high": "borne haute de l'intervalle", "p": "p",
}  # fmt: skip
Labels = Mapping[tuple[str, str, str], str]


def in_words(compared: Iterable[Compared], cohort: Cohort, tables: Iterable[Table]) -> dict[Compared, str]:
    """The label of each figure; what no table of the page shows keeps the plan's own word."""
    known = labels_of(tables)
    waves = {wave.id: wave_label(cohort, wave.id) for wave in cohort.answered}
    planned = _planned(cohort)
    return {one: _said(one, known, waves | GROUP_LABELS, planned) for one in compared}


def labels_of(tables: Iterable[Table]) -> Labels:
    """The label of each row by table, row and level; a variable's own stands under no level."""
    found: dict[tuple[str, str, str], str] = {}
    for table in tables:
        for row in table.rows:
            found.setdefault((table.id, row.id, row.level), row.label)
            if row.role in ("variable", "single"):
                found.setdefault((table.id, row.id, ""), row.label)
    return found


def _planned(cohort: Cohort) -> dict[tuple[str, str], str]:
    """Labels of variables, and of their levels in any wave: a publication has rows that a table may not."""
    composite = cohort.plan.composite
    found = {(one.id, ""): one.label for one in cohort.plan.variables}
    for one in cohort.respondents.variables.values():
        found.setdefault((one.id, ""), one.label)
        for level in one.levels:
            found.setdefault((one.id, level.id), level.label)
    return found | ({(composite.id, ""): composite.label} if composite else {})


def _said(one: Compared, known: Labels, where: Mapping[str, str], planned: Mapping[tuple[str, str], str]) -> str:
    row = known.get((one.table, one.row, "")) or planned.get((one.row, "")) or one.row
    level = known.get((one.table, one.row, one.level)) or planned.get((one.row, one.level)) or one.level
    test = NAMES.get(one.statistic.removeprefix("p_"))
    what = f"p ({within(test)})" if test else STATISTICS.get(one.statistic, one.statistic)
    parts = [one.table, row, level if one.level and level != row else "", where.get(one.wave or "", one.wave or "")]
    return typographic(f"{', '.join(part for part in parts if part)} : {what}")
