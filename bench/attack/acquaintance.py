"""Somebody who knows one of those who answered: what they chose, and in which wave; not what they think."""

from __future__ import annotations

from collections.abc import Iterator

from bench.attack.attacker import Attack, Claim
from bench.attack.equations import Equations
from bench.attack.referee import Person, Referee
from bench.attack.solver import Solver
from bench.attack.told import INCLUDED, Answer

BY_SOMEONE = "quelqu'un que l'on connaît"
KNOWN = ("choice", "years", "ticked")


def known_someone(attacked: Attack, referee: Referee, k: int) -> list[Claim]:
    """Answers of the rarest person that follow from what is known of them, and that fewer than ``k`` share."""
    if not referee.people or attacked.state is None:
        return []
    target = min(referee.people, key=lambda person: _company(person, referee))
    return [*_deduced(*attacked.state, referee, target, k)]


def _company(person: Person, referee: Referee) -> int:
    """How many share their rarest answer."""
    return min(
        (
            referee.count([Answer(*one, frozenset({level}))])
            for one, level in person.items()
            if one[0].startswith(KNOWN)
        ),
        default=0,
    )


def _deduced(found: Equations, solver: Solver, referee: Referee, target: Person, k: int) -> Iterator[Claim]:
    """In each table where a question crosses what is known of them: all of its answers but one are nobody's."""
    for group, first, second in sorted(found.puzzle.crossed):
        for known, asked in ((first, second), (second, first)):
            if known.partition("@")[0].startswith(KNOWN) and group == INCLUDED and not asked.startswith(KNOWN):
                claim = _only(found, solver, referee, target, (known, asked))
                if claim and claim.high < k:
                    yield claim


def _only(found: Equations, solver: Solver, referee: Referee, target: Person, axes: tuple[str, str]) -> Claim | None:
    known, asked = (found.puzzle.axes[INCLUDED, name] for name in axes)
    question, _, wave = known.name.partition("@")
    own = target.get((question.removesuffix("#"), wave), "missing")
    level = next((one for one in known.cells if own in one.split("+")), None)
    if level is None:
        return None
    possible = []
    for answer in asked.cells:
        place = found.puzzle.cell(INCLUDED, (known.name, level), (asked.name, answer))
        if solver.may_be(place):
            possible.append(answer)
        if len(possible) > 1:
            return None
    who = (
        Answer(question.removesuffix("#"), wave, frozenset(level.split("+"))),
        Answer(
            asked.name.partition("@")[0].removesuffix("#"),
            asked.name.partition("@")[2],
            frozenset(possible[0].split("+")),
        ),
    )
    shared = referee.count(who)
    return Claim(INCLUDED, who, shared, shared, BY_SOMEONE)
