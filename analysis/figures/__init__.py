"""The figures a plan may ask for, one a module: a table first, as it is published, then a drawing made of it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.figures.activity import activity_table, draw_activity
from analysis.figures.alluvial import alluvial_table, draw_alluvial
from analysis.figures.bars import draw_levels, draw_levels_by, levels_by_table, levels_table
from analysis.figures.boxes import boxes_table, draw_boxes
from analysis.figures.coded_days import draw_saturation, draw_themes_by_day, new_codes_table, themes_by_day_table
from analysis.figures.dots import dots_table, draw_dots
from analysis.figures.figure import Figure
from analysis.figures.flow_chart import draw_flow, flow_table
from analysis.figures.forest import draw_forest, forest_table
from analysis.figures.likert import draw_likert, likert_table
from analysis.figures.replies import draw_replies, replies_table
from analysis.figures.thread_bars import days_table, draw_days, draw_hours, hours_table
from analysis.figures.treemap import draw_treemap, treemap_table
from analysis.figures.trend_line import draw_trend, trend_table
from analysis.figures.word_cloud import cloud_table, draw_cloud
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.table import Table

_SHOWS: dict[str, tuple[Callable[[FigureSpec, Cohort], Table], Callable[[FigureSpec, Table], Figure]]] = {
    "flow": (flow_table, draw_flow),
    "boxes": (boxes_table, draw_boxes),
    "levels": (levels_table, draw_levels),
    "levels_by": (levels_by_table, draw_levels_by),
    "activity": (activity_table, draw_activity),
    "proportions": (dots_table, draw_dots),
    "posts_by_day": (days_table, draw_days),
    "posts_by_hour": (hours_table, draw_hours),
    "replies": (replies_table, draw_replies),
    "likert": (likert_table, draw_likert),
    "alluvial": (alluvial_table, draw_alluvial),
    "trend": (trend_table, draw_trend),
    "themes_treemap": (treemap_table, draw_treemap),
    "themes_by_day": (themes_by_day_table, draw_themes_by_day),
    "saturation": (new_codes_table, draw_saturation),
    "word_cloud": (cloud_table, draw_cloud),
    "forest": (forest_table, draw_forest),
}


def figure_tables(cohort: Cohort) -> dict[str, Table]:
    """The table behind each figure that this stage of the study allows, by figure id, of all answers."""
    return {table.id: table for spec in cohort.plan.figures for table in figure_table(spec, cohort)}


def figure_table(spec: FigureSpec, cohort: Cohort) -> list[Table]:
    """The table behind one figure, or none."""
    table = replace(_SHOWS[spec.show][0](spec, cohort), entry=spec.id)
    return [table] if table.rows else []


def draw(cohort: Cohort, tables: dict[str, Table]) -> list[Figure]:
    """The figures, from their tables as they are published."""
    return [
        _SHOWS[spec.show][1](spec, tables[spec.id])
        for spec in cohort.plan.figures
        if spec.id in tables and tables[spec.id].rows
    ]
