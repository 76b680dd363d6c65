"""The tables of a cohort as everybody may read them."""

from dataclasses import dataclass
from functools import partial

from analysis.disclosure import PublicEdition, ToldTable
from analysis.figures import figure_table
from analysis.people.cohort import Cohort
from analysis.tables.families import build_planned
from analysis.tables.table import Table


@dataclass(frozen=True)
class ToldTables:
    """Tables and figures by name, and the names of what is withheld."""

    tables: dict[str, Table]
    figures: dict[str, Table]
    withheld: set[tuple[str, str]]


def told_tables(cohort: Cohort) -> ToldTables:
    """Every table and figure of the plan, through the gate."""
    edition = PublicEdition(cohort)

    def through(builds) -> list[ToldTable]:
        return [one for build in builds for one in edition.of(build, build(cohort))]

    tables = through(partial(build_planned, spec) for spec in cohort.plan.tables)
    figures = through(partial(figure_table, spec) for spec in cohort.plan.figures)
    left = {(gone.table, gone.row) for one in (*tables, *figures) for gone in one.withheld}
    return ToldTables({one.table.id: one.table for one in tables}, {one.table.id: one.table for one in figures}, left)
