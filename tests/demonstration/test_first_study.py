"""The first study asks what its publication says, and pairs the people whom it paired."""

import pytest

from surveys.flow import REASONS, STEPS
from surveys.importing import import_wave
from surveys.model import Study
from surveys.pairing import Pairing, pair
from surveys.responses import read_responses, responses_path, tidy_csv
from surveys.roster import read_roster
from tests.places import HOUSE


def test_the_published_study_asks_what_the_publication_says(published: Study) -> None:
    before, after = (wave.questionnaire for wave in published.waves)
    assert [len(one.items) for one in (before, after)] == [19, 15]
    seven = ["cases", "relation", "local", "admin", "sanitary", "moral", "referral"]
    for one in (before, after):
        assert [item.id for item in one.items if item.type == "likert"] == seven
        assert [choice.score for choice in one.item("moral").choices] == [5, 4, 3, 2, 1]


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


@pytest.mark.parametrize(("wave", "export", "rows"), [("before", "avant.csv", 108), ("after", "apres.csv", 82)])
def test_the_committed_answers_are_those_of_the_committed_exports(
    published: Study, wave: str, export: str, rows: int
) -> None:
    report = import_wave(HOUSE, published.id, wave, published.folder / "exports" / export, dry_run=True)
    assert (report.received, report.changes.kept) == (rows, rows)


def test_answers_read_back_as_they_were_written(published: Study) -> None:
    answers = read_responses(published, "before")
    assert tidy_csv(answers) == responses_path(published, "before").read_text(encoding="utf-8")
    assert sum(row["time"] != "" and row["uses"] == "no" for row in answers.rows) == 34  # asked of all, so kept
