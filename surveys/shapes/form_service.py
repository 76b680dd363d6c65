"""A form service's own download: every cell quoted, ``2023/03/26 8:03:10 PM UTC+2``, choices joined by ``;``."""

from __future__ import annotations

import re
from pathlib import Path

from divan.sources.problem import Problem
from surveys.questionnaire import Questionnaire
from surveys.shapes.exported_table import ExportedTable, records, resaved

_STAMP = re.compile(r'\n"?\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2}\s[AP]M')


def recognises(text: str, header: tuple[str, ...], questionnaire: Questionnaire) -> bool:
    """True when a row starts with this service's time stamp."""
    return bool(_STAMP.search(text.replace("\r\n", "\n")))


def read(path: Path, text: str, separator: str, questionnaire: Questionnaire) -> tuple[ExportedTable, list[Problem]]:
    """The table, and the faults of its rows."""
    header, rows, problems = records(path, text, separator, questionnaire.heading_rows)
    return ExportedTable(
        "téléchargement du service de formulaires", ";", header, tuple(rows), resaved(separator)
    ), problems
