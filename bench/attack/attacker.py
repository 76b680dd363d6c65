"""The attacker: from a published folder to counts of 1 to k - 1 people that he can prove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.attack.asked import MISSING, Asked, read_asked
from bench.attack.equations import Equations, first_lines
from bench.attack.printed import analysed, printed_tables, quartiles_are_answers
from bench.attack.puzzle import Terms
from bench.attack.ranks import RankTest, moves_told, printed_tests, rank_lines, rank_tests
from bench.attack.solver import Contradiction, Solver
from bench.attack.spreads import spread_lines
from bench.attack.told import INCLUDED, Answer, Told, among_scored, told

Who = tuple[Answer, ...]
Truth = Callable[[Who, str], int]
Stage = tuple[str, frozenset[str]]
STAGES: tuple[Stage, ...] = (
    ("sommes et différences", frozenset({"count"})),
    ("bases des pourcentages", frozenset({"share"})),
    ("sens des changements", frozenset({"moved"})),
    ("moyennes × n, score et questions", frozenset({"n", "mean"})),
    ("écarts-types, quartiles, intervalles", frozenset({"sd", "q1", "median", "q3", "interval_low", "interval_high"})),
    ("tests de rangs, p et ex æquo", frozenset({"rank"})),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The people of a group who gave these answers are between ``low`` and ``high``; ``how``: what it took."""

    group: str
    who: Who
    low: int
    high: int
    how: str


@dataclass(frozen=True, slots=True)
class Attack:
    """What was proved, how many counts were tried, how many were not settled in time; what was wrongly supposed."""

    claims: tuple[Claim, ...]
    tried: int
    late: int
    contradiction: bool = False
    state: tuple[Equations, Solver] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the attacker holds of one page: its definition, its figures, its rank tests, how many people it analyses."""

    asked: Asked
    figures: tuple[Told, ...]
    ranks: tuple[RankTest, ...]
    size: int


def read_page(study: Path, published: Path) -> Page | None:
    """From the folders that anybody may read; None while the page analyses nobody."""
    asked = replace(read_asked(study), observed=quartiles_are_answers(published))
    size = analysed(published)
    tests = printed_tests(published)
    figures = (*told(asked, printed_tables(published)), *moves_told(asked, tests))
    return (
        Page(asked, (*figures, *among_scored(asked, figures)), tuple(rank_tests(asked, tests)), size) if size else None
    )


def attack(page: Page, k: int, truth: Truth | None = None) -> Attack:
    """Try every count that the page does not print.

    With the ``truth``, the attacker is granted more than he has: he tries only what is a small count, and is told which
    of the figures are of all the answers as they were given (a mean of merged levels is not).
    """
    figures = page.figures
    try:
        found, solver = solved(page, STAGES, truth)
        wanted = [one for one in targets(found, figures) if truth is None or 1 <= truth(*one[:2]) < k]
        proved = [(one, solver.exactly(one[2], k)) for one in wanted if solver.small(one[2], k)]
    except Contradiction:
        return Attack((), 0, 0, True)
    earlier = (
        [(name, *solved(page, STAGES[:place], truth)) for place, (name, _) in enumerate(STAGES[:-1], 1)]
        if proved
        else []
    )
    claims = tuple(Claim(group, who, *bounds, _how(found, terms, earlier, k)) for (who, group, terms), bounds in proved)
    return Attack(claims, len(wanted), solver.late, state=(found, solver))


def solved(page: Page, stages: Sequence[Stage], truth: Truth | None = None) -> tuple[Equations, Solver]:
    """The puzzle of the figures that these stages look at, ready."""
    kept = frozenset().union(*(measures for _, measures in stages))
    looked = [one for one in _of_true_counts(page.figures, truth) if one.measure in kept]
    found = Equations(page.asked, page.size)
    first_lines(found, looked)
    _grant(found, truth)
    if "rank" in kept:
        still = {
            one.of[0]: int(one.said)
            for one in looked
            if one.measure == "moved" and one.of and one.said is not None and one.of[1] == "stable"
        }
        rank_lines(found, page.ranks, still)
    _grant(found, truth)
    solver = Solver(found.puzzle)
    if spread_lines(found, looked, solver):
        _grant(found, truth)
        solver = Solver(found.puzzle)
    return found, solver


def _of_true_counts(figures: Sequence[Told], truth: Truth | None) -> Sequence[Told]:
    """Without the shares of counts that are not of the answers as they were given: they say no more than these."""
    if truth is None:
        return figures
    counts = [one for one in figures if one.measure == "count" and one.said is not None and one.who]
    untrue = {_distribution(one) for one in counts if one.said != truth(one.who, one.group)}
    return [one for one in figures if one.measure != "share" or _distribution(one) not in untrue]


def _distribution(one: Told) -> tuple[str, Who, tuple[str, str]]:
    """The question whose levels are counted, and among whom."""
    return one.group, one.who[:-1], (one.who[-1].question, one.who[-1].wave)


def _grant(found: Equations, truth: Truth | None) -> None:
    """Leave out what is not so."""
    if truth is not None:
        found.puzzle.keep([truth(tuple(_answer(*one) for one in where), group) for group, where in found.puzzle.names])


def targets(found: Equations, figures: Sequence[Told]) -> list[tuple[Who, str, Terms]]:
    """Every count that is hidden, then every unknown of the puzzle; a mere silence is none."""
    wanted: dict[tuple[Who, str], Terms] = {}
    for one in figures:
        if one.measure == "count" and one.said is None and not is_silence(one.who):
            wanted.setdefault((tuple(sorted(one.who, key=repr)), one.group), found.terms(one.who, one.group))
    for place, (group, where) in enumerate([*found.puzzle.names]):
        who = tuple(sorted((_answer(name, level) for name, level in where), key=repr))
        if who and not is_silence(who):
            wanted.setdefault((who, group), {place: 1.0})
    return [(who, group, terms) for (who, group), terms in wanted.items()]


def is_silence(who: Iterable[Answer]) -> bool:
    """Nothing but answers not given: a low risk by itself."""
    return all(one.levels == {MISSING} for one in who)


def _answer(name: str, level: str) -> Answer:
    question, _, wave = name.partition("@")
    return Answer(question.removesuffix("#"), wave, frozenset(level.split("+")))


def _how(found: Equations, terms: Terms, earlier: Sequence[tuple[str, Equations, Solver]], k: int) -> str:
    """The first stage that proves it."""
    for name, less, solver in earlier:
        places = {less.puzzle.cells.get(found.puzzle.names[place]): factor for place, factor in terms.items()}
        if None not in places and solver.small(
            {place: factor for place, factor in places.items() if place is not None}, k
        ):
            return name
    return STAGES[-1][0]


__all__ = ["INCLUDED", "STAGES", "Attack", "Claim", "Page", "attack", "is_silence", "read_page", "solved", "targets"]
