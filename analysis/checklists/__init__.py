"""CHERRIES and STROBE: each point filled in from the study where it can be, from the plan where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.checklists.cherries import cherries
from analysis.checklists.strobe import strobe
from analysis.report.publication import Publication
from divan.sources.french import typographic
from divan.sources.yaml_source import read_yaml

FOLDER = Path(__file__).parent
TO_FILL = "À compléter par l'équipe."


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a checklist; ``filled`` is False when nobody has answered it."""

    id: str
    label: str
    answer: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist and its points in order."""

    name: str
    points: tuple[Point, ...]

    @property
    def filled(self) -> int:
        """How many points are answered."""
        return sum(point.filled for point in self.points)


def checklists(publication: Publication) -> tuple[Checklist, ...]:
    """The two checklists of a report; what the plan says of a point goes before what is computed."""
    return tuple(_fill(publication, name, compute(publication)) for name, compute in _COMPUTED.items())


_COMPUTED = {"cherries": cherries, "strobe": strobe}


def _fill(publication: Publication, name: str, computed: dict[str, str]) -> Checklist:
    said = publication.cohort.plan.checklists
    points = []
    for point_id, label in _points(name):
        answer = said.get(f"{name}.{point_id}") or computed.get(point_id, "")
        points.append(Point(point_id, typographic(label), typographic(answer or TO_FILL), bool(answer)))
    return Checklist(name.upper(), tuple(points))


@cache
def _points(name: str) -> tuple[tuple[str, str], ...]:
    path = FOLDER / f"{name}.yaml"
    return tuple(
        (one["id"], one["label"]) for one in read_yaml(path.name, path.read_text(encoding="utf-8")).value["points"]
    )
