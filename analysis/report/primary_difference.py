"""The primary endpoint of two groups in plain sentences: how far apart they are, and what the test lets one say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.figures.change import ShownChange
from analysis.report.publication import Publication
from analysis.report.score_scale import score_scale
from analysis.tables.cells import Interval, Masked, Number
from analysis.tables.table import Table, Test
from divan.sources.french import number, p_sentence, percent, typographic

NOT_SHOWN = "Le résultat du critère principal n'est pas publié\u00a0: il repose sur de petits effectifs."
TOO_FEW = "Le critère principal ne se calcule pas\u00a0: il faut au moins deux scores dans chacun des deux groupes."


@dataclass(frozen=True, slots=True)
class TwoMeans:
    """Two groups' means as published, the second less the first, with its interval; ``p`` of the planned test."""

    groups: tuple[str, str]
    means: tuple[float, float]
    difference: float
    bounds: Interval
    p: float | None
    undefined: str


def published_difference(publication: Publication) -> TwoMeans | None:
    """What the published table says of the primary endpoint; None when it may not be shown, or is not of groups."""
    table, composite = publication.table("score_difference"), publication.cohort.plan.composite
    primary = publication.cohort.plan.primary
    if table is None or composite is None or primary is None or not primary.by:
        return None
    cells = [table.cell(composite.id, "mean", column.id) for column in table.columns[:2]]
    cells.append(table.cell(composite.id, "mean_difference", "difference"))
    found = [cell.value for cell in cells if isinstance(cell, Number) and cell.value is not None]
    bounds = table.cell(composite.id, "mean_difference_interval", "difference")
    if len(found) < 3 or not isinstance(bounds, Interval):
        return None
    test = _planned(table, primary.test)
    return TwoMeans((table.columns[0].label, table.columns[1].label), (found[0], found[1]), found[2], bounds,
                 test.result.p_value if test else None, test.result.undefined if test else "")  # fmt: skip


def _planned(table: Table, name: str) -> Test | None:
    return next((one for one in table.tests if one.result.test == name), None)


def difference_sentences(publication: Publication) -> Iterator[str]:
    """The means, their difference and its interval, then what the planned test says; nothing without such a table."""
    plan, apart = publication.cohort.plan, published_difference(publication)
    table = publication.table("score_difference")
    if plan.composite is None or table is None or not publication.cohort.n:
        return
    if apart is None:
        yield NOT_SHOWN if any(isinstance(cell, Masked) for _, _, cell in table.walk()) else TOO_FEW
        return
    first, second = apart.groups
    size = number(abs(apart.difference), 2)
    said = "aucun écart" if size == number(0, 2) else f"{size} de {'plus' if apart.difference > 0 else 'moins'}"
    yield (f"{typographic(plan.composite.label)} : {number(apart.means[0], 2)} en moyenne pour « {first} », "
           f"{number(apart.means[1], 2)} pour « {second} », soit {said}{_within(publication, apart)}.")  # fmt: skip
    yield _tested(publication, apart)


def _within(publication: Publication, apart: TwoMeans) -> str:
    if apart.bounds.low is None:
        return ""
    return f" (intervalle de confiance à {percent(publication.cohort.plan.confidence, 0)} : {apart.bounds.text()})"


def _tested(publication: Publication, apart: TwoMeans) -> str:
    alpha = publication.cohort.plan.alpha
    if apart.p is None:
        return f"Le test prévu n'a pas de résultat : {apart.undefined or 'il n’a pas pu être calculé'}."
    if apart.p < alpha:
        return (f"Un tel écart serait rare si les deux groupes répondaient pareil ({p_sentence(apart.p)}, seuil "
                f"{number(alpha, 2)}).")  # fmt: skip
    return (f"Les données ne permettent pas de dire si les deux groupes diffèrent ({p_sentence(apart.p)}, seuil "
            f"{number(alpha, 2)}) ; cela ne montre pas non plus qu'ils sont pareils.")  # fmt: skip


def difference_verdict(publication: Publication) -> str:
    """One sentence, for the top of the page; empty when nothing may be said."""
    plan, apart = publication.cohort.plan, published_difference(publication)
    if plan.composite is None or apart is None:
        return ""
    label, within = typographic(plan.composite.label), _within(publication, apart)
    first, second = apart.groups
    if apart.p is None or apart.p >= plan.alpha:
        return (f"{label} : rien ne permet de dire si « {first} » et « {second} » diffèrent ; l'écart moyen est de "
                f"{number(apart.difference, 2)}{within}.")  # fmt: skip
    side = "plus haut" if apart.difference > 0 else "plus bas"
    return (f"{label} : {side} pour « {second} » que pour « {first} », de {number(abs(apart.difference), 2)} en moyenne"
            f"{within}.")  # fmt: skip


def difference_picture(publication: Publication) -> ShownChange | None:
    """Both means on the scale, with the interval of their difference."""
    plan, apart = publication.cohort.plan, published_difference(publication)
    if plan.composite is None or apart is None:
        return None
    low, high = apart.bounds.low, apart.bounds.high
    return ShownChange(typographic(plan.composite.label), score_scale(publication.cohort), apart.groups, apart.means,
                       apart.difference, None if low is None or high is None else (low, high),
                       percent(plan.confidence, 0), ())  # fmt: skip
