"""The names that a group adds to those that are looked for, ``content/names.yaml``: towns, hospitals, nicknames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.forum.post_text import decode
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.sources.problem import FaultKind, Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.schema import schema_problems
from divan.sources.yaml_source import YamlSource, read_yaml

_FAULT = FaultKind("A03")

NAMES_PATH = "content/names.yaml"
_SCHEMA = Path(__file__).parent / "schemas" / "names.schema.json"


def load_names(root: Path) -> GroupNames:
    """Read the names of the repository at ``root``, none when it has no such file; raises ProblemsFound."""
    file = root / NAMES_PATH
    return read_names(NAMES_PATH, decode(NAMES_PATH, file.read_bytes())) if file.is_file() else NO_NAMES


def read_names(path: str, text: str) -> GroupNames:
    """Read a group's names; raises ProblemsFound, also when a name stands twice."""
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, _SCHEMA))
    stop_if([*_twins(source)])
    return GroupNames(**{key: tuple(names) for key, names in source.value.items()})


def _twins(source: YamlSource) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, names in source.value.items():
        for place, name in enumerate(names):
            plain = fold(name).replace("-", " ")
            if plain in seen:
                message = f"un nom ne s'écrit qu'une fois, et « {name} » est déjà dans « {seen[plain]} »"
                yield _FAULT(source.path, source.line_of((key, place)), message, "supprimez l'un des deux")
            seen.setdefault(plain, key)
