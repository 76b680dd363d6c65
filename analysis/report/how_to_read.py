"""How to read a results page, for whoever has never read a statistic: only what this page shows is explained."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.report.publication import Publication
from analysis.tables.cells import Interval, Masked
from divan.sources.french import number, percent, typographic


def reading(publication: Publication) -> list[str]:
    """One sentence a notion met on the page."""
    return [typographic(one) for one in _sentences(publication)]


def _sentences(publication: Publication) -> Iterator[str]:
    plan, cells = publication.cohort.plan, [cell for table in publication.tables for _, _, cell in table.walk()]
    tables = publication.tables
    if any(isinstance(cell, Interval) for cell in cells):
        yield (
            f"Un intervalle de confiance à {percent(plan.confidence, 0)} dit entre quelles valeurs se tient l'écart ou "
            "la part, chez les personnes que celles-ci représentent ; plus il est large, moins on en sait."
        )
    if any(table.tests for table in tables):
        without = "quand rien n'a changé" if publication.cohort.study.pairing else "si rien ne différait"
        yield (
            f"Un p dit si un écart aussi grand serait rare {without} ; sous "
            f"{number(plan.alpha, 2)}, on le juge trop rare pour le hasard. Il ne dit pas si l'écart est grand : "
            "cela, l'intervalle le dit."
        )
    if any(isinstance(cell, Masked) for cell in cells):
        yield "« Masqué » : le chiffre reposerait sur trop peu de personnes."
