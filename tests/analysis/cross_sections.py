"""A small study whose two waves are different people: its files, and the answers as the tests and R see them."""

from __future__ import annotations

from pathlib import Path

STUDY = """
title: Barometre
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves:
  - {id: y2022, label: Année 2022, questionnaire: first.yaml, opens: "2022-01-01", closes: "2022-01-31"}
  - {id: y2024, label: Année 2024, questionnaire: second.yaml, opens: "2024-01-01", closes: "2024-01-31"}
"""
FIRST = """
title: Barometre
version: "1"
scales:
  agreement: [{score: 5, label: Oui}, {score: 4, label: Plutôt}, {score: 3, label: Entre}, {score: 2, label: Peu},
              {score: 1, label: Non}]
sections:
  - id: all
    title: Tout
    items:
      - {id: sex, type: single, text: Sexe, choices: [{id: man, label: Un homme}, {id: woman, label: Une femme}]}
      - {id: age, type: integer, text: Âge, minimum: 18, maximum: 99, unit: ans}
      - {id: calm, type: likert, text: Calme, choices: agreement}
      - {id: heard, type: likert, text: Entendu, choices: agreement}
"""
SECOND = FIRST + "      - {id: tools, type: single, text: Outils, choices: [{id: a, label: A}, {id: b, label: B}]}\n"
PLAN = """
date: 2021-12-01
threshold: 1
threshold_reason: Réponses inventées.
composite: {id: score, label: Aisance, items: [{id: calm, label: Calme}, {id: heard, label: Entendu}]}
primary: {endpoint: score, test: mann_whitney, by: wave, smallest_important: 1}
variables:
  - {id: sex, label: Sexe}
  - {id: age, label: Âge}
  - {id: tools, label: Outils}
tables:
  - {id: T1, show: score_difference, title: Le score, by: [wave], tests: [welch_t]}
  - {id: T2, show: item_scores, title: Les questions}
  - {id: T3, show: item_scores, title: Les questions selon la vague, by: [wave]}
  - {id: T4, show: item_levels_by, title: Les degrés, by: [wave]}
  - {id: T5, show: table_one, title: Qui a répondu, variables: [sex, age, tools], by: [wave]}
  - {id: T6, show: proportions_by, title: Part, variables: [sex], by: [wave], tests: [auto, proportion_trend]}
"""


def answers(wave: str) -> list[dict[str, str]]:
    """40 people in 2022, 36 in 2024, by a rule that R can follow; the seventh of each dozen leaves « calm » blank."""
    later = wave == "y2024"
    rows = []
    for n in range(1, 37 if later else 41):
        calm, heard = 1 + (3 * n + n // 4 + later) % 5, 1 + (7 * n + n // 3 + later) % (4 if later else 5)
        row = {"response": f"{wave}-{n:04}", "date": f"{wave[1:]}-01-15", "sex": "woman" if n % 3 else "man",
               "age": str(20 + (11 * n) % 47), "calm": "" if n % 12 == 7 else str(calm),
               "heard": str(heard)}  # fmt: skip
        rows.append(row | ({"tools": "a" if n % 2 else "b"} if later else {}))
    return rows


def write_study(root: Path, plan: str = PLAN) -> Path:
    """The study in ``root/surveys/barometre``; returns its folder."""
    folder = root / "surveys" / "barometre"
    (folder / "responses").mkdir(parents=True, exist_ok=True)
    for name, text in (("study", STUDY), ("first", FIRST), ("second", SECOND), ("plan", plan)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for wave in ("y2022", "y2024"):
        rows = answers(wave)
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        (folder / "responses" / f"{wave}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
