from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from surveys.chat.exported import open_export
from surveys.chat.message import Entry, Message

STUDY = """
title: Un fil d'essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves:
  - {id: closing, label: À la fin, questionnaire: closing.yaml, opens: "2020-06-01", closes: "2020-06-30"}
chat:
  from: "2020-03-17"
  to: "2020-05-10"
"""

CLOSING = """
title: Questionnaire de clôture
version: "1"
sections:
  - id: all
    title: Tout
    items:
      - {id: mood, type: scale, text: Votre humeur}
"""


@pytest.fixture
def study_root(tmp_path: Path) -> Path:
    """A group's folder whose only study, « fil », reads a thread."""
    folder = tmp_path / "surveys" / "fil"
    folder.mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    (folder / "closing.yaml").write_text(CLOSING, encoding="utf-8")
    return tmp_path


@pytest.fixture
def export(tmp_path: Path) -> Callable[[str], Path]:
    """A file that holds this text, less its indentation."""

    def write(text: str) -> Path:
        path = tmp_path / "export.txt"
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def entries_of(export: Callable[[str], Path]) -> Callable[[str], list[Entry]]:
    return lambda text: [*open_export(export(text)).entries()]


@pytest.fixture
def messages_of(entries_of: Callable[[str], list[Entry]]) -> Callable[[str], list[Message]]:
    return lambda text: [one for one in entries_of(text) if isinstance(one, Message)]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]
