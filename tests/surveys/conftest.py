from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from surveys.definition import parse_questionnaire
from surveys.model import Study
from surveys.questionnaire import Questionnaire
from surveys.study import load_study
from tests.places import GROUP

STUDY = """
title: Étude d'essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves:
  - {id: before, label: Avant, questionnaire: before.yaml, opens: "2026-01-01", closes: "2026-01-31"}
  - {id: after, label: Après, questionnaire: after.yaml, opens: "2026-03-01", closes: "2026-03-31"}
pairing: {before: before, after: after, code: code, complete: [mood], stable: [town]}
roster: roster.csv
"""

SMALL = """
title: Petit questionnaire
version: "1"
sections:
  - id: all
    title: Tout
    items:
      - {id: code, type: code, format: digits, length: 4, text: Votre code}
      - {id: mood, type: scale, text: Votre humeur}
      - id: town
        type: single
        text: Votre ville
        choices: [{id: poitiers, label: Poitiers}, {id: niort, label: Niort}]
"""


@pytest.fixture(scope="session")
def pilot() -> Study:
    """Two waves, answers and a roster, of the small group."""
    return load_study(GROUP / "surveys" / "pilote")


def questionnaire(items: str, path: str = "q.yaml") -> Questionnaire:
    """A one-page questionnaire from the YAML of its items."""
    head = 'title: Essai\nversion: "1"\nsections:\n  - id: page\n    title: Page\n    items:\n'
    indented = "".join(f"      {line}\n" for line in dedent(items).strip().splitlines())
    return parse_questionnaire("q", path, head + indented)


@pytest.fixture
def asking() -> Callable[[str], Questionnaire]:
    return questionnaire


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with one small study, ``essai``, of two waves and a roster."""
    folder = tmp_path / "surveys" / "essai"
    folder.mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    for name in ("before.yaml", "after.yaml"):
        (folder / name).write_text(SMALL, encoding="utf-8")
    (folder / "roster.csv").write_text("code\n0001\n0002\n0003\n0004\n", encoding="utf-8")
    return tmp_path
