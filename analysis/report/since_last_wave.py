"""What changed since the previous wave, in sentences made of published numbers."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.report.primary_endpoint import value_of
from analysis.report.publication import Publication
from analysis.tables.cells import Count
from analysis.tables.table import Table
from divan.sources.french import number, plural, typographic


def changes_since(publication: Publication) -> list[str]:
    """What changed since the previous wave, in sentences; empty for a first wave."""
    cohort = publication.cohort
    if not cohort.paired or cohort.study.pairing is None:
        return []
    before, after = (cohort.counts[wave] for wave in (cohort.study.pairing.before, cohort.study.pairing.after))
    said = [f"{plural(after.received, 'réponse')} à la seconde vague, après {number(before.received)} à la première."]
    said += [*_moved_items(publication.table("item_means")), *_moved_levels(publication.table("ordinal_change"))]
    return [typographic(one) for one in said]


def _moved_items(table: Table | None) -> Iterator[str]:
    changes = [(row, value) for row in (table.rows if table else ()) if table
               and (value := value_of(table.cell(row.id, row.level, "change"))) is not None]  # fmt: skip
    if changes:
        most, least = max(changes, key=lambda one: one[1]), min(changes, key=lambda one: one[1])
        yield (
            f"Entre les deux, la moyenne d'une question varie de {_plus(least[1])} («\u00a0{least[0].label}\u00a0») à "
            f"{_plus(most[1])} («\u00a0{most[0].label}\u00a0»)."
        )


def _plus(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value, 2)}"


def _moved_levels(table: Table | None) -> Iterator[str]:
    for name in dict.fromkeys(row.id for row in table.rows) if table else ():
        label = next(row.label for row in table.rows if row.id == name) if table else ""
        cells = [table.cell(name, level, "n") if table else None for level in ("down", "stable", "up")]
        if all(isinstance(cell, Count) for cell in cells):
            down, stable, up = (cell.n for cell in cells if isinstance(cell, Count))
            yield f"{label} : en baisse chez {number(down)}, stable chez {number(stable)}, en hausse chez {number(up)}."
