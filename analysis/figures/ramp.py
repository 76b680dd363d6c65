"""The colours of ordered answers, from the low end of a scale to the high end."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.people.variable import Level

_FIVE = {1: (3,), 2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


def ramp(n: int) -> list[str]:
    """Classes of ``n`` ordered marks; beyond five, colours that differ rather than shades that do not."""
    return [f"level-{place}" for place in _FIVE[n]] if n in _FIVE else [f"series-{place % 6 + 1}" for place in range(n)]


def ascending(levels: Sequence[Level]) -> list[int]:
    """The places of levels from the lowest score up; in the questionnaire's order where none has a score."""
    return sorted(range(len(levels)), key=lambda place: (levels[place].score or 0, place))
