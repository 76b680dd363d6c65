"""The head of a post: YAML between two ``---`` lines, held to its schema, then made into the model's values."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.schema import Schema, schema_problems
from divan.sources.typography import spaces
from divan.sources.yaml_source import YamlSource, read_yaml, split_front_matter

_FAULT = FaultKind("F03")

_SPACES = re.compile(r"[ \t\n]+")


def read_front_matter(
    path: str, text: str, schema: Schema, problems: list[Problem]
) -> tuple[YamlSource | None, str, int]:
    """The head (None when it cannot be used), the body and the body's first line; faults go to ``problems``.

    Raises ProblemsFound when there is no head at all.
    """
    front, body, first_line = split_front_matter(path, text)
    try:
        source = read_yaml(path, front, first_line=2, aliases=False)
    except ProblemsFound as found:
        problems += found.problems
        return None, body, first_line
    faults = [*schema_problems(source, schema)]
    problems += faults
    return (source if not faults else None), body, first_line


def read_date(source: YamlSource, post_id: str, problems: list[Problem]) -> datetime:
    """The local date and time of a post (no zone: France's wall clock); its day is also the id's."""
    try:
        written = datetime.fromisoformat(source.value["date"])
    except ValueError:
        problems.append(_FAULT(source.path, source.line_of(("date",)), "la date doit exister dans le calendrier",
                                "écrivez-la ainsi : 2026-03-14 18:20"))  # fmt: skip
        return datetime.min
    if written.date() > latest_day():
        problems.append(_FAULT(source.path, source.line_of(("date",)), "une date est au plus celle de demain",
                                "corrigez-la, et le nom du fichier avec elle"))  # fmt: skip
    if written.date().isoformat() != post_id[:10]:
        problems.append(_FAULT(source.path, source.line_of(("date",)),
                                f"le jour de la date doit être celui du nom du fichier ({post_id[:10]})",
                                "corrigez l'un ou l'autre"))  # fmt: skip
    return written


def read_day(source: YamlSource, key: str, written: datetime, problems: list[Problem]) -> date | None:
    """A day on which something was done to a post since it was ``written``; None when the head does not say."""
    said = source.value.get(key)
    if said is None:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        problems.append(_FAULT(source.path, source.line_of((key,)), "ce jour doit exister dans le calendrier",
                                "écrivez-le ainsi : 2026-03-20"))  # fmt: skip
        return None
    if not written.date() <= day <= latest_day():
        problems.append(_FAULT(source.path, source.line_of((key,)),
                                "ce jour vient après celui du message, et au plus demain", "corrigez-le"))  # fmt: skip
        return None
    return day


def latest_day() -> date:
    """Tomorrow: clocks and time zones differ by no more."""
    return date.today() + timedelta(days=1)


def read_line(head: dict[str, Any], key: str) -> str:
    """The text of a key as one line, '' when it is absent."""
    return one_line(str(head.get(key) or ""))


def one_line(text: str) -> str:
    """``text`` on one line, with the spaces that French wants before ``: ; ? !`` and in « » made unbreakable."""
    return spaces(_SPACES.sub(" ", text).strip())
