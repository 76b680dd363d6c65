"""A value that YAML would cut at « # » is a fault, on its own line."""

import pytest

from divan.sources.problem import ProblemsFound
from divan.sources.yaml_source import read_yaml

CUT = {
    "title: Retour #2 du cas": 2,
    "title: Retour # 2 du cas": 2,
    "title: Patient #3": 2,
    "author: merle\ntitle: #2 du cas": 3,
    "sources:\n  - HAS, fiche #12, 2021\n  - Autre": 3,
    "sources:\n  - #12": 3,
    "about: Suivre la TA #hta": 2,
    "label: Score\t#1": 2,
    "hashtags: [#formation]": 2,
    "hashtags: [toux, #formation]": 2,
    "hashtags: [toux] #formation": 2,
    "title: \"Retour\" #2": 2,
    "items:\n  - id: a\n    label: Question #2\n    choices: [oui, non]": 4,
    "title: un texte\n  sur deux lignes #2": 3,
    "a: 3 #4": 2,
    "hashtags:\n  - toux\n  - hta #2": 4,
}  # fmt: skip
WHOLE = [
    'title: "Retour #2 du cas"',
    "title: 'Retour #2'",
    "# une remarque\ntitle: Retour",
    "title: C#",
    "title: Retour  # une remarque à deux espaces",
    "about: |\n  Texte #2\n  et # 3",
    "sources:\n  # ceci\n  - texte",
    "choices: [a, b]  # remarque",
    "site: https://exemple.example/#ancre",
]


@pytest.mark.parametrize(("text", "line"), CUT.items(), ids=CUT)
def test_a_value_that_a_sign_cuts_is_a_fault_on_its_line(text: str, line: int) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_yaml("a.yaml", f"{text}\n", first_line=2)
    assert [problem.line for problem in found.value.problems] == [line]
    assert all("#" in problem.message for problem in found.value.problems)


@pytest.mark.parametrize("text", WHOLE)
def test_remarks_and_quoted_signs_are_read_as_they_are(text: str) -> None:
    assert read_yaml("a.yaml", f"{text}\n").value
