"""The picture of a change: both means on their scale with the interval, then who went up, stayed, went down."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.figures.svg import LINE, WIDTH, drawing, group, line, rect, tag, text
from divan.sources.french import number, within

LEFT, RIGHT = 14.0, WIDTH - 14.0
BAR, BARS, REACH = 18.0, 122.0, 180.0
LETTER = 8.0  # the widest that a letter of these labels is, on average
KINDS = {"up": "level-5", "stable": "level-3", "down": "level-1"}


@dataclass(frozen=True, slots=True)
class Direction:
    """Those who moved one way: ``share`` of 1, and the count as shown."""

    id: str
    label: str
    share: float
    shown: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A score at two waves: its scale, both means, their difference with its interval, and who moved which way."""

    label: str
    scale: tuple[float, float]
    waves: tuple[str, str]
    means: tuple[float, float]
    mean: float
    interval: tuple[float, float] | None
    confidence: str
    directions: tuple[Direction, ...]


def draw_change(change: ShownChange) -> str:
    """The interval stands around the second mean: where it does not reach the first, the difference is clear."""
    before, after = change.means
    low, high = (before + bound for bound in change.interval) if change.interval else (after, after)
    # close to both means: on the whole scale a point would not be seen
    span = max(abs(after - before), high - low, (change.scale[1] - change.scale[0]) / 40) * 1.5
    start, end = max(change.scale[0], min(low, before) - span), min(change.scale[1], max(high, before, after) + span)

    def x(value: float) -> float:
        return LEFT + (value - start) / (end - start) * (RIGHT - LEFT)

    parts = [
        text(0, LINE, change.label, "title"),
        *_mean(x(before), 44, change.waves[0], before, "before"),
        *_mean(x(after), 82, change.waves[1], after, "after"),
        group("after", line(x(low), 82, x(high), 82, "whisker")) if change.interval else "",
        line(x(before), 44, x(before), 100, "grid"),
        line(LEFT, 100, RIGHT, 100, "axis"),
        text(LEFT, 116, number(start, 1), "tick"),
        text(RIGHT, 116, number(end, 1), "tick", "end"),
        text(
            WIDTH / 2, 116, f"échelle entière : {number(change.scale[0])} à {number(change.scale[1])}", "tick", "middle"
        ),
    ]
    y = 136.0
    for one in change.directions:
        parts += [text(0, y + 13, one.label), group(KINDS[one.id], rect(BARS, y, one.share * REACH, BAR, "bar", 2)),
                  text(BARS + 6 + one.share * REACH, y + 13, one.shown, "value")]  # fmt: skip
        y += BAR + 6
    return drawing("verdict", change.label, _said(change), y, "".join(parts))


def _mean(x: float, y: float, wave: str, value: float, kind: str) -> list[str]:
    said = f"{wave} : {number(value, 2)}"
    anchor, at = ("end", x - 10) if x > WIDTH * 0.6 else ("", x + 10)
    if len(said) * LETTER > (x - 10 if anchor else WIDTH - at):  # too long for its side: as far left as it must
        anchor, at = "", max(0.0, WIDTH - len(said) * LETTER)
    return [group(kind, tag("circle", "point", cx=x, cy=y, r=6)), text(at, y - 8, said, "value", anchor)]


def _said(change: ShownChange) -> str:
    """The picture in words."""
    means = [f"{number(mean, 2)} ({within(wave)})" for mean, wave in zip(change.means, change.waves, strict=True)]
    said = f"Moyenne {', '.join(means)}"
    if change.interval:
        low, high = (number(one, 2) for one in change.interval)
        said += f", écart {number(change.mean, 2)}, intervalle de confiance à {change.confidence} de {low} à {high}"
    bars = ", ".join(f"{within(one.label)} {one.shown}" for one in change.directions)
    return f"{said}. {bars}." if bars else f"{said}."
