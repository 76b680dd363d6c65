"""A questionnaire or a study that cannot be right is refused, each fault on its line, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.questionnaire import Questionnaire
from surveys.study import load_study

Asking = Callable[[str], Questionnaire]
A, B = "{id: a, label: A}", "{id: b, label: B}"
R = f"- {{id: r, type: single, text: R, choices: [{A}, {B}]}}\n"


def q(kind: str, *keys: str) -> str:
    return f"- {{id: q, type: {kind}, text: Q{''.join(f', {key}' for key in keys)}}}\n"


def offering(kind: str, *choices: str) -> str:
    return q(kind, f"choices: [{', '.join(choices)}]")


@pytest.mark.parametrize(
    ("items", "line", "said"),
    [
        (R + R, 8, "« r » sert à deux questions"),
        ("- {id: date, type: short_text, text: Q}", 7, "« date » est un nom réservé"),
        ("- {id: Q1, type: short_text, text: Q}", 7, "forme attendue"),
        (q("singel"), 7, "vouliez-vous « single »"),
        (q("single"), 7, "doit avoir la clé « choices »"),
        (q("short_text", "minimum: 3"), 7, "n'a pas de clé « minimum »"),
        (q("single", "choices: accord"), 7, "la liste de réponses « accord » n'existe pas"),
        (offering("single", A, "{id: b, label: a}"), 7, "« a » est donné deux fois"),
        (offering("single", "{id: a, label: A, aliases: [B]}", B), 7, "« B » est donné deux fois"),
        (offering("single", A, "{id: a, label: B}"), 7, "sert à deux réponses"),
        (offering("single", A), 7, "n'offre qu'une réponse"),
        (offering("single", A, "{id: c, label: C, exclusive: true}"), 7, "ne sert qu'aux questions « several »"),
        (offering("likert", "{score: 1, label: A}", "{score: 3, label: B}"), 7, "sautent 2"),
        (offering("likert", "{score: 1, label: A}", "{id: x, label: B}"), 7, "doit avoir une valeur"),
        (q("integer", "minimum: 5", "maximum: 5"), 7, "doit être sous son maximum"),
        (q("code", "format: digits"), 7, "combien il en a"),
        (q("consent"), 7, "doit avoir la clé « version »"),
        (q("short_text", "shown_if: r = a"), 7, "parle de « r », qui n'existe pas"),
        (q("short_text", "shown_if: r = a") + R, 7, "qui vient plus loin"),
        (q("short_text", "shown_if: q answered"), 7, "dépend d'elle-même"),
        ("- id: q\n  type: integer\n  text: Q\n  minimum: 9\n  maximum: 3", 10, "doit être sous son maximum"),
        (R + q("short_text", "shown_if: r = c"), 8, "« c » n'est pas une réponse de « r »"),
        (R + q("short_text", "shown_if: r > 2"), 8, "n'est pas un nombre"),
        (R + q("short_text", "shown_if: r =="), 8, "la condition doit se lire"),
    ],
)
def test_a_fault_is_said_on_its_line(asking: Asking, items: str, line: int, said: str) -> None:
    with pytest.raises(ProblemsFound, match=said) as found:
        asking(items)
    assert [problem.line for problem in found.value.problems] == [line]


def test_all_faults_are_said_at_once(asking: Asking) -> None:
    with pytest.raises(ProblemsFound) as found:
        asking("- {id: q, type: single, text: Q}\n- {id: q, type: scale, text: R, minimum: 9, maximum: 2}")
    assert len(found.value.problems) == 3  # no choices, an id used twice, bounds the wrong way round


def test_a_study_is_refused_for_what_its_waves_lack(site: Path) -> None:
    path = site / "surveys" / "essai" / "study.yaml"
    text = path.read_text(encoding="utf-8").replace("complete: [mood]", "complete: [moood]")
    path.write_text(text.replace("after.yaml", "missing.yaml").replace("2026-01-31", "2025-01-31"), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_study(path.parent)
    said = str(found.value)
    assert "surveys/essai/study.yaml:7" in said
    assert "« missing.yaml » n'existe pas" in said
    assert "vouliez-vous « mood »" in said
    assert "après sa fin" in said
