"""What needs to know how many people there are: SDs, quartiles, intervals of means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

from scipy.stats import t as student

from bench.attack.asked import MISSING
from bench.attack.equations import EDGE, Equations
from bench.attack.solver import Solver
from bench.attack.told import Answer, Told

QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
MOST_BASES, MOST_SPREAD = 40, 40


def spread_lines(found: Equations, figures: Sequence[Told], solver: Solver) -> int:
    """What needs to know how many people there are: SDs, quartiles, intervals of means. Returns how many lines came."""
    before = len(found.puzzle.lines)
    merged = _told_by_block(found, figures)
    groups: dict[tuple[tuple[Answer, ...], tuple[str, str], str], dict[str, Told]] = {}
    for one in figures:
        if one.of and one.said is not None and one.of[1] in found.asked.waves and one.of[0] in found.asked.worth:
            if one.of[0] in merged:
                continue
            groups.setdefault((one.who, one.of, one.group), {})[one.measure] = one
    for (who, of, group), told in groups.items():
        values = found.values(who, of, group)
        low, high = _size(found, solver, who, of, group, values)
        if 0 <= low <= MOST_SPREAD and high - low < MOST_BASES:
            sizes = [*range(ceil(max(low, 1) - 1e-6), floor(high + 1e-6) + 1)]
            sizes = [n for n in sizes if _agrees(n, told)]
            _spread(found, values, told, sizes)
    return len(found.puzzle.lines) - before


def _told_by_block(found: Equations, figures: Sequence[Told]) -> set[str]:
    """Questions of the score told by block: their spreads are those of the blocks, and say what their counts say."""
    counts = [one.who[-1] for one in figures if one.measure == "count" and one.said is not None and one.who]
    return {own.question for own in counts if own.question in found.asked.items and len(own.levels - {MISSING}) > 1}


def _size(
    found: Equations,
    solver: Solver,
    who: tuple[Answer, ...],
    of: tuple[str, str],
    group: str,
    values: Mapping[int, int],
) -> tuple[float, float]:
    """How many gave a number: everybody of the group where nobody may leave it blank."""
    if found.fine(*of).always:
        return solver.range(found.terms(who, group), whole=False)
    return solver.range(dict.fromkeys(values, 1.0), whole=False)


def _agrees(n: int, told: dict[str, Told]) -> bool:
    """Whether an interval of the mean is that of so many people."""
    if not {"sd", "interval_low", "interval_high"} <= told.keys() or n < 2:
        return True
    sd, low, high = told["sd"], told["interval_low"], told["interval_high"]
    half = (_said(high) - _said(low)) / 2
    wanted = float(student.ppf(0.975, n - 1)) / n**0.5
    return (_said(sd) - sd.width) * wanted - half <= low.width + high.width + EDGE and half - (
        _said(sd) + sd.width
    ) * wanted <= low.width + high.width + EDGE


def _said(one: Told) -> float:
    return float(one.said or 0.0)


def _spread(found: Equations, values: dict[int, int], told: dict[str, Told], sizes: Sequence[int]) -> None:
    if not sizes:
        return
    found.puzzle.line([(place, 1.0) for place in values], min(sizes), max(sizes))
    squares = [bounds for n in sizes for bounds in _squares(n, told)]
    if squares:
        low, high = min(one[0] for one in squares), max(one[1] for one in squares)
        found.puzzle.line([(place, float(worth * worth)) for place, worth in values.items()], low, high)
    if len(sizes) == 1:
        for name, part in QUARTILES.items():
            if name in told:
                _quartile(found, values, told[name], sizes[0], part)


def _squares(n: int, told: dict[str, Told]) -> Iterator[tuple[float, float]]:
    """The sum of squares that a mean and an SD leave possible, for each sum that the mean leaves possible."""
    if "mean" not in told or "sd" not in told or n < 2:
        return
    mean, sd = told["mean"], told["sd"]
    first = int(-(-n * (_said(mean) - mean.width - EDGE) // 1))
    for total in range(first, floor(n * (_said(mean) + mean.width + EDGE)) + 1):
        least, most = max(0.0, _said(sd) - sd.width - EDGE), _said(sd) + sd.width + EDGE
        yield (n - 1) * least**2 + total**2 / n - 1e-6, (n - 1) * most**2 + total**2 / n + 1e-6


def _quartile(found: Equations, values: dict[int, int], one: Told, n: int, part: float) -> None:
    """Type 7: between the value of rank j and the next, as far as the fraction says; type 1: somebody's answer."""
    if found.asked.observed:
        rank = max(1, ceil(n * part - EDGE))
        same = [worth for worth in values.values() if abs(worth - _said(one)) <= one.width + EDGE]
        if same:
            _among(found, values, max(same), rank, n)
            _below(found, values, min(same), rank - 1)
        return
    place = (n - 1) * part
    rank, fraction = floor(place + EDGE), (n - 1) * part - floor(place + EDGE)
    shown = sorted(set(values.values()))
    pairs = [
        (a, b)
        for a in shown
        for b in (shown if fraction > EDGE else (a,))
        if a <= b and abs((1 - fraction) * a + fraction * b - _said(one)) <= one.width + 1e-6
    ]
    if not pairs:
        return
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    _among(found, values, max(firsts), rank + 1, n)
    _below(found, values, min(firsts), rank)
    if fraction > EDGE:
        _among(found, values, max(seconds), rank + 2, n)
        _below(found, values, min(seconds), rank + 1)


def _among(found: Equations, values: dict[int, int], top: int, least: int, n: int) -> None:
    found.puzzle.line([(place, 1.0) for place, worth in values.items() if worth <= top], least, n)


def _below(found: Equations, values: dict[int, int], bottom: int, most: int) -> None:
    found.puzzle.line([(place, 1.0) for place, worth in values.items() if worth < bottom], 0, most)
