"""The group's own dates, ``content/agenda.yaml``: trainings, meetings. Those of surveys come from the studies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from divan.forum.front_matter import one_line, read_line
from divan.forum.post_text import decode
from divan.sources.problem import FaultKind, Problem, stop_if
from divan.sources.schema import schema_problems
from divan.sources.yaml_source import YamlSource, read_yaml

_FAULT = FaultKind("A05")

AGENDA_PATH = "content/agenda.yaml"
_SCHEMA = Path(__file__).parent / "schemas" / "agenda.schema.json"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A date to keep, from ``first`` to ``last``; the whole day when ``starts`` and ``ends`` are not told."""

    id: str
    title: str
    first: date
    last: date
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    link: str = ""
    about: str = ""


def load_agenda(root: Path) -> tuple[Appointment, ...]:
    """Appointments of the repository at ``root``, none without such a file; raises ProblemsFound."""
    file = root / AGENDA_PATH
    return read_agenda(AGENDA_PATH, decode(AGENDA_PATH, file.read_bytes())) if file.is_file() else ()


def read_agenda(path: str, text: str) -> tuple[Appointment, ...]:
    """Read a group's appointments; raises ProblemsFound, also when one ends before it begins or two share an id."""
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, _SCHEMA))
    found = [_appointment(row) for row in source.value or ()]
    stop_if([*_backwards(source, found), *_twins(source, found)])
    return tuple(sorted(found, key=lambda one: (one.first, one.starts or time.min, one.id)))


def _appointment(row: dict[str, Any]) -> Appointment:
    first = date.fromisoformat(row["day"])
    last = date.fromisoformat(row["until"]) if "until" in row else first
    starts, ends = (time.fromisoformat(row[key]) if key in row else None for key in ("from", "to"))
    title, place, about = (read_line(row, key) for key in ("title", "place", "about"))
    return Appointment(row["id"], title, first, last, starts, ends, place, one_line(row.get("link", "")), about)


def _backwards(source: YamlSource, found: list[Appointment]) -> Iterator[Problem]:
    for place, one in enumerate(found):
        begins, ends = (one.first, one.starts or time.min), (one.last, one.ends or time.max)
        if ends <= begins:
            key = "until" if one.last < one.first else "to"
            message = "un rendez-vous doit finir après avoir commencé"
            yield _FAULT(source.path, source.line_of((place, key)), message, "corrigez le jour ou l'heure")


def _twins(source: YamlSource, found: list[Appointment]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, one in enumerate(found):
        if one.id in seen:
            message = f"un identifiant ne sert qu'une fois, et « {one.id} » est déjà pris"
            yield _FAULT(source.path, source.line_of((place, "id")), message, "changez l'un des deux")
        seen.add(one.id)
