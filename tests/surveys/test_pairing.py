"""Two answers are one person's only when their code says so without doubt; every other answer is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_every_answer_is_accounted_for_from_step_to_step(pilot: Study) -> None:
    found = pair(pilot, read_responses(pilot, "before"), read_responses(pilot, "after"), read_roster(pilot))
    flow = [(step.id, step.n, {loss.reason: loss.n for loss in step.excluded if loss.n}) for step in found.flow.steps]
    assert flow == [
        ("before_received", 49, {"sent_twice": 1, "shared_code": 2}),  # 0003 sent twice, 0041 given by two people
        ("before_usable", 46, {"never_joined": 6}),  # 49 - 1 - 2
        ("before_members", 40, {"lost_to_follow_up": 6}),  # 46 - 6
        ("after_received", 35, {"missing_code": 1}),
        ("after_usable", 34, {}),
        ("after_members", 34, {}),
        ("paired", 34, {"incomplete_before": 1}),  # 40 - 6
        ("included", 33, {}),
    ]
    assert found.quality.expected_shared == pytest.approx(48 * 47 / 2 / 10_000)  # 48 people gave a code of four digits
    assert found.quality.expected_false_members == pytest.approx(6 * 42 / (10_000 - 42))  # 6 outsiders, 42 members
