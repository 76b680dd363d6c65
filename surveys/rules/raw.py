"""A questionnaire as its YAML holds it, before it is a model: its items and the choices offered, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]
Fault = tuple[Place, str, str]
Offered = list[tuple[Place, dict[str, Any]]]


def walk(raw: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each item with its place, in the order asked."""
    for s, section in enumerate(raw["sections"]):
        for i, item in enumerate(section["items"]):
            yield ("sections", s, "items", i), item


def offered(raw: dict[str, Any], place: Place, item: dict[str, Any]) -> Offered:
    """The choices of an item with their places, through a named scale when there is one."""
    choices = item.get("choices", [])
    home: Place = (*place, "choices")
    if isinstance(choices, str):
        home, choices = ("scales", choices), raw.get("scales", {}).get(choices, [])
    return [((*home, n), choice) for n, choice in enumerate(choices)]
