"""The two directories: colleagues who agreed to be listed, and services that anyone may correct."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from divan.forum.front_matter import latest_day, one_line, read_line
from divan.forum.group import ANY_GROUP, Group
from divan.forum.model import Member, Service
from divan.forum.post_text import decode
from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.schema import Schema, schema_problems
from divan.sources.slug import slug
from divan.sources.yaml_source import YamlSource, read_yaml

_FAULT = FaultKind("A01")

Entry = TypeVar("Entry", bound=Member | Service)
ENDS = "expires"  # le seul jour qui soit à venir
STALE_AFTER = timedelta(days=365)


def load_members(root: Path, group: Group, today: date) -> tuple[Member, ...]:
    """Members of the repository at ``root`` whose consent still holds, in the order of their names."""
    members = _load(root, "members", lambda path, text: read_member(path, text, group))
    return tuple(member for member in members if is_listed(member, today))


def load_services(root: Path, group: Group) -> tuple[Service, ...]:
    """Services of the repository at ``root``, in the order of their names."""
    return _load(root, "services", lambda path, text: read_service(path, text, group))


def is_stale(service: Service, today: date) -> bool:
    """Whether nobody has verified an entry for a year: what it says may no longer be true."""
    return today - service.verified_on > STALE_AFTER


def is_listed(member: Member, today: date) -> bool:
    """Whether consent has been given and has not run out; its last day still counts."""
    return member.consent <= today <= member.expires


def read_member(path: str, text: str, group: Group = ANY_GROUP) -> Member:
    """Read one member's file, whatever the state of their consent; raises ProblemsFound."""
    source = _read(path, text, group.schema("member"))
    row, (consent, expires) = source.value, _days(source, "consent", "expires")
    if expires < consent:
        line = source.line_of(("expires",))
        raise ProblemsFound([_FAULT(path, line, "un accord ne finit pas avant d'avoir été donné", "corrigez la date")])
    return Member(
        id=Path(path).stem,
        name=read_line(row, "name"),
        specialty=read_line(row, "specialty"),
        skills=_lines(row, "skills"),
        town=read_line(row, "town"),
        departement=row["departement"],
        contact=read_line(row, "contact"),
        about=read_line(row, "about"),
        consent=consent,
        expires=expires,
    )


def read_service(path: str, text: str, group: Group = ANY_GROUP) -> Service:
    """Read one service's file; raises ProblemsFound."""
    source = _read(path, text, group.schema("service"))
    row, (verified_on,) = source.value, _days(source, "verified_on")
    return Service(
        id=Path(path).stem,
        name=read_line(row, "name"),
        kind=row["kind"],
        topics=_lines(row, "topics"),
        town=read_line(row, "town"),
        departement=row["departement"],
        phone=read_line(row, "phone"),
        email=read_line(row, "email"),
        website=row.get("website", ""),
        audience=read_line(row, "audience"),
        access=read_line(row, "access"),
        verified_on=verified_on,
    )


def _read(path: str, text: str, schema: Schema) -> YamlSource:
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, schema))
    return source


def _days(source: YamlSource, *keys: str) -> list[date]:
    days, problems = [], []
    for key in keys:
        line = source.line_of((key,))
        try:
            day = date.fromisoformat(source.value[key])
        except ValueError:
            message = f"« {key} » doit être un jour qui existe"
            problems.append(_FAULT(source.path, line, message, "écrivez-le ainsi : 2026-03-14"))
            continue
        if key != ENDS and day > latest_day():
            problems.append(_FAULT(source.path, line, f"« {key} » est au plus demain", "corrigez cette date"))
        days.append(day)
    stop_if(problems)
    return days


def _lines(row: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(one_line(text) for text in row.get(key) or ())


def _load(root: Path, folder: str, read: Callable[[str, str], Entry]) -> tuple[Entry, ...]:
    problems: list[Problem] = []
    entries: list[Entry] = [*_entries(root, folder, read, problems)]
    stop_if(problems)
    entries.sort(key=_by_name)
    return tuple(entries)


def _by_name(entry: Member | Service) -> tuple[str, str]:
    return slug(entry.name), entry.id


def _entries(root: Path, folder: str, read: Callable[[str, str], Entry], problems: list[Problem]) -> Iterator[Entry]:
    for file in sorted((root / "content" / folder).glob("*.yaml")):
        path = file.relative_to(root).as_posix()
        try:
            yield read(path, decode(path, file.read_bytes()))
        except ProblemsFound as found:
            problems += found.problems
