"""The tables a plan may ask for, one family a module."""

from __future__ import annotations

from collections.abc import Callable

from analysis.people.cohort import Cohort
from analysis.plan.specification import TableSpec
from analysis.tables.characteristics import characteristics
from analysis.tables.composite_change import composite_change
from analysis.tables.consistency import consistency
from analysis.tables.groups import group_comparison, group_means
from analysis.tables.item_levels import item_levels
from analysis.tables.item_means import item_means
from analysis.tables.ordinal_change import ordinal_change
from analysis.tables.proportions import proportions, proportions_by
from analysis.tables.regression import regression
from analysis.tables.score_by import score_by
from analysis.tables.table import Table
from analysis.tables.transitions import transitions

FAMILIES: dict[str, Callable[[TableSpec, Cohort], list[Table]]] = {
    "characteristics": characteristics,
    "composite_change": composite_change,
    "item_levels": item_levels,
    "item_means": item_means,
    "score_by": score_by,
    "ordinal_change": ordinal_change,
    "regression": regression,
    "group_comparison": group_comparison,
    "group_means": group_means,
    "consistency": consistency,
    "transitions": transitions,
    "proportions": proportions,
    "proportions_by": proportions_by,
}


def build_tables(cohort: Cohort) -> list[Table]:
    """Every table of the plan that this stage of the study allows, in the plan's order, unmasked."""
    return [table for spec in cohort.plan.tables for table in FAMILIES[spec.show](spec, cohort)]
