"""The plain-language summary: sentences made of published numbers, which never say more than those numbers do."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import WITHHELD
from analysis.people.respondents import LOST, NOT_JOINED
from analysis.report.primary_endpoint import primary_endpoint
from analysis.report.publication import Publication
from analysis.report.thread_figures import thread_summary
from analysis.report.verdict import shares
from analysis.tables.cells import Interval, Masked
from analysis.tables.table import Test
from divan.sources.french import enumeration, number, percent, plural, typographic


def summary(publication: Publication) -> list[str]:
    """Who answered, the primary endpoint, what else moved, and what cannot be concluded."""
    return [
        typographic(one)
        for part in (thread_summary, _people, primary_endpoint, _items, _proportions, _caution)
        for one in part(publication)
    ]


def _people(publication: Publication) -> Iterator[str]:
    cohort = publication.cohort
    if not cohort.n and cohort.thread:
        return
    if not cohort.n:
        yield "Aucune réponse ne peut encore être analysée."
        return
    if not cohort.paired:
        whom = "d'une personne" if cohort.n < 2 else f"de {plural(cohort.n, 'personne')}"
        yield f"Les réponses {whom} sont analysées."
        if cohort.study.pairing:
            yield "La seconde vague n'a encore aucune réponse : rien ne peut être dit d'un changement."
        return
    others = []
    outside, lost = (int((cohort.people["group"] == group).sum()) for group in (NOT_JOINED, LOST))
    if outside:
        have = "n'a" if outside < 2 else "n'ont"
        others.append(f"{number(outside)} {have} pas rejoint le groupe")
    if lost:
        others.append(f"{number(lost)} {'a été perdue' if lost < 2 else 'ont été perdues'} de vue")
    rest = f" ; parmi les autres, {enumeration(others)}" if others else ""
    verb = "a" if cohort.n < 2 else "ont"
    yield f"{plural(cohort.n, 'personne')} {verb} répondu complètement aux deux questionnaires{rest}."


def _items(publication: Publication) -> Iterator[str]:
    """What the items say one by one, from the paired tests only, corrected for their number when the plan says so."""
    table, plan = publication.table("item_means"), publication.cohort.plan
    if table is None:
        return
    paired = [one for one in table.tests if one.result.test in ("signed_rank", "sign", "paired_t")]
    family = [one for one in paired if one.result.test == paired[0].result.test] if paired else []
    corrected = plan.multiplicity == "holm"
    p_of = {one.row: one.result.detail.get("p_holm") if corrected else one.result.p_value for one in family}
    known = {row: p for row, p in p_of.items() if p is not None}
    if not known:
        return
    labels = {row.id: row.label for row in table.rows}
    clear = [f"«\u00a0{labels[row]}\u00a0»" for row, p in known.items() if p < plan.alpha]
    said = "une fois tenu compte de leur nombre" if corrected else "sans tenir compte de leur nombre"
    yield from _untested(family)
    if not clear and len(known) == 1:
        yield "La seule question dont le test a un résultat ne montre pas de changement net."
    elif not clear:
        yield f"Prises une à une, {said}, aucune des {number(len(known))} questions ne montre de changement net."
    else:
        yield f"Prises une à une, {said}, {plural(len(clear), 'question')} change{'nt' if len(clear) > 1 else ''} nettement : {enumeration(clear)}."  # noqa: E501


def _untested(family: list[Test]) -> Iterator[str]:
    """Items whose test is hidden, then those whose test gives nothing: not the same thing."""
    hidden = sum(one.result.undefined == WITHHELD for one in family)
    empty = sum(bool(one.result.undefined) for one in family) - hidden
    if hidden:
        verb = "n'est pas publié" if hidden < 2 else "ne sont pas publiés"
        yield f"{_tests_of(hidden)} {verb} (petits effectifs)."
    if empty:
        yield f"{_tests_of(empty)} ne donne{'' if empty < 2 else 'nt'} rien : trop peu de réponses ont changé."


def _tests_of(items: int) -> str:
    return "Le test d'une question" if items < 2 else f"Les tests de {number(items)} questions"


def _proportions(publication: Publication) -> Iterator[str]:
    table = publication.table("proportions")
    found = shares(table)
    if table is None or not found:
        return
    ranked = sorted(found, key=lambda one: -(one[1].share or 0))
    for row, cell in (*ranked[:2], *ranked[-1:]):
        bounds = table.cell(row.id, row.level, "interval")
        shown = isinstance(bounds, Interval)
        within = (
            f" (intervalle de confiance à {percent(publication.cohort.plan.confidence, 0)} : {bounds.text()})"
            if shown and bounds
            else ""
        )
        yield f"«\u00a0{row.label}\u00a0» : {cell.percent(0)}{within}."


def _caution(publication: Publication) -> Iterator[str]:
    cohort = publication.cohort
    if not cohort.n:
        return
    if cohort.paired:
        yield "Il n'y a pas de groupe témoin : l'écart, s'il y en a un, peut avoir une autre cause."
        if cohort.n < 100:
            people = plural(cohort.n, "personne")
            yield f"Avec {people}, les intervalles sont larges et un petit effet peut passer inaperçu."
    else:
        yield "Ces proportions sont celles des répondants : rien ne dit que les autres auraient répondu de même."
    if cohort.study.pairing and not cohort.paired:
        return
    hidden = sum(isinstance(cell, Masked) for table in publication.tables for _, _, cell in table.walk())
    if hidden:
        verb = "est masqué" if hidden < 2 else "sont masqués"
        yield f"{plural(hidden, 'chiffre')} {verb} pour que personne ne soit reconnu."
