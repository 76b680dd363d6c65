"""Two answers are one person's only when their code says so without doubt; every other answer is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys.flow import REASONS, STEPS
from surveys.model import Study
from surveys.pairing import Pairing, pair
from surveys.responses import Responses, read_responses
from surveys.roster import read_roster
from surveys.study import load_study


def answers(study: Study, wave: str, table: str) -> Responses:
    """Rows written as ``code mood town``; ``-`` is a missing answer."""
    rows = []
    for n, line in enumerate(table.split("\n"), 1):
        cells = [cell.replace("-", "") for cell in line.split()]
        if cells:
            rows.append(
                {
                    "response": f"{wave}-{n:04d}",
                    "date": "2026-01-02",
                    **dict(zip(("code", "mood", "town"), cells, strict=True)),
                }
            )
    return Responses(study.wave(wave), tuple(rows))


def pairing(site: Path, before: str, after: str, roster: tuple[str, ...] = ("0001", "0002", "0003", "0004")) -> Pairing:
    study = load_study(site / "surveys" / "essai")
    return pair(study, answers(study, "before", before), answers(study, "after", after), roster)


def test_one_code_in_each_wave_is_a_pair(site: Path) -> None:
    found = pairing(site, "0001 3 niort", "0001 5 niort")
    assert [(one.before["mood"], one.after["mood"]) for one in found.pairs] == [("3", "5")]


def test_leading_zeros_tell_codes_apart(site: Path) -> None:
    assert pairing(site, "0042 3 niort", "42 5 niort", ("0042",)).flow.lost("after_received", "malformed_code") == 1


@pytest.mark.parametrize(
    ("before", "after", "step", "reason"),
    [
        ("- 3 niort", "0001 5 niort", "before_received", "missing_code"),
        ("12a 3 niort", "0001 5 niort", "before_received", "malformed_code"),
        ("9999 3 niort", "0001 5 niort", "before_usable", "never_joined"),
        ("0001 3 niort", "0002 5 niort", "before_members", "lost_to_follow_up"),
        ("0001 3 niort", "9999 5 niort", "after_usable", "not_on_roster"),
        ("0001 3 niort", "0002 5 niort", "after_members", "no_before_answer"),
        ("0001 - niort", "0001 5 niort", "paired", "incomplete_before"),
        ("0001 3 niort", "0001 - niort", "paired", "incomplete_after"),
        ("0001 - niort", "0001 - niort", "paired", "incomplete_both"),
    ],
)
def test_each_way_of_not_being_paired_has_its_reason(
    site: Path, before: str, after: str, step: str, reason: str
) -> None:
    found = pairing(site, before, after)
    assert found.flow.lost(step, reason) == 1
    assert found.pairs == ()


def test_a_code_given_by_two_people_pairs_nobody(site: Path) -> None:
    found = pairing(site, "0001 3 niort\n0001 4 poitiers", "0001 5 niort")
    assert found.flow.lost("before_received", "shared_code") == 2
    assert found.pairs == ()


def test_a_code_twice_on_the_roster_pairs_nobody(site: Path) -> None:
    assert pairing(site, "0001 3 niort", "0001 5 niort", ("0001", "0001")).pairs == ()


def test_the_same_answer_sent_twice_counts_once_and_the_first_is_kept(site: Path) -> None:
    found = pairing(site, "0001 3 niort\n0001 3 niort", "0001 5 niort")
    assert found.flow.lost("before_received", "sent_twice") == 1
    assert [one.before["response"] for one in found.pairs] == ["before-0001"]


def test_two_answers_without_a_code_are_not_the_same_answer(site: Path) -> None:
    assert pairing(site, "- 3 niort\n- 3 niort", "0001 5 niort").flow.lost("before_received", "missing_code") == 2


def test_stable_answers_measure_the_pairs(site: Path) -> None:
    found = pairing(site, "0001 3 niort\n0002 3 niort\n0003 3 -", "0001 5 niort\n0002 5 poitiers\n0003 5 niort")
    agreement = found.quality.agreements[0]
    assert (agreement.item, agreement.agreeing, agreement.n) == ("town", 1, 2)


@pytest.fixture(scope="module")
def poitou(published: Study) -> Pairing:
    return pair(
        published, read_responses(published, "before"), read_responses(published, "after"), read_roster(published)
    )


def test_the_published_study_includes_69(poitou: Pairing) -> None:
    assert len(poitou.pairs) == poitou.flow.n("included") == 69


def test_every_loss_of_the_published_study_has_its_reason(poitou: Pairing) -> None:
    flow = [(step.id, step.n, {loss.reason: loss.n for loss in step.excluded if loss.n}) for step in poitou.flow.steps]
    assert flow == [
        ("before_received", 108, {"sent_twice": 1, "shared_code": 2}),  # 3058 sent twice, 2607 given by two people
        ("before_usable", 105, {"never_joined": 21}),  # 108 - 1 - 2
        ("before_members", 84, {"lost_to_follow_up": 10}),  # 105 - 21
        ("after_received", 82, {"missing_code": 1, "malformed_code": 1, "shared_code": 2}),  # « », « 12a », 2607 twice
        ("after_usable", 78, {}),  # 82 - 1 - 1 - 2
        ("after_members", 78, {"no_before_answer": 4}),
        ("paired", 74, {"incomplete_before": 3, "incomplete_after": 2}),  # 84 - 10 = 78 - 4
        ("included", 69, {}),  # 74 - 3 - 2
    ]


def test_each_step_is_the_one_before_less_its_losses(poitou: Pairing) -> None:
    steps = {step.id: step for step in poitou.flow.steps}
    order = {
        "before_received": "before_usable", "before_usable": "before_members", "before_members": "paired",
        "after_received": "after_usable", "after_usable": "after_members", "after_members": "paired",
        "paired": "included",
    }  # fmt: skip
    for step, following in order.items():
        assert steps[following].n == steps[step].n - sum(loss.n for loss in steps[step].excluded)
    assert set(steps) == set(STEPS)
    assert {loss.reason for step in steps.values() for loss in step.excluded} == set(REASONS)


def test_the_21_who_never_joined_and_the_10_lost_are_kept_apart(poitou: Pairing) -> None:
    assert len(poitou.never_joined) == 21
    assert len(poitou.lost_to_follow_up) == 10
    groups = [poitou.never_joined, poitou.lost_to_follow_up, [one.before for one in poitou.pairs]]
    names = [row["response"] for group in groups for row in group]
    assert len(names) == len(set(names)) == 21 + 10 + 69


def test_the_composite_scores_are_the_published_totals(published: Study, poitou: Pairing) -> None:
    assert published.pairing is not None
    items = published.pairing.complete
    before, after = (
        sum(int(row[i]) for i in items for row in side)
        for side in ([p.before for p in poitou.pairs], [p.after for p in poitou.pairs])
    )
    assert (before, after) == (1701, 1749)


def test_the_chance_of_false_matches_follows_from_the_counts(poitou: Pairing) -> None:
    quality = poitou.quality
    assert quality.expected_shared == pytest.approx(107 * 106 / 2 / 10_000)  # 107 people gave a well-formed code
    assert quality.expected_false_pairs == pytest.approx(
        4 * 105 / (10_000 - 105)
    )  # 4 unmatched after, 105 codes before
    assert quality.expected_false_members == pytest.approx(21 * 120 / (10_000 - 120))  # 21 outsiders, 120 on the roster
