"""A survey that still receives answers: its page tells about how many people answered, and nothing else.

The last page will leave some of them out, or hold a few more: the difference of two exact pages would show those few.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.tables.table import Table

LATER = "Ce tableau sera publié quand l'enquête sera close."


def postponed(table: Table) -> Table:
    """The table announced, without a figure."""
    return replace(table, rows=(), columns=(), tests=(), notes=(), empty=LATER)


def nearest(n: int, step: int) -> int:
    """The multiple of ``step`` nearest to ``n``, the larger of two."""
    return (2 * n + step) // (2 * step) * step
