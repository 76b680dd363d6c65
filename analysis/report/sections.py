"""The order of a results page: which tables and figures stand under which heading."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.figures.figure import Figure
from analysis.report.publication import Publication
from analysis.tables.families import families
from analysis.tables.family import Heading
from analysis.tables.table import Table


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page; ``folded`` parts open at the reader's wish."""

    id: str
    title: str
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    heading: Heading
    title: str
    figures: tuple[str, ...] = ()
    folded: bool = False


ORDER = (
    _Place(Heading.PRIMARY, "Critère principal"),
    _Place(Heading.PROPORTIONS, "Réponses", ("proportions",)),
    _Place(Heading.PROPORTIONS_BY, "Réponses selon le groupe"),
    _Place(Heading.PARTICIPANTS, "Qui a répondu", ("flow",)),
    _Place(Heading.ITEMS, "Question par question", ("boxes",)),
    _Place(Heading.HABITS, "Changements d'habitudes", ("levels", "levels_by")),
    _Place(Heading.SCORE, "Score selon les caractéristiques"),
    _Place(Heading.ABSENT, "Ceux qui ne sont pas analysés"),
    _Place(Heading.ACTIVITY, "Activité du groupe", ("activity",)),
    _Place(Heading.CONSISTENCY, "Cohérence du score"),
    _Place(Heading.TRANSITIONS, "D'une réponse à l'autre", folded=True),
    _Place(Heading.OTHERS, "Autres tableaux"),
)


def sections(publication: Publication) -> list[Section]:
    """The parts that have something to show, in order."""
    drawn = {spec.id: spec.show for spec in publication.cohort.plan.figures}
    found = []
    for place in ORDER:
        tables = tuple(one for one in publication.tables if families()[one.kind].heading is place.heading)
        figures = tuple(one for one in publication.figures if drawn[one.id] in place.figures)
        if tables or figures:
            found.append(Section(place.heading, place.title, tables, figures, place.folded))
    return found
