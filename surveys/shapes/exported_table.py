"""What every shape becomes: a heading a column, rows of text, and what is known of the service they come from."""

from __future__ import annotations

from dataclasses import dataclass

from divan.sources.problem import Problem


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """An export as text. ``rows``: (row number as a spreadsheet shows it, cells); ``joiner`` parts ticked choices.

    ``apart``: the text of « other » never shares the cell of the choices.
    """

    shape: str
    joiner: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    apart: bool = False


def uneven(path: str, number: int, found: int, expected: int) -> list[Problem]:
    """The problem of a row that has too few or too many cells, or nothing."""
    if found == expected:
        return []
    message = f"cette ligne a {found} cellules au lieu de {expected}"
    return [Problem(path, number, message, "un séparateur ou un guillemet manque : reprenez l'export d'origine")]


def resaved(separator: str) -> tuple[str, ...]:
    """A note when a comma-separated export comes with another separator: a spreadsheet may have changed its cells."""
    if separator in ("", ","):
        return ()
    return ("le séparateur n'est pas la virgule : un tableur a sans doute réenregistré l'export ; "
            "vérifiez que les codes ont gardé leurs zéros",)  # fmt: skip
