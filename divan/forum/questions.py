"""What a post makes one ask before it is published: facts that together may tell who somebody is. Never a fault."""

from __future__ import annotations

from collections.abc import Iterator

from divan.privacy.combinations import find_combinations
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("N02")


def questions(path: str, text: str, names: GroupNames = NO_NAMES) -> Iterator[Problem]:
    """The questions of a post."""
    head = text[: text.find("\n---", 4) + 1]
    for question in find_combinations(text[len(head) :], names):
        yield _FAULT(path, question.line + head.count("\n"), question.says, question.remedy)
