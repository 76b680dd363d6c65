"""The result in one sentence and one picture, made of published numbers alone."""

from __future__ import annotations

from analysis.figures.change import Direction, ShownChange, draw_change
from analysis.report.primary_difference import difference_picture, difference_verdict
from analysis.report.primary_endpoint import primary_test, value_of
from analysis.report.publication import Publication
from analysis.report.score_scale import score_scale
from analysis.report.thread_figures import thread_key_figure
from analysis.tables.cells import Count, Interval
from analysis.tables.table import Table, TableRow
from divan.sources.french import NBSP, number, percent, typographic


def verdict(publication: Publication) -> str:
    """One sentence: what moved, by how much, within which interval; empty when nothing may be said."""
    plan, change = publication.cohort.plan, published_change(publication)
    if plan.primary and plan.primary.by:
        return typographic(difference_verdict(publication))
    if plan.composite is None or change is None:
        return typographic(_first_share(publication) or _thread(publication))
    label = typographic(plan.composite.label)
    p = next((one.result.p_value for one in primary_test(publication)), None)
    size = number(abs(change.mean), 2)
    within = (
        f" (intervalle de confiance à {percent(plan.confidence, 0)} : {_signed(change)})" if change.interval else ""
    )
    if p is None or p >= plan.alpha:
        return typographic(f"{label} : rien ne permet de dire s'il a changé ; l'écart moyen est de "
                           f"{number(change.mean, 2)}{within}.")  # fmt: skip
    side = "plus haut" if change.mean > 0 else "plus bas"
    return typographic(f"{label} : {side} après, de {size} en moyenne{within}.")


def _signed(change: ShownChange) -> str:
    low, high = change.interval or (0.0, 0.0)
    return " à ".join(f"{'+' if one > 0 else ''}{number(one, 2)}" for one in (low, high))


def picture(publication: Publication) -> str:
    """The scale with both means and their interval, then up, same and down as bars: SVG, or nothing."""
    primary = publication.cohort.plan.primary
    groups = primary is not None and bool(primary.by)
    change = difference_picture(publication) if groups else published_change(publication)
    return draw_change(change) if change else ""


def published_change(publication: Publication) -> ShownChange | None:
    """The composite's change as the published table tells it; None when its means may not be shown."""
    plan, table = publication.cohort.plan, publication.table("composite_change")
    if plan.composite is None or table is None:
        return None
    name = plan.composite.id
    means = [value_of(table.cell(name, "mean", column)) for column in ("before", "after", "change")]
    if means[0] is None or means[1] is None or means[2] is None:
        return None
    bounds = table.cell(name, "mean_interval", "change")
    interval = (bounds.low, bounds.high) if isinstance(bounds, Interval) else (None, None)
    return ShownChange(
        label=typographic(plan.composite.label),
        scale=score_scale(publication.cohort),
        waves=(table.columns[0].label, table.columns[1].label),
        means=(means[0], means[1]),
        mean=means[2],
        interval=None if interval[0] is None or interval[1] is None else (interval[0], interval[1]),
        confidence=percent(plan.confidence, 0),
        directions=tuple(_directions(table, name)),
    )


def _directions(table: Table, name: str) -> list[Direction]:
    """Up, same, down; none at all when one is masked."""
    rows = [next((row for row in table.rows if (row.id, row.level) == (name, level)), None)
            for level in ("up", "stable", "down")]  # fmt: skip
    cells = [(row, row.cells[-1]) for row in rows if row is not None]
    if len(cells) < 3 or not all(isinstance(cell, Count) and cell.share is not None for _, cell in cells):
        return []
    return [Direction(row.level, row.label, cell.share or 0.0, cell.text())
            for row, cell in cells if isinstance(cell, Count)]  # fmt: skip


def _first_share(publication: Publication) -> str:
    """Without a score, the statement that most people agree with."""
    found = shares(publication.table("proportions"))
    if not found:
        return ""
    row, cell = max(found, key=lambda one: one[1].share or 0)
    table = publication.table("proportions")
    bounds = table.cell(row.id, row.level, "interval") if table else None
    confidence = percent(publication.cohort.plan.confidence, 0)
    within = f" (intervalle de confiance à {confidence} : {bounds.text()})" if isinstance(bounds, Interval) else ""
    return f"Réponse la plus fréquente, « {row.label} » : {cell.percent(0)}{within}."


def _thread(publication: Publication) -> str:
    """For a thread of messages, its own figure."""
    thread = publication.cohort.thread
    return f"{NBSP.join(thread_key_figure(thread))}." if thread else ""


def shares(table: Table | None) -> list[tuple[TableRow, Count]]:
    """Yes/no rows whose share may be shown."""
    rows = table.rows if table else ()
    return [(row, cell) for row in rows if row.role == "single" for cell in row.cells[:1]
            if isinstance(cell, Count) and cell.share is not None]  # fmt: skip
