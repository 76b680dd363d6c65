"""What a study says of itself (titles, questions, choices, help) names nobody, as whatever else is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from divan.privacy.detect import find_identifiers
from divan.privacy.rules import text_rules
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("I03")

_SAYS_WHOM_TO_WRITE_TO = re.compile(r"^(?:notice|author|authors):(?:.*\n(?:[ \t]+.*\n|- .*\n)*)", re.MULTILINE)
_NAMES_WITH_A_TITLE = frozenset({"titled_name", "close_name"})


def own_words_problems(folder: Path, place: str) -> Iterator[Problem]:
    """Numbers, contacts, birth dates and titled names in the definitions of a study, but for those who answer for it.

    A bare name or a day is left alone: a scale has authors, and a wave has dates.
    """
    without = text_rules() - _NAMES_WITH_A_TITLE
    for file in sorted(folder.glob("*.yaml")):
        text = _SAYS_WHOM_TO_WRITE_TO.sub(_blank, file.read_text(encoding="utf-8"))
        for finding in find_identifiers(text, without):
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield _FAULT(f"{place}/{file.name}", finding.line, says, finding.rule.remedy)


def _blank(lines: re.Match[str]) -> str:
    return "\n" * lines[0].count("\n")
