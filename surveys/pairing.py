"""Put together the two answers of one person by their code, and account for every answer that is not paired.

A code given by several people pairs nobody: two answers are never joined by guess. Of the same answer sent twice
(equal in everything but its time), the first counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.codes import code_space, well_formed
from surveys.flow import Flow, Loss, Step
from surveys.model import PairingRule, Study
from surveys.responses import Responses, Row


@dataclass(frozen=True, slots=True)
class Pair:
    """One person's answers, before and after."""

    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a stable item has the same answer on both sides of a pair, of the ``n`` that answered it twice."""

    item: str
    agreeing: int
    n: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the pairs can be trusted.

    ``expected_false_pairs``: after-answers of people without a before-answer that meet a stranger's code by chance.
    ``expected_false_members``: non-members whose code is on the roster by chance.
    ``expected_shared``: pairs of people with the same code within the before wave, n(n - 1) / 2N.
    """

    code_space: int
    expected_shared: float
    expected_false_pairs: float
    expected_false_members: float
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs analysed, those who never joined, those lost to follow-up, and the flow that accounts for all."""

    pairs: tuple[Pair, ...]
    never_joined: tuple[Row, ...]
    lost_to_follow_up: tuple[Row, ...]
    flow: Flow
    quality: Quality


def pair(study: Study, before: Responses, after: Responses, roster: Iterable[str]) -> Pairing:
    """Pair the answers of the study's two waves. ``roster``: codes of those who joined; without one, all may."""
    rule = study.pairing
    if rule is None:
        raise ValueError(f"{study.id} declares no pairing")
    listed = Counter(roster)
    restricted = study.roster is not None or bool(listed)
    shared_by_members = {code for code, n in listed.items() if n > 1}
    first = _Arm(rule, before, shared_by_members)
    second = _Arm(rule, after, shared_by_members)
    members = {code: row for code, row in first.usable.items() if code in listed or not restricted}
    strangers = [row for code, row in second.usable.items() if restricted and code not in listed]
    both = [code for code in members if code in second.usable]
    candidates = [Pair(members[code], second.usable[code]) for code in both]
    pairs = tuple(one for one in candidates if not _gap(one.before, rule) and not _gap(one.after, rule))
    never_joined = tuple(row for code, row in first.usable.items() if code not in members)
    lost = tuple(row for code, row in members.items() if code not in second.usable)
    no_before = len(second.usable) - len(strangers) - len(both)
    flow = Flow((
        *first.steps("before", "never_joined", len(never_joined)),
        Step("before_members", len(members), (Loss("lost_to_follow_up", len(lost)),)),
        *second.steps("after", "not_on_roster", len(strangers)),
        Step("after_members", len(second.usable) - len(strangers), (Loss("no_before_answer", no_before),)),
        Step("paired", len(candidates), _gaps(candidates, rule)),
        Step("included", len(pairs), ()),
    ))  # fmt: skip
    quality = _quality(study, first, second, len(both), len(never_joined), len(listed), pairs)
    return Pairing(pairs, never_joined, lost, flow, quality)


def by_code(study: Study, responses: Responses, roster: Iterable[str]) -> dict[str, Row]:
    """The answers of a wave whose code can serve, by code; none when the wave does not ask the code."""
    rule = study.pairing
    if rule is None or rule.code not in {item.id for item in responses.wave.questionnaire.items}:
        return {}
    return _Arm(rule, responses, {code for code, n in Counter(roster).items() if n > 1}).usable


class _Arm:
    """One wave sorted out: rows whose code can serve, by code, and how many others there are of each kind."""

    def __init__(self, rule: PairingRule, responses: Responses, shared_by_members: set[str]) -> None:
        self.item = responses.wave.questionnaire.item(rule.code)
        self.received = len(responses.rows)
        coded = [row for row in responses.rows if row.get(rule.code)]
        formed = [row for row in coded if well_formed(self.item, row[rule.code])]
        again = Counter(row[rule.code] for row in formed)
        once = list({_content(row) if again[row[rule.code]] > 1 else row[rule.code]: row
                     for row in reversed(formed)}.values())[::-1]  # fmt: skip
        uses = Counter(row[rule.code] for row in once)
        self.usable = {
            row[rule.code]: row for row in once if uses[row[rule.code]] == 1 and row[rule.code] not in shared_by_members
        }
        self.losses = (
            Loss("missing_code", self.received - len(coded)),
            Loss("malformed_code", len(coded) - len(formed)),
            Loss("sent_twice", len(formed) - len(once)),
            Loss("shared_code", len(once) - len(self.usable)),
        )

    def steps(self, wave: str, reason: str, outsiders: int) -> tuple[Step, Step]:
        return (
            Step(f"{wave}_received", self.received, self.losses),
            Step(f"{wave}_usable", len(self.usable), (Loss(reason, outsiders),)),
        )


def _content(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(answer for answer in row.items() if answer[0] not in ("response", "date"))


def _gap(row: Row, rule: PairingRule) -> bool:
    return not all(map(row.get, rule.complete))


def _gaps(candidates: list[Pair], rule: PairingRule) -> tuple[Loss, ...]:
    kinds = Counter((_gap(one.before, rule), _gap(one.after, rule)) for one in candidates)
    return (
        Loss("incomplete_before", kinds[True, False]),
        Loss("incomplete_after", kinds[False, True]),
        Loss("incomplete_both", kinds[True, True]),
    )


def _quality(
    study: Study, before: _Arm, after: _Arm, matched: int, outsiders: int, listed: int, pairs: tuple[Pair, ...]
) -> Quality:
    """Codes taken as uniform. Of u after-answers without their own before-answer, u(1 - b/N) stay unmatched and u b/N
    meet one of the b before-codes: with U seen unmatched, U b / (N - b) false pairs are expected."""
    space = code_space(before.item)
    people = len(before.usable) + before.losses[-1].n
    unmatched = len(after.usable) - matched
    rule = study.pairing
    return Quality(
        code_space=space,
        expected_shared=people * (people - 1) / 2 / space,
        expected_false_pairs=unmatched * len(before.usable) / max(space - len(before.usable), 1),
        expected_false_members=outsiders * listed / max(space - listed, 1),
        agreements=tuple(_agreement(name, pairs) for name in rule.stable) if rule else (),
    )


def _agreement(name: str, pairs: tuple[Pair, ...]) -> Agreement:
    answered = [one for one in pairs if one.before.get(name) and one.after.get(name)]
    return Agreement(name, sum(one.before[name] == one.after[name] for one in answered), len(answered))
