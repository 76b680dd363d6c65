"""A consultation: a question, its free answers grouped into reasons, then a vote on these reasons.

Its first wave asks, its second one votes; ``reasons.yaml`` is what stands between. Free answers are never published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml
from surveys.definition import SCHEMAS
from surveys.model import Study, StudyKind, Wave
from surveys.questionnaire import FREE, Item, ItemType

_FAULT = FaultKind("E04")

REASONS_FILE = "reasons.yaml"


class Stage(StrEnum):
    """Where a consultation stands."""

    BEFORE = "before"
    ASKS = "asks"
    GROUPS = "groups"
    VOTES = "votes"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class GivenReason:
    """What several answers say; ``answers`` is None when they are too few to be counted aloud."""

    id: str
    label: str
    answers: int | None


def stage_of(study: Study, today: date) -> Stage:
    """Where it stands on that day: it groups until the vote opens."""
    asks, vote = study.waves[0], vote_of(study)
    if asks.state(today) != "closed":
        return Stage.BEFORE if asks.state(today) == "before" else Stage.ASKS
    if vote is None or vote.state(today) == "before":
        return Stage.GROUPS
    return Stage.VOTES if vote.state(today) == "open" else Stage.TOLD


def vote_of(study: Study) -> Wave | None:
    """The wave that votes; None while the answers are not grouped."""
    return study.waves[1] if len(study.waves) > 1 else None


def question_of(study: Study) -> Item | None:
    """The free question that it asks."""
    return next((item for item in study.waves[0].questionnaire.items if item.type in FREE), None)


def load_reasons(study: Study) -> tuple[GivenReason, ...]:
    """The reasons, none while the answers are not grouped; raises ProblemsFound."""
    path = study.folder / REASONS_FILE
    if not path.is_file():
        return ()
    shown = f"surveys/{study.id}/{REASONS_FILE}"
    source = read_yaml(shown, read_text(path, shown))
    stop_if(schema_problems(source, SCHEMAS / "reasons.schema.json"))
    return tuple(GivenReason(row["id"], row["label"], row.get("answers")) for row in source.value["reasons"])


def consultation_problems(study: Study) -> Iterator[Problem]:
    """What keeps a consultation from standing on one page: no free question, or a vote on other reasons."""
    if study.kind is not StudyKind.CONSULTATION:
        return
    place = f"surveys/{study.id}"
    if question_of(study) is None:
        yield _FAULT(f"{place}/{study.waves[0].id}", None, "une consultation commence par une question libre",
                      "ajoutez une question « long_text » à sa première vague")  # fmt: skip
    if vote := vote_of(study):
        offered = {choice.id for item in vote.questionnaire.items if item.type is ItemType.SEVERAL
                   for choice in item.choices}  # fmt: skip
        grouped = {reason.id for reason in load_reasons(study)}
        if not grouped or not grouped <= offered:
            message = "le vote doit proposer les raisons de reasons.yaml, toutes"
            remedy = f"« divan consult {study.id} » écrit l'un et l'autre"
            yield _FAULT(f"{place}/{vote.id}", None, message, remedy)


def reasons_path(study: Study) -> Path:
    """Where the reasons are."""
    return study.folder / REASONS_FILE
