"""Numbers with decimals and dates: asked, checked, imported and told in the codebook."""

import pytest

from divan.sources.problem import ProblemsFound
from surveys.codebook import codebook_csv
from surveys.decoding import UnknownAnswer, decode
from surveys.validation import validate
from tests.surveys.conftest import questionnaire

ASKED = """
- {id: weight, type: decimal, text: Quel est votre poids ?, minimum: 2.5, maximum: 250, unit: kg}
- {id: began, type: date, text: Depuis quand ?, earliest: "2020-01-01", latest: "2026-12-31"}
- {id: heavy, type: short_text, text: Pourquoi ?, shown_if: weight > 80}
"""


@pytest.mark.parametrize(
    ("typed", "kept"), [("72,50", "72.5"), ("72.5 kg", "72.5"), ("80", "80"), ("080,0", "80"), ("2,5", "2.5")]
)
def test_a_decimal_is_kept_with_a_point_and_without_idle_zeros(typed, kept):
    assert decode(questionnaire(ASKED).item("weight"), typed, ";") == {"weight": kept}


@pytest.mark.parametrize("typed", ["2,4", "251", "soixante", "1,2,3", "72,", "nan", "1e3"])
def test_what_is_no_number_within_bounds_is_refused(typed):
    asked = questionnaire(ASKED)
    with pytest.raises(UnknownAnswer, match="un nombre de 2,5 à 250 kg est attendu"):
        decode(asked.item("weight"), typed, ";")
    assert [fault.sentence for fault in validate(asked, {"weight": [typed]}).faults] == [
        "Donnez un nombre de 2,5 à 250 kg."
    ]


def test_a_date_is_kept_as_a_day_whichever_way_it_is_written():
    item = questionnaire(ASKED).item("began")
    assert decode(item, "03/04/2023", ";")["began"] == "2023-04-03"
    assert decode(item, "03/04/2023", ";", american=True)["began"] == "2023-03-04"
    assert decode(item, "2023-04-03", ";")["began"] == "2023-04-03"
    for wrong in ("2019-12-31", "31/02/2023", "hier"):
        with pytest.raises(UnknownAnswer, match="à partir du 01/01/2020 jusqu'au 31/12/2026"):
            decode(item, wrong, ";")


def test_a_condition_compares_a_decimal():
    asked = questionnaire(ASKED)
    given = validate(asked, {"weight": ["80,5"], "heavy": ["la table"]}).answers
    assert given == {"weight": "80.5", "heavy": "la table"}
    assert validate(asked, {"weight": ["79,9"], "heavy": ["la table"]}).answers == {"weight": "79.9"}


def test_the_codebook_tells_the_bounds_and_the_answers_that_say_nothing():
    asked = questionnaire(
        ASKED + "- {id: sex, type: single, text: Sexe, choices: [{id: man, label: Un homme},"
        " {id: silent, label: Sans réponse, missing: true}]}"
    )
    told = codebook_csv(asked)
    assert "2.5 = minimum | 250 = maximum" in told
    assert "2020-01-01 = premier jour | 2026-12-31 = dernier jour" in told
    assert "silent = Sans réponse (compté comme non répondu)" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("- {id: n, type: integer, text: N, minimum: 0.5, maximum: 3}", "de « n » doit être un nombre entier"),
        ("- {id: n, type: decimal, text: N, minimum: 3, maximum: 0.5}", "doit être sous son maximum"),
        ('- {id: d, type: date, text: D, earliest: "2026-02-01", latest: "2026-01-01"}', "doit venir avant « latest »"),
        ("- {id: s, type: single, text: S, choices: [{id: a, label: A, unticked: true}, {id: b, label: B}]}",
         "« unticked » ne sert qu'aux questions « several »"),
        ("- {id: s, type: several, text: S, choices: [{id: a, label: A, unticked: true}, {id: b, label: B}]}",
         "ajoutez « exclusive: true »"),
        ("- {id: s, type: single, text: S, choices: [{id: a, label: A, missing: true}]}",
         "aucune réponse de « s » ne dit rien"),
    ],
)  # fmt: skip
def test_a_definition_that_cannot_hold_is_told(asked, said):
    with pytest.raises(ProblemsFound) as found:
        questionnaire(asked)
    assert said in str(found.value)


def test_an_answer_that_says_nothing_is_no_degree_of_a_scale():
    item = questionnaire(
        "- {id: mood, type: likert, text: Humeur, choices: [{score: 1, label: Basse}, {score: 2, label: Haute},"
        " {id: unsaid, label: Ne se prononce pas, missing: true}]}"
    ).item("mood")
    assert [(choice.id, choice.score) for choice in item.choices] == [("1", 1), ("2", 2), ("unsaid", None)]
