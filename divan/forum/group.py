"""What a group has of its own, ``content/forum.yaml``: its territory, its areas of help, the kinds of its services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from divan.forum.abbreviations import Abbreviations, load_own
from divan.forum.model import Named
from divan.forum.names import load_names
from divan.forum.post_text import decode
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.sources.problem import FaultKind, Problem, ProblemsFound, noted, stop_if
from divan.sources.schema import Schema, schema_problems
from divan.sources.sealed import is_recipient
from divan.sources.yaml_source import YamlSource, read_yaml

_FAULT = FaultKind("A02")

GROUP_PATH = "content/forum.yaml"
SCHEMAS = Path(__file__).parent / "schemas"
_FIXED_BY_THE_GROUP = {
    "case": ("departement",), "topic": ("departement", "area"), "member": ("departement",),
    "service": ("departement", "kind"),
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A group's facts, in the file's order; one without places, areas or services takes any word for one."""

    territory: str = ""
    place: str = "Lieu"
    places: tuple[tuple[str, str], ...] = ()
    areas: tuple[Named, ...] = ()
    services: tuple[Named, ...] = ()
    services_title: str = "Services"
    names: GroupNames = NO_NAMES
    abbreviations: Abbreviations = field(default_factory=dict)
    sealed_for: tuple[str, ...] = ()

    def area(self, area_id: str) -> Named:
        """The area of help of this id."""
        return self._named["area", area_id] if ("area", area_id) in self._named else _unnamed(area_id)

    def service(self, kind_id: str) -> Named:
        """The kind of service of this id."""
        return self._named["kind", kind_id] if ("kind", kind_id) in self._named else _unnamed(kind_id)

    def place_label(self, code: str) -> str:
        """The name of a place, with its code when it says something else."""
        name = dict(self.places).get(code, code)
        return f"{name} ({code})" if name != code else code

    def facts(self, name: str) -> Mapping[str, str]:
        """The values of ``places``, ``areas`` or ``services``, each with its words; none for another name."""
        listed = {"areas": self.areas, "services": self.services}
        if name == "places":
            return {code: self.place_label(code) for code, _ in self.places}
        return {one.id: one.label for one in listed.get(name, ())}

    def schema(self, name: str) -> Schema:
        """The schema of this name, with the values that this group allows."""
        if name not in self._schemas:  # demandé à chaque message
            values = tuple((key, self._allowed[key]) for key in _FIXED_BY_THE_GROUP.get(name, ()) if self._allowed[key])
            self._schemas[name] = Schema(SCHEMAS / f"{name}.schema.json", values)
        return self._schemas[name]

    @cached_property
    def _schemas(self) -> dict[str, Schema]:
        return {}

    @cached_property
    def _named(self) -> dict[tuple[str, str], Named]:
        areas = {("area", area.id): area for area in self.areas}
        return areas | {("kind", kind.id): kind for kind in self.services}

    @cached_property
    def _allowed(self) -> dict[str, tuple[str, ...]]:
        return {
            "departement": tuple(code for code, _ in self.places),
            "area": tuple(area.id for area in self.areas),
            "kind": tuple(kind.id for kind in self.services),
        }


ANY_GROUP = Group()


def load_group(root: Path) -> Group:
    """Read the facts and the names of the repository at ``root``; raises ProblemsFound with all faults."""
    problems: list[Problem] = []
    group, names, abbreviations = ANY_GROUP, NO_NAMES, ANY_GROUP.abbreviations
    with noted(problems):
        group = _load_facts(root / GROUP_PATH)
    with noted(problems):
        names = load_names(root)
    with noted(problems):
        abbreviations = load_own(root)
    stop_if(problems)
    return replace(group, names=names, abbreviations=abbreviations)


def _load_facts(file: Path) -> Group:
    if not file.is_file():
        message = "ce fichier doit dire le territoire du groupe, ses domaines d'entraide et ses genres de services"
        raise ProblemsFound([_FAULT(GROUP_PATH, None, message, "« divan init » en écrit un à changer")])
    return read_group(GROUP_PATH, decode(GROUP_PATH, file.read_bytes()))


def read_group(path: str, text: str) -> Group:
    """Read a group's facts; raises ProblemsFound, also when two areas share an id or a page."""
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, SCHEMAS / "forum.schema.json"))
    stop_if([*_twins(source, "areas"), *_twins(source, "services"), *_no_recipients(source)])
    row = source.value
    return Group(
        territory=row.get("territory", ""),
        place=row.get("place", Group.place),
        places=tuple(row["places"].items()),
        areas=tuple(Named(**area) for area in row["areas"]),
        services=tuple(Named(**kind) for kind in row["services"]),
        services_title=row.get("services_title", Group.services_title),
        sealed_for=tuple(row.get("sealed_for", ())),
    )


def _no_recipients(source: YamlSource) -> Iterator[Problem]:
    for index, word in enumerate(source.value.get("sealed_for", ())):
        if not is_recipient(word):
            message = "ce n'est pas une clé publique d'« age »"
            remedy = "recopiez-la en entier ; « divan members identity » dit la vôtre"
            yield _FAULT(source.path, source.line_of(("sealed_for", index)), message, remedy)


def _twins(source: YamlSource, key: str) -> Iterator[Problem]:
    for name in ("id", "page"):
        seen: set[str] = set()
        for index, row in enumerate(source.value[key]):
            if row[name] in seen:
                message = f"« {row[name]} » ne sert qu'une fois dans « {key} »"
                yield _FAULT(source.path, source.line_of((key, index, name)), message, "changez l'un des deux")
            seen.add(row[name])


def _unnamed(word: str) -> Named:
    return Named(word, word, word.replace("_", "-"))
