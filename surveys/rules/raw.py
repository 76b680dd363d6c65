"""A questionnaire as its YAML holds it, before it is a model: its items and the choices offered, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.kinds.matrix import matrix_rows
from surveys.kinds.random_order import SHOWN_ORDER

Place = tuple[str | int, ...]
Fault = tuple[Place, str, str]
Offered = list[tuple[Place, dict[str, Any]]]

NUMERIC = ("likert", "scale", "integer", "decimal", "calculated")
RESERVED = frozenset(
    {
        SHOWN_ORDER,
        "response",
        "date",
        "submission",
        "study",
        "wave",
        "website",
        "digest",
        "invitation",
        "token",
        "admission",
    }
)
"""Names that no question may have."""


def declared(raw: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each question as it is written, a matrix whole, with its place."""
    for s, section in enumerate(raw["sections"]):
        for i, item in enumerate(section["items"]):
            yield ("sections", s, "items", i), item


def walk(raw: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each item with its place, in the order asked; a matrix is its rows."""
    for place, item in declared(raw):
        if item["type"] == "matrix":
            rows = matrix_rows(item, choices_of(item, raw.get("scales", {})))
            yield from (((*place, "rows", n), row) for n, row in enumerate(rows))
        else:
            yield place, item


def offered(raw: dict[str, Any], place: Place, item: dict[str, Any]) -> Offered:
    """The choices of an item with their places, through a named scale when there is one."""
    named = item.get("choices")
    home: Place = ("scales", named) if isinstance(named, str) else (*place, "choices")
    return [((*home, n), choice) for n, choice in enumerate(choices_of(item, raw.get("scales", {})))]


def choices_of(item: dict[str, Any], scales: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The choices of an item, its own or those of the scale that it names."""
    choices: str | list[dict[str, Any]] = item.get("choices", [])
    return scales.get(choices, []) if isinstance(choices, str) else choices
