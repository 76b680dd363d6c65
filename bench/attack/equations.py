"""From what is printed to lines in whole numbers: sums, means by their digits, spreads, quartiles, bases of shares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import inf

from bench.attack.asked import MISSING, SCORE, Asked, Axis
from bench.attack.puzzle import Puzzle
from bench.attack.told import INCLUDED, SCORED, Answer, Told

EDGE = 1e-9


class Equations:
    """The puzzle of one page, and how to name its sums."""

    def __init__(self, asked: Asked, size: int) -> None:
        self.asked, self.puzzle = asked, Puzzle(size)

    def fine(self, question: str, wave: str) -> Axis:
        """The question, answer by answer."""
        return self.asked.axis(question, wave)

    def coarse(self, question: str, wave: str) -> tuple[Axis, dict[str, frozenset[str]]]:
        """The question cut where some variable of the plan cuts it."""
        fine = self.fine(question, wave)
        cuts = [parts for name, parts in self.asked.variables.values() if name == question]
        cuts = [parts for parts in cuts if any(len(own) > 1 for own in parts.values())]
        plain = any(
            name == question and all(len(own) == 1 for own in parts.values()) and len(parts) < 8
            for name, parts in self.asked.variables.values()
        )
        if not cuts or plain:
            return fine, {level: frozenset({level}) for level in fine.levels}
        together: dict[tuple[str, ...], list[str]] = {}
        for level in fine.levels:
            mark = tuple(next((name for name, own in parts.items() if level in own), "") for parts in cuts)
            together.setdefault(mark, []).append(level)
        blocks = {"+".join(own): frozenset(own) for own in together.values()}
        return Axis(f"{question}#@{wave}", tuple(blocks), {}, fine.always), blocks

    def terms(self, who: Sequence[Answer], group: str) -> dict[int, float]:
        """The unknowns that add up to a count of people."""
        if not who:
            return {self.puzzle.people(group): 1.0}
        cuts = []
        for one in who:
            axis, blocks = self._placed(one.question, one.wave, group)
            cuts.append(
                (
                    axis,
                    [
                        *(name for name, own in blocks.items() if own <= one.levels),
                        *({MISSING} & one.levels & {*axis.cells}),
                    ],
                )
            )
        return self._crossed(cuts, group)

    def _placed(self, question: str, wave: str, group: str) -> tuple[Axis, dict[str, frozenset[str]]]:
        axis, blocks = self.coarse(question, wave)
        fine = self.fine(question, wave)
        self.puzzle.axis(group, axis)
        if axis.name != fine.name:
            self.puzzle.tie(group, fine, axis, blocks)
        return axis, blocks

    def _crossed(self, cuts: Sequence[tuple[Axis, Sequence[str]]], group: str) -> dict[int, float]:
        if len(cuts) == 1:
            axis, levels = cuts[0]
            return {self.puzzle.cell(group, (axis.name, level)): 1.0 for level in levels}
        (one, mine), (other, yours) = cuts
        if one.name == other.name:
            return {self.puzzle.cell(group, (one.name, level)): 1.0 for level in mine if level in yours}
        self.puzzle.cross(group, one, other)
        return {self.puzzle.cell(group, (one.name, x), (other.name, y)): 1.0 for x, y in product(mine, yours)}

    def values(self, who: Sequence[Answer], of: tuple[str, str], group: str) -> dict[int, int]:
        """The unknown of each value of a number among some people, and what it is worth."""
        fine = self.fine(*of)
        if not who:
            self.puzzle.axis(group, fine)
            if self.coarse(*of)[0].name != fine.name:
                self._placed(*of, group)
            return {self.puzzle.cell(group, (fine.name, level)): worth for level, worth in fine.worth.items()}
        axis, blocks = self._placed(who[0].question, who[0].wave, group)
        chosen = [name for name, own in blocks.items() if own <= who[0].levels]
        self.puzzle.cross(group, axis, fine) if axis.name != fine.name else None
        if axis.name == fine.name:
            return {
                self.puzzle.cell(group, (fine.name, level)): worth
                for level, worth in fine.worth.items()
                if level in who[0].levels
            }
        if len(chosen) == 1:
            return {
                self.puzzle.cell(group, (axis.name, chosen[0]), (fine.name, level)): worth
                for level, worth in fine.worth.items()
            }
        return {
            self.puzzle.cell(group, (axis.name, name), (fine.name, level)): worth
            for name in chosen
            for level, worth in fine.worth.items()
        }


def first_lines(found: Equations, figures: Sequence[Told]) -> None:
    """What holds whatever the bases: counts, shares, means, the score as the sum of its questions."""
    zeros_are_printed = any(one.measure == "count" and one.said == 0 for one in figures)
    for one in figures:
        if one.measure == "count":
            terms = found.terms(one.who, one.group)
            if one.said is not None:
                found.puzzle.line(terms.items(), one.said, one.said)
            elif zeros_are_printed and one.masked:
                # nobody hides a nought that is printed elsewhere
                found.puzzle.line(terms.items(), 1, inf)
        elif one.measure == "share" and one.said is not None:
            _share(found, one)
        elif one.measure == "moved":
            _moved(found, one)
        elif one.of and one.of[1] in found.asked.waves and one.of[0] in found.asked.worth:
            values = found.values(one.who, one.of, one.group)
            if one.said is not None and one.measure == "n":
                found.puzzle.line([(place, 1.0) for place in values], one.said, one.said)
            elif one.said is not None and one.measure == "mean" and not _of_merged_levels(found, one, figures):
                found.puzzle.line(
                    [(place, worth - one.said + one.width + EDGE) for place, worth in values.items()], 0, inf
                )
                found.puzzle.line(
                    [(place, worth - one.said - one.width - EDGE) for place, worth in values.items()], -inf, 0
                )
    _score_is_its_questions(found, figures)
    _scored_are_some(found)


def _of_merged_levels(found: Equations, one: Told, figures: Sequence[Told]) -> bool:
    """Whether the mean is that of the levels as they are printed, merged ones in their middle: it tells no more."""
    if one.of is None or one.who:
        return False
    own = {
        other.who[0].levels: other.said
        for other in figures
        if other.measure == "count"
        and other.said is not None
        and other.group == one.group
        and len(other.who) == 1
        and (other.who[0].question, other.who[0].wave) == one.of
        and MISSING not in other.who[0].levels
    }
    if not any(len(levels) > 1 for levels in own) or not sum(own.values()):
        return False
    worth = found.asked.worth[one.of[0]]
    middles = {
        levels: (min(map(worth.__getitem__, levels)) + max(map(worth.__getitem__, levels))) / 2 for levels in own
    }
    told = sum(middles[levels] * n for levels, n in own.items()) / sum(own.values())
    return abs(told - (one.said or 0)) <= one.width + EDGE


def _scored_are_some(found: Equations) -> None:
    """Those who answered all of a score are those whose score is told, and no more than everybody in any cell."""
    groups = {group for group, _ in found.puzzle.names if group.startswith(SCORED)}
    for group in sorted(groups):
        wave = group.removeprefix(SCORED)
        values = found.values((), (SCORE, wave), INCLUDED)
        found.puzzle.line([(found.puzzle.people(group), -1.0), *((place, 1.0) for place in values)], 0, 0)
        for one, where in [*found.puzzle.names]:
            if one == group and where:
                wide = found.puzzle.cells.get((INCLUDED, where))
                if wide is not None:
                    found.puzzle.line([(found.puzzle.cell(group, *where), 1.0), (wide, -1.0)], -inf, 0)


def _share(found: Equations, one: Told) -> None:
    """The count is this share of those of the group who answered the question."""
    assert one.said is not None
    own = one.who[-1]
    if MISSING in own.levels and own.levels != {MISSING}:
        return
    everyone = frozenset(found.asked.questions[own.question])
    if own.levels == {MISSING}:
        return
    count = found.terms(one.who, one.group)
    base = found.terms([*one.who[:-1], Answer(own.question, own.wave, everyone)], one.group)
    for bound, low, high in ((one.said - one.width - EDGE, 0, inf), (one.said + one.width + EDGE, -inf, 0)):
        terms = [(place, 100.0) for place in count] + [(place, -bound) for place in base]
        found.puzzle.line(terms, low, high)


def _moved(found: Equations, one: Told) -> None:
    """So many moved this way: the sum of the pairs of answers that do."""
    if one.of is None or one.said is None or one.of[0] == SCORE or not found.asked.pair:
        return
    found.puzzle.line(moves(found, one.of[0], one.of[1]).items(), one.said, one.said)


def moves(found: Equations, variable: str, way: str, group: str = "included") -> dict[int, float]:
    """The pairs of answers of a variable, at the two waves compared, that move one way."""
    question, parts = found.asked.variables[variable]
    worth = found.asked.worth.get(question)
    rank = {level: place for place, level in enumerate(parts)}
    if worth and all(len(own) == 1 for own in parts.values()):
        rank = {level: worth[level] for level in parts}
    terms: dict[int, float] = {}
    for x, y in product(parts, parts):
        side = (rank[y] > rank[x]) - (rank[y] < rank[x])
        if side == {"up": 1, "stable": 0, "down": -1}[way]:
            own = [Answer(question, wave, parts[level]) for wave, level in zip(found.asked.pair, (x, y), strict=True)]
            terms |= found.terms(own, group)
    return terms


def _score_is_its_questions(found: Equations, figures: Sequence[Told]) -> None:
    """Where the score is told, its sum is that of its questions, but for those who answered only some of them."""
    asked = found.asked
    if not asked.items or SCORE not in asked.worth:
        return
    told = [one for one in figures if one.of and one.of[1] in asked.waves]
    scored = {(one.who, one.of[1], one.group) for one in told if one.of and one.of[0] == SCORE}
    items = {(one.who, one.of[1], one.group) for one in told if one.of and one.of[0] in asked.items}
    items |= {
        (one.who[:-1], one.who[-1].wave, one.group)
        for one in figures
        if one.who and one.who[-1].question in asked.items
    }
    for who, wave, group in sorted(scored & items, key=repr):
        score = found.values(who, (SCORE, wave), group)
        terms: dict[int, float] = {place: -float(worth) for place, worth in score.items()}
        upper, lower = dict(terms), dict(terms)
        for item in asked.items:
            own = found.values(who, (item, wave), group)
            found.puzzle.line([*((place, 1.0) for place in score), *((place, -1.0) for place in own)], -inf, 0)
            low, high = min(asked.worth[item].values()), max(asked.worth[item].values())
            for place, worth in own.items():
                lower[place] = lower.get(place, 0) + worth - high
                upper[place] = upper.get(place, 0) + worth - low
            for place in score:
                lower[place] += high
                upper[place] += low
        found.puzzle.line(lower.items(), -inf, 0)
        found.puzzle.line(upper.items(), 0, inf)
