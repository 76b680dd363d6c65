"""Whom a number counts: people by the conditions that they meet, and the counts that a statistic rests on."""

from __future__ import annotations

from dataclasses import dataclass

Key = frozenset[tuple[str, str]]
"""People counted: those who meet every (axis, level), such as {("group", "included"), ("sex@before", "man")}."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The counts of people over the levels of ``axes`` among those of ``among``: what a statistic was computed from."""

    among: Key
    axes: tuple[str, ...]


Basis = tuple[Spread | Key, ...]


def key(*conditions: tuple[str, str]) -> Key:
    """The people who meet all these (axis, level)."""
    return frozenset(conditions)
