"""What together tells who somebody is draws a question, never a fault; the same in the browser."""

import json
from pathlib import Path

import pytest

from divan.privacy.combinations import find_combinations, load_combinations
from divan.privacy.group_names import GroupNames

VECTORS = json.loads((Path(__file__).parent / "combinations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "kinds"), VECTORS["asked"].items())
def test_facts_that_tell_together_draw_one_question(text: str, kinds: list[str]) -> None:
    assert [sorted(question.kinds) for question in find_combinations(text)] == [sorted(kinds)]


@pytest.mark.parametrize("text", VECTORS["left"])
def test_what_tells_nobody_draws_none(text: str) -> None:
    assert find_combinations(text) == []


def test_a_question_says_what_to_blur_and_on_which_line() -> None:
    [question] = find_combinations("Bonjour,\n\nun boucher de 61 ans, ancien maire")
    assert question.line == 3
    assert question.says == (
        "un âge exact, un métier et un fait peu courant, ensemble, peuvent suffire à reconnaître quelqu'un"
    )
    assert "âge exact → une tranche d'âge" in question.remedy


def test_facts_far_from_each_other_are_not_together() -> None:
    far = "bilan normal " * (load_combinations().reach // 12)
    assert find_combinations(f"un boucher. {far} Sorti de prison.") == []


@pytest.mark.parametrize(("more", "asked"), [(0, 1), (1, 0)])
def test_facts_are_together_up_to_the_reach_wherever_they_stand(more: int, asked: int) -> None:
    first, last = "boucher", "prison"
    between = load_combinations().reach - len(first) - len("sorti de prison") + more
    text = f"{'bilan normal ' * 99}{first}{' ' * between}sorti de {last}"
    assert len(find_combinations(text)) == asked


def test_a_town_is_no_part_of_an_area_and_counts_beside_one() -> None:
    month = "En mars, une rougeole chez un nourrisson"
    assert [one.kinds for one in find_combinations(f"{month}, dans les Deux-Sèvres.")] == [
        ("area", "month", "notifiable")
    ]
    [both] = find_combinations("Dans les Deux-Sèvres, elle habite Niort ; on découvre une porphyrie.")
    assert both.kinds == ("town", "area", "rare")


def test_a_town_that_the_group_added_counts() -> None:
    text = "une bouchère de sainte verge"
    assert find_combinations(text) == []
    assert find_combinations(text, GroupNames(towns=("Sainte-Verge",)))[0].kinds == ("town", "trade")


def test_every_combination_is_made_of_known_kinds() -> None:
    known = load_combinations()
    assert {kind for kinds in known.enough for kind in kinds} == set(known.kinds)
