"""Nothing that the questionnaire forbids gets through, and what it admits is stored tidy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.decoding import UnknownAnswer, decode
from surveys.questionnaire import Questionnaire
from surveys.responses import Responses, parse_responses, tidy_csv
from surveys.study import load_study
from surveys.validation import validate
from tests.places import GROUP

Asking = Callable[[str], Questionnaire]

ITEMS = """
- {id: code, type: code, format: digits, length: 4, text: Code}
- {id: rpps, type: code, format: rpps, text: RPPS}
- {id: agree, type: consent, version: "2", text: D'accord}
- {id: uses, type: single, text: Usage, choices: [{id: "yes", label: Oui}, {id: "no", label: Non}, {id: x, label: Autre, other: true}]}
- {id: time, type: integer, text: Temps, unit: min, minimum: 0, maximum: 60, required: true, shown_if: uses = yes}
- {id: much, type: short_text, text: Tant que ça ?, length: 5, shown_if: time > 30}
- id: tools
  type: several
  text: Outils
  choices: [{id: a, label: A}, {id: b, label: B}, {id: none, label: Aucun, exclusive: true}, {id: o, label: Autre, other: true}]
- {id: level, type: likert, text: Accord, choices: [{score: 2, label: Oui}, {score: 1, label: Non}]}
- {id: mood, type: scale, text: Humeur}
- {id: words, type: long_text, text: Mots, length: 20}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"code": [" 00 42 "]}, {"code": "0042"}),
        ({"rpps": ["10001234567"[:10] + "5"]}, {"rpps": "10001234565"}),  # 5 is its check digit
        ({"agree": ["2"]}, {"agree": "2"}),
        ({"uses": ["no"]}, {"uses": "no"}),
        ({"uses": ["x"], "uses_other": [" Parfois "]}, {"uses": "x", "uses_other": "Parfois"}),
        ({"uses_other": ["Parfois"]}, {"uses": "x", "uses_other": "Parfois"}),  # written without ticking « Autre »
        ({"uses": ["yes"], "time": ["12"]}, {"uses": "yes", "time": "12"}),
        ({"uses": ["no"], "time": ["12"]}, {"uses": "no"}),  # not asked, so not kept
        ({"uses": ["yes"], "time": ["45"], "much": ["Eh"]}, {"uses": "yes", "time": "45", "much": "Eh"}),
        ({"uses": ["no"], "time": ["45"], "much": ["Eh"]}, {"uses": "no"}),  # nor what hangs on it
        ({"tools": ["b", "a", "b"]}, {"tools": "a;b"}),
        ({"tools": ["a"], "tools_other": ["C"]}, {"tools": "a;o", "tools_other": "C"}),
        ({"level": ["2"]}, {"level": "2"}),
        ({"mood": ["007"]}, {"mood": "7"}),
        ({"words": ["a\r\nb"]}, {"words": "a\nb"}),
        ({"words": ["   "]}, {}),
        ({"submission": ["x"], "website": [""], "unknown": ["y"]}, {}),
    ],
)
def test_what_is_right_is_stored_tidy(asking: Asking, sent: dict[str, list[str]], stored: dict[str, str]) -> None:
    outcome = validate(asking(ITEMS), sent)
    assert (outcome.answers, outcome.faults) == (stored, ())


@pytest.mark.parametrize(
    ("sent", "item"),
    [
        ({"code": ["42"]}, "code"),
        ({"code": ["٠٠٤٢"]}, "code"),  # digits, but not ours
        ({"rpps": ["10001234567"]}, "rpps"),
        ({"agree": ["1"]}, "agree"),
        ({"uses": ["maybe"]}, "uses"),
        ({"uses": ["yes", "no"], "time": ["1"]}, "uses"),
        ({"uses": ["no"], "uses_other": ["Parfois"]}, "uses"),
        ({"uses": ["yes"]}, "time"),
        ({"uses": ["yes"], "time": ["61"]}, "time"),
        ({"uses": ["yes"], "time": ["1e3"]}, "time"),
        ({"uses": ["yes"], "time": ["45"], "much": ["trop long"]}, "much"),
        ({"tools": ["none", "a"]}, "tools"),
        ({"tools": ["none"], "tools_other": ["C"]}, "tools"),
        ({"tools": ["a;b"]}, "tools"),
        ({"level": ["3"]}, "level"),
        ({"mood": ["11"]}, "mood"),
        ({"mood": ["1", "2"]}, "mood"),
        ({"words": ["x" * 21]}, "words"),
        ({"words": ["a\x00b"]}, "words"),
        ({"words": ["a\x1b[31m"]}, "words"),
    ],
)
def test_what_is_wrong_is_refused_without_repeating_it(asking: Asking, sent: dict[str, list[str]], item: str) -> None:
    outcome = validate(asking(ITEMS), sent)
    assert [fault.item for fault in outcome.faults] == [item]
    assert (
        not any(value in outcome.faults[0].sentence for value in sent[item] if len(value) > 3) if item in sent else True
    )


WAVE = load_study(GROUP / "surveys" / "accueil").wave("before")
LIVING = WAVE.questionnaire
VALUES = sorted(
    {choice.id for item in LIVING.items for choice in item.choices} | {"", "5", "abcdefgh", "2026-10", "=1+1", "é"}
)


@given(
    st.dictionaries(
        st.sampled_from(LIVING.columns), st.lists(st.sampled_from(VALUES) | st.text(max_size=8), max_size=3)
    )
)
def test_what_gets_through_reads_back_and_would_be_imported(sent: dict[str, list[str]]) -> None:
    """The three readers of answers agree: the form's validator, the tidy file, the import."""
    answers = validate(LIVING, sent).answers
    row = {
        "response": "before-0001",
        "date": "2026-10-02",
        **{column: answers.get(column, "") for column in LIVING.columns},
    }
    assert parse_responses(WAVE, tidy_csv(Responses(WAVE, (row,))), "x").rows == (row,)
    for item in LIVING.items:
        if f"{item.id}" not in answers:
            continue
        try:
            again = decode(item, answers[item.id], ";", answers.get(f"{item.id}_other", ""))
        except UnknownAnswer:
            pytest.fail(f"{item.id} passe le formulaire mais pas l'import")
        assert again[item.id] == answers[item.id]
