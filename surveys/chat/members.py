"""The list of a group's members that goes with an export: who they are, their other names, what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.chat.chat_rules import NOT_KNOWN, ChatRules
from surveys.chat.naming_people import identity
from surveys.shapes.grid import read_grid

_WANTED = ("name", "gender", "specialty")
_ALIASES = "aliases"


@dataclass(frozen=True, slots=True)
class ListedMember:
    """Somebody of the list, with every name that the thread may give them."""

    names: tuple[str, ...]
    gender: str
    specialty: str


@dataclass(frozen=True, slots=True)
class MemberList:
    """The people listed, and who bears each name; nobody when no list was given."""

    people: tuple[ListedMember, ...] = ()
    by_name: Mapping[str, str] | None = None

    def person(self, name: str) -> str:
        """The identity of whoever bears this name: that of the list's first name for them, when they are listed."""
        own = identity(name)
        return (self.by_name or {}).get(own, own)


def read_members(path: Path, rules: ChatRules) -> MemberList:
    """The list of ``members.csv``; ProblemsFound with every fault of it, which never quote a name."""
    rows = [cells for _, cells in read_grid(path, known=_WANTED)[0].lines]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in _WANTED if name not in heads]
    if missing:
        message = f"les colonnes doivent être {', '.join(_WANTED)}, et « {_ALIASES} » si vous voulez ; il manque "
        raise ProblemsFound([Problem(path.name, 1, message + ", ".join(missing), "renommez-les")])
    lines = [(n, dict(zip(heads, (cell.strip() for cell in row), strict=False))) for n, row in enumerate(rows[1:], 2)]
    lines = [(n, row) for n, row in lines if any(row.values())]
    stop_if(Problem(path.name, *fault) for fault in _faults(lines, rules))
    people = tuple(_listed(row) for _, row in lines)
    by_name = {identity(name): identity(one.names[0]) for one in people for name in one.names}
    return MemberList(people, by_name)


def _listed(row: Mapping[str, str]) -> ListedMember:
    others = (name.strip() for name in row.get(_ALIASES, "").split(";"))
    names = (row["name"], *(name for name in others if name))
    return ListedMember(names, row.get("gender") or NOT_KNOWN, row.get("specialty") or NOT_KNOWN)


def _faults(lines: list[tuple[int, dict[str, str]]], rules: ChatRules) -> Iterator[tuple[int, str, str]]:
    seen: dict[str, int] = {}
    for n, row in lines:
        if not row.get("name"):
            yield n, "cette personne n'a pas de nom", "écrivez le nom que montre l'export, ou son numéro"
            continue
        for name in {identity(one) for one in _listed(row).names}:
            if name in seen:
                yield n, f"un nom de cette ligne est déjà à la ligne {seen[name]}", "gardez une ligne par personne"
            seen[name] = n
        for column, table in (("gender", rules.genders), ("specialty", rules.specialties)):
            code = row.get(column) or NOT_KNOWN
            if table and code not in table:
                known = ", ".join(table)
                yield n, f"« {column} » doit être l'un de {known}", "corrigez-le, ou déclarez-le dans study.yaml"
