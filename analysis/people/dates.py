"""What a date becomes when it is counted: its year, or the days since another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.plan.specification import ANSWER, VariableSpec
from surveys.responses import Row


def date_cells(spec: VariableSpec, rows: Sequence[Row]) -> list[str]:
    """Whole numbers as cells, one a row; blank where a date is missing. ``days_since: answer`` counts to the answer."""
    days = [_day(row.get(spec.item, "")) for row in rows]
    if spec.take == "year":
        return [str(day.year) if day else "" for day in days]
    starts = [_day(row.get("date" if spec.days_since == ANSWER else spec.days_since, "")) for row in rows]
    return [str((day - start).days) if day and start else "" for day, start in zip(days, starts, strict=True)]


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
