"""A small study of two waves of the same people, with something for each kind of model to explain."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

STUDY = """
title: Recours au groupe
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves:
  - {id: before, label: Avant, questionnaire: before.yaml, opens: "2023-01-01", closes: "2023-01-31"}
  - {id: after, label: Après, questionnaire: after.yaml, opens: "2023-06-01", closes: "2023-06-30"}
pairing: {before: before, after: after, code: code, complete: [calm]}
"""
SCALES = """
scales:
  agreement: [{score: 5, label: Oui}, {score: 4, label: Plutôt}, {score: 3, label: Entre}, {score: 2, label: Peu},
              {score: 1, label: Non}]
"""
PLACES = "{id: town, label: Ville}, {id: suburb, label: Banlieue}, {id: country, label: Campagne}"
ASKED = """
sections:
  - id: all
    title: Tout
    items:
      - {id: code, type: code, format: digits, length: 4, required: true, text: Code}
      - {id: calm, type: likert, text: Calme, choices: agreement}
      - {id: heard, type: likert, text: Entendu, choices: agreement}
"""
BEFORE = """
title: Avant
version: "1"
""" + SCALES + ASKED + """
      - {id: sex, type: single, text: Sexe, choices: [{id: man, label: Un homme}, {id: woman, label: Une femme}]}
      - {id: age, type: integer, text: Âge, minimum: 18, maximum: 999999999, unit: ans}
      - id: place
        type: single
        text: Lieu
        choices: [""" + PLACES + """]
"""  # fmt: skip
AFTER = """
title: Après
version: "1"
""" + SCALES + ASKED + """
      - {id: useful, type: likert, text: Utile, choices: agreement}
      - {id: again, type: single, text: Recommencer, choices: [{id: "no", label: Non}, {id: "yes", label: Oui}]}
      - {id: posts, type: integer, text: Messages, minimum: 0, maximum: 999999999}
"""  # fmt: skip
WHO = "variables: [sex, age, place]"
TABLES = f"""
  - {{id: M1, show: regression, title: Recommencer, model: logistic, outcome: again, event: "yes", {WHO}}}
  - {{id: M2, show: regression, title: Utile, model: ordinal, outcome: useful, {WHO}}}
  - {{id: M3, show: regression, title: Messages, model: poisson, outcome: posts, {WHO}}}
  - {{id: M4, show: regression, title: Messages encore, model: negative_binomial, outcome: posts, {WHO}}}
  - {{id: M5, show: regression, title: Le score, model: mixed, {WHO}}}
  - {{id: M6, show: regression, title: Le score après, baseline: true, {WHO}}}
"""
FIGURES = """
figures:
  - {id: F1, show: forest, title: Recommencer, table: M1}
  - {id: F2, show: forest, title: Le score, table: M5}
"""
PLAN = """
date: 2022-12-01
threshold: {threshold}
threshold_reason: Réponses inventées.
composite: {{id: score, label: Aisance, items: [{{id: calm, label: Calme}}, {{id: heard, label: Entendu}}]}}
variables:
  - {{id: sex, label: Sexe}}
  - {{id: age, label: Âge}}
  - {{id: place, label: Lieu}}
  - {{id: useful, label: Utile}}
  - {{id: again, label: Recommencer}}
  - {{id: posts, label: Messages}}
tables:{tables}{figures}"""

Answers = dict[str, dict[str, str]]


def person(n: int) -> Answers:
    """What the n-th person answers, by a rule that R can follow: the two waves, each by question."""
    woman, far = n % 3 > 0, n % 5 == 0
    place = "country" if far else "suburb" if n % 4 == 1 else "town"
    calm, heard = 1 + (3 * n + n // 4) % 5, 1 + (7 * n + n // 3) % 4
    useful = min(5, 1 + (n + 2 * woman + n // 7) % 5)
    return {
        "before": {
            "code": f"{n:04}", "calm": str(calm), "heard": str(heard), "sex": "woman" if woman else "man",
            "age": str(24 + (11 * n) % 37), "place": place},
        "after": {
            "code": f"{n:04}", "calm": str(min(5, calm + (n % 2))), "heard": str(1 + (5 * n + woman) % 5),
            "useful": str(useful), "again": "yes" if (n * n + woman + n // 6) % 5 < 3 else "no",
            "posts": str(((n * 7) % 11) * (1 + far) * (n % 4 > 0))},
    }  # fmt: skip


def write_study(
    folder: Path, people: int = 72, change: Callable[[int, Answers], Answers] | None = None, *,
    threshold: int = 1, tables: str = TABLES, figures: str = FIGURES, labels: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """The files of the study; ``change`` has the last word on what each person answers, ``labels`` on the questions."""
    (folder / "responses").mkdir(parents=True)
    before, after = BEFORE, AFTER
    for said, instead in (labels or {}).items():
        before, after = before.replace(said, instead), after.replace(said, instead)
    files = {"study.yaml": STUDY, "before.yaml": before, "after.yaml": after,
             "plan.yaml": PLAN.format(threshold=threshold, tables=tables, figures=figures)}  # fmt: skip
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    everybody = [person(n) if change is None else change(n, person(n)) for n in range(1, people + 1)]
    for wave, day in (("before", "2023-01-15"), ("after", "2023-06-15")):
        asked = ["calm", "heard", *(["sex", "age", "place"] if wave == "before" else ["useful", "again", "posts"])]
        with (folder / "responses" / f"{wave}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(["response", "date", "code", *asked])
            for n, one in enumerate(everybody, 1):
                if any(one[wave].get(name) for name in asked):
                    lines.writerow(
                        [f"{wave}-{n:04}", day, one[wave]["code"], *(one[wave].get(name, "") for name in asked)]
                    )
