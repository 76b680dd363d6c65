"""What a group listed is found wherever it stands, and nothing else of it."""

import pytest

from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import GroupNames

NAMES = GroupNames(
    towns=("Sainte-Verge-les-Prés", "L'Isle-Noire"), hospitals=("La Croix-Bleue",), nicknames=("Le Grand Fernand",)
)


@pytest.mark.parametrize(
    ("text", "rule", "passage"),
    [
        ("une toux chez un homme de Sainte-Verge-les-Prés", "town", "Sainte-Verge-les-Prés"),
        ("suivi du coté de ste verge les pres", "town", "ste verge les pres"),
        ("VU À SAINTE VERGE LES PRÉS", "town", "SAINTE VERGE LES PRÉS"),
        ("au bord de l’isle noire, hier", "town", "l’isle noire"),
        ("la croix-bleue n'a pas de lit", "hospital", "la croix-bleue"),
        ("le grand fernand est revenu", "given_name", "le grand fernand"),
    ],
)
def test_a_listed_name_is_found_whatever_its_case_accents_and_hyphens(text: str, rule: str, passage: str) -> None:
    found = [(one.rule.id, text[one.start : one.end]) for one in find_identifiers(text, names=NAMES)]
    assert (rule, passage) in found


@pytest.mark.parametrize("text", ["une croix bleue sur la radio", "un grand, Fernandel", "la croix. Bleue de froid"])
def test_a_part_of_a_listed_name_is_not_that_name(text: str) -> None:
    assert find_identifiers(text, names=NAMES) == []


def test_a_listed_name_can_be_excused_as_any_other() -> None:
    assert find_identifiers("La Croix-Bleue est fermée", names=NAMES, reviewed=["La Croix-Bleue"]) == []
    assert find_identifiers("La Croix-Bleue est fermée", {"hospital"}, names=NAMES) == []
