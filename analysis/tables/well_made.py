"""What every table must be for the page and its files to hold it, whoever wrote its module."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.tables.table import Table

NAMES_OF_A_ROW = frozenset({"row", "level", "label"})


def shape_faults(table: Table, planned: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a table, and the remedy; ``planned`` is the id of the entry of the plan that made it."""
    if table.id != planned and not table.id.startswith(f"{planned}-"):
        yield f"le tableau « {table.id} » doit s'appeler « {planned} », ou commencer par « {planned}- »", "renommez-le"
    seen: set[str] = set()
    for column in table.columns:
        if column.id in NAMES_OF_A_ROW:
            yield f"la colonne « {column.id} » porte un nom qui désigne la ligne", "donnez-lui un autre nom"
        elif column.id in seen:
            yield f"la colonne « {column.id} » est là deux fois", "donnez un nom à chacune"
        seen.add(column.id)
    for row in table.rows:
        if len(row.cells) != len(table.columns):
            said = (
                f"la ligne « {row.id} » doit avoir une case par colonne : {len(table.columns)}, et non {len(row.cells)}"
            )
            yield said, "complétez-la par des cases vides (Text())"
