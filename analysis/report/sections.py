"""The order of a results page: which tables and figures stand under which heading."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.figures.figure import Figure
from analysis.report.publication import Publication
from analysis.tables.families import families
from analysis.tables.family import ReportHeading
from analysis.tables.table import Table


@dataclass(frozen=True, slots=True)
class PageSection:
    """One part of the page; its tables are read at once when it is ``open``, else each at the reader's wish."""

    id: str
    title: str
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class _Place:
    heading: ReportHeading
    title: str
    figures: tuple[str, ...] = ()
    open: bool = False


ORDER = (
    _Place(ReportHeading.PRIMARY, "Critère principal", open=True),
    _Place(ReportHeading.PROPORTIONS, "Réponses", ("proportions",), open=True),
    _Place(ReportHeading.PROPORTIONS_BY, "Réponses selon le groupe"),
    _Place(ReportHeading.PARTICIPANTS, "Qui a répondu", ("flow",)),
    _Place(ReportHeading.ITEMS, "Question par question", ("likert", "boxes", "trend", "alluvial")),
    _Place(ReportHeading.HABITS, "Changements d'habitudes", ("levels", "levels_by")),
    _Place(ReportHeading.SCORE, "Score selon les caractéristiques", ("forest",)),
    _Place(ReportHeading.ABSENT, "Ceux qui ne sont pas analysés"),
    _Place(ReportHeading.ACTIVITY, "Activité du groupe", ("activity", "posts_by_day", "posts_by_hour", "replies")),
    _Place(ReportHeading.CODING, "De quoi l'on a parlé", ("themes_treemap", "themes_by_day", "saturation")),
    _Place(ReportHeading.WORDS, "Les mots", ("word_cloud",)),
    _Place(ReportHeading.CONSISTENCY, "Cohérence du score"),
    _Place(ReportHeading.TRANSITIONS, "D'une réponse à l'autre"),
    _Place(ReportHeading.OTHERS, "Autres tableaux"),
)


def sections(publication: Publication) -> list[PageSection]:
    """The parts that have something to show, in order; where nothing else is open, the first is."""
    drawn = {spec.id: spec.show for spec in publication.cohort.plan.figures}
    found = []
    for place in ORDER:
        tables = tuple(one for one in publication.tables if families()[one.kind].heading is place.heading)
        figures = tuple(one for one in publication.figures if drawn[one.id] in place.figures)
        if tables or figures:
            found.append(PageSection(place.heading, place.title, tables, figures, place.open))
    first = next((one for one in found if one.tables), None)
    return [replace(one, open=one.open or one is first) for one in found]
