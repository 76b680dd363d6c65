"""Passages of a text: put together where they overlap, replaced by one mark."""

from __future__ import annotations

from collections.abc import Callable

MASK = "XXX"
Span = tuple[int, int]


def merged(spans: list[Span]) -> list[Span]:
    """In order, those that overlap as one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        elif end > start:
            kept.append((start, end))
    return kept


def inside(place: int, spans: list[Span]) -> bool:
    """Whether a place of the text is in one of them."""
    return any(start <= place < end for start, end in spans)


def replaced(text: str, spans: list[Span]) -> tuple[str, Callable[[int], int]]:
    """The text masked, and where a place of the text stands in it."""
    parts: list[str] = []
    free_from = 0
    for start, end in spans:
        parts += (text[free_from:start], MASK)
        free_from = end
    parts.append(text[free_from:])

    def moved(place: int) -> int:
        return place + sum(len(MASK) - (end - start) for start, end in spans if end <= place)

    return "".join(parts), moved
