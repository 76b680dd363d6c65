"""The primary endpoint in plain sentences: how far it moved, for whom, and what the planned test lets one say."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.report.primary_difference import NOT_SHOWN, difference_sentences, published_difference
from analysis.report.publication import Publication
from analysis.tables.cells import Cell, Count, Interval, Number
from analysis.tables.table import Table, Test
from divan.sources.french import number, p_sentence, percent, plural, typographic


def primary_endpoint(publication: Publication) -> Iterator[str]:
    """Nothing when the plan has no composite score, or nobody to count."""
    plan, table = publication.cohort.plan, publication.table("composite_change")
    if plan.primary and plan.primary.by:
        yield from difference_sentences(publication)
        apart = published_difference(publication)
        yield from _importance(plan.primary.smallest_important, apart.bounds) if apart else ()
        return
    if plan.composite is None or table is None or not publication.cohort.n:
        return
    name = plan.composite.id
    before, after, change = (value_of(table.cell(name, "mean", column)) for column in ("before", "after", "change"))
    if before is None or after is None or change is None:
        yield NOT_SHOWN
        return
    label = typographic(plan.composite.label)
    bounds = table.cell(name, "mean_interval", "change")
    shown = isinstance(bounds, Interval) and bounds.low is not None
    within = (
        f" (intervalle de confiance à {percent(plan.confidence, 0)} : {bounds.text()})"
        if shown and isinstance(bounds, Interval)
        else ""
    )
    yield f"{label} : {number(before, 2)} en moyenne avant, {number(after, 2)} après, soit {_signed(change)}{within}."
    yield from _directions(table, name)
    yield from _tested(publication)
    if isinstance(bounds, Interval):
        yield from _importance(plan.primary.smallest_important if plan.primary else None, bounds)


def _signed(change: float) -> str:
    shown = number(abs(change), 2)
    return "aucun écart" if shown == number(0, 2) else f"{shown} de {'plus' if change > 0 else 'moins'}"


def _directions(table: Table, name: str) -> Iterator[str]:
    up, stable, down = (table.cell(name, level, "change") for level in ("up", "stable", "down"))
    if isinstance(up, Count) and isinstance(stable, Count) and isinstance(down, Count):
        yield (f"Il est plus haut chez {plural(up.n, 'personne')}, plus bas chez {number(down.n)} et le même chez "
               f"{number(stable.n)}.")  # fmt: skip


def _tested(publication: Publication) -> Iterator[str]:
    plan = publication.cohort.plan
    test = next(iter(primary_test(publication)), None)
    if test is None:
        return
    if test.result.p_value is None:
        reason = test.result.undefined or "il n'a pas pu être calculé"
        yield f"Le test prévu n'a pas de résultat : {reason}."
        return
    p, alpha = test.result.p_value, plan.alpha
    if p < alpha:
        yield f"Un tel écart serait rare si rien n'avait changé ({p_sentence(p)}, seuil {number(alpha, 2)})."
    else:
        yield (
            f"Les données ne permettent pas de dire si le score a changé ({p_sentence(p)}, seuil {number(alpha, 2)}) ; "
            "cela ne montre pas non plus qu'il est resté le même."
        )


def _importance(smallest: float | None, bounds: Interval) -> Iterator[str]:
    """Whether the change matters: only an interval wholly on one side of the declared size says so."""
    if bounds.low is None or bounds.high is None:
        return
    nearest = 0.0 if bounds.low <= 0 <= bounds.high else min(abs(bounds.low), abs(bounds.high))
    if smallest is None:
        yield (
            "Aucune taille d'écart n'avait été fixée d'avance comme importante : rien ne dit que celui-ci compte en "
            "pratique."
        )
    elif nearest >= smallest:
        yield (f"Il atteint l'écart fixé d'avance comme important ({number(smallest, 2)}) : l'intervalle entier est "
               "au-delà.")  # fmt: skip
    elif max(abs(bounds.low), abs(bounds.high)) < smallest:
        yield (f"Il n'atteint pas l'écart fixé d'avance comme important ({number(smallest, 2)}) : l'intervalle entier "
               "est en deçà.")  # fmt: skip
    else:
        yield (f"Rien ne permet de dire s'il atteint l'écart fixé d'avance comme important ({number(smallest, 2)}) : "
               "l'intervalle va de part et d'autre.")  # fmt: skip


def primary_test(publication: Publication) -> tuple[Test, ...]:
    """The test planned for the primary endpoint; none when there is no score or no such test."""
    table, primary = publication.table("composite_change"), publication.cohort.plan.primary
    return tuple(one for one in (table.tests if table else ()) if primary and one.result.test == primary.test)[:1]


def value_of(cell: Cell | None) -> float | None:
    """The number in a cell that may be shown, or None."""
    return cell.value if isinstance(cell, Number) else None
