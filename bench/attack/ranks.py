"""What a signed-rank test gives back: how far people moved, from the ties that its p and its sum imply."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from bench.attack.asked import Asked
from bench.attack.equations import Equations
from bench.attack.puzzle import Line
from bench.attack.solver import Contradiction, Solver
from bench.attack.told import Answer, Told

Ints = npt.NDArray[np.int64]
MOST_WAYS, MOST_TRIED = 8_000_000, 60


@dataclass(frozen=True, slots=True)
class RankTest:
    """A printed test of the changes of one question; a statistic or a number of zeros may be hidden."""

    item: str
    p: float
    p_width: float
    statistic: float | None
    effect: float | None
    effect_width: float
    zeros: int | None
    people: int


def printed_tests(folder: Path) -> list[Mapping[str, Any]]:
    """The tests of the published report."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return [*report.get("tests", [])]


def moves_told(asked: Asked, tests: Sequence[Mapping[str, Any]]) -> Iterator[Told]:
    """How many went up, down, or nowhere, as a test of signs says it."""
    for one in tests:
        if one["row"] in asked.variables and one.get("wave") is None:
            for name, way in (("up", "up"), ("equal", "stable"), ("down", "down"), ("zeros", "stable")):
                if isinstance(one["detail"].get(name), int):
                    yield Told("moved", (), float(one["detail"][name]), 0, (one["row"], way))


def rank_tests(asked: Asked, tests: Sequence[Mapping[str, Any]]) -> Iterator[RankTest]:
    """Those of the signed ranks of one question, approximated by a normal law."""
    for one in tests:
        detail = one["detail"]
        if (
            one["test"] == "signed_rank"
            and one["row"] in asked.items
            and one["p_value"]
            and detail.get("method") == "asymptotic"
        ):
            effect = detail.get("effect_size")
            yield RankTest(
                one["row"],
                one["p_value"],
                _width(one["p_value"]),
                one["statistic"],
                effect,
                _width(effect),
                detail.get("zeros"),
                one["n"],
            )


def _width(value: float | None) -> float:
    """Half a unit of the last digit that is written."""
    mantissa, _, power = repr(value or 0.0).partition("e")
    return 0.5 * 10.0 ** ((int(power) if power else 0) - len(mantissa.partition(".")[2]))


def rank_lines(found: Equations, tests: Sequence[RankTest], known: Mapping[str, int]) -> None:
    """``known``: how many did not move, where a count says it."""
    for one in tests:
        zeros = one.zeros if one.zeros is not None else known.get(one.item)
        worth = found.asked.worth[one.item]
        reach = max(worth.values()) - min(worth.values())
        if zeros is None or one.people - zeros < 2:
            continue
        sizes = _sizes(one.people - zeros, reach)
        if sizes is not None:
            kept = sizes[_fits(sizes, one)]
            if len(kept):
                _add(found, one, kept, worth)


def _sizes(moved: int, reach: int) -> Ints | None:
    """Every way to share out those who moved by how far they did."""
    if reach < 2 or _ways(moved, reach) > MOST_WAYS:
        return None
    grids = np.indices((moved + 1,) * (reach - 1)).reshape(reach - 1, -1)
    last = moved - grids.sum(axis=0)
    return np.vstack([grids, last]).T[last >= 0].astype(np.int64)


def _ways(moved: int, reach: int) -> float:
    return float((moved + 1) ** (reach - 1))


def _fits(sizes: Ints, one: RankTest) -> npt.NDArray[np.bool_]:
    """The ways that give this p, for one of the sums of ranks that the page leaves possible."""
    m = int(sizes[0].sum())
    total, mean = m * (m + 1) / 2, m * (m + 1) / 4
    variance = m * (m + 1) * (2 * m + 1) / 24 - (sizes.astype(float) ** 3 - sizes).sum(axis=1) / 48
    kept = np.zeros(len(sizes), dtype=bool)
    for v in _sums(one, total):
        z = np.maximum(np.abs(v - mean) - 0.5, 0) / np.sqrt(np.maximum(variance, 1e-12))
        p = 2 * norm.sf(z)
        kept |= np.abs(np.minimum(p, 1) - one.p) <= one.p_width + 1e-11 * max(one.p, 1e-3)
    return kept


def _sums(one: RankTest, total: float) -> list[float]:
    if one.statistic is not None:
        return [one.statistic]
    if one.effect is None:
        return [v / 2 for v in range(int(2 * total) + 1)]
    low, high = ((1 + one.effect + sign * one.effect_width) * total / 2 for sign in (-1, 1))
    return [v / 2 for v in range(max(0, int(2 * low)), int(2 * high) + 2)]


def _add(found: Equations, one: RankTest, kept: Ints, worth: Mapping[str, int]) -> None:
    """Lines on how many moved how far, all the ways that remain being possible."""
    pairs = {
        sign * far: _pairs(found, one.item, worth, sign * far)
        for far in range(1, kept.shape[1] + 1)
        for sign in (-1, 1)
    }
    if one.statistic is not None and 1 < len(kept) <= MOST_TRIED:
        kept = kept[[_possible(found, _lines(pairs, way, one.statistic)) for way in kept]]
    if len(kept) == 1 and one.statistic is not None:
        found.puzzle.lines += _lines(pairs, kept[0], one.statistic)
    for far in range(1, kept.shape[1] + 1) if len(kept) else ():
        terms = [(place, 1.0) for sign in (-1, 1) for place in pairs[sign * far]]
        found.puzzle.line(terms, float(kept[:, far - 1].min()), float(kept[:, far - 1].max()))


def _lines(pairs: Mapping[int, Sequence[int]], way: Ints, statistic: float) -> list[Line]:
    """So many moved so far, and those who went up have this sum of ranks."""
    found: list[Line] = []
    before, ranks = 0, dict[int, float]()
    for far, many in enumerate(map(int, way), 1):
        found.append(({place: 1.0 for sign in (-1, 1) for place in pairs[sign * far]}, float(many), float(many)))
        ranks |= dict.fromkeys(pairs[far], before + (many + 1) / 2)
        before += many
    return [*found, (ranks, statistic, statistic)]


def _possible(found: Equations, lines: Sequence[Line]) -> bool:
    """Whether these lines agree with all that is known."""
    try:
        solver = Solver(replace(found.puzzle, lines=[*found.puzzle.lines, *lines]))
        return solver.agrees({place: 1.0 for terms, _, _ in lines for place in terms})
    except Contradiction:
        return False


def _pairs(found: Equations, item: str, worth: Mapping[str, int], move: int) -> list[int]:
    """The unknowns of those who moved by exactly this."""
    places: list[int] = []
    for x, before in worth.items():
        for y, after in worth.items():
            if after - before == move:
                own = [
                    Answer(item, wave, frozenset({level})) for wave, level in zip(found.asked.pair, (x, y), strict=True)
                ]
                places += found.terms(own, "included")
    return places


__all__ = ["RankTest", "moves_told", "printed_tests", "rank_lines", "rank_tests"]
