"""The order of a results page: which tables and figures stand under which heading."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.figures.figure import Figure
from analysis.report.publication import Publication
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
class _Plan:
    id: str
    title: str
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    folded: bool = False


ORDER = (
    _Plan("critere-principal", "Critère principal", ("composite_change",)),
    _Plan("proportions", "Réponses", ("proportions",), ("proportions",)),
    _Plan("proportions-par-groupe", "Réponses selon le groupe", ("proportions_by",)),
    _Plan("participants", "Qui a répondu", ("characteristics",), ("flow",)),
    _Plan("questions", "Question par question", ("item_levels", "item_means"), ("boxes",)),
    _Plan("temps", "Changements d'habitudes", ("ordinal_change",), ("levels", "levels_by")),
    _Plan("score", "Score selon les caractéristiques", ("score_by", "regression")),
    _Plan("absents", "Ceux qui ne sont pas analysés", ("group_comparison", "group_means")),
    _Plan("activite", "Activité du groupe", (), ("activity",)),
    _Plan("coherence", "Cohérence du score", ("consistency",)),
    _Plan("transitions", "D'une réponse à l'autre", ("transitions",), (), True),
)


def sections(publication: Publication) -> list[Section]:
    """The parts that have something to show, in order."""
    plan = publication.cohort.plan
    shows = {spec.id: spec.show for spec in plan.tables}
    drawn = {spec.id: spec.show for spec in plan.figures}
    found = []
    for part in ORDER:
        tables = tuple(one for one in publication.tables if _family(one.id, shows) in part.tables)
        figures = tuple(one for one in publication.figures if drawn[one.id] in part.figures)
        if tables or figures:
            found.append(Section(part.id, part.title, tables, figures, part.folded))
    return found


def _family(table_id: str, shows: dict[str, str]) -> str:
    """The kind of a table; « transitions-moral » is one of those of « transitions »."""
    return shows.get(table_id) or shows.get(table_id.rsplit("-", 1)[0], "")
