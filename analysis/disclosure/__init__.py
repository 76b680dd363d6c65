"""Disclosure control: no count of 1 to k - 1 is published, nor anything that gives it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.disclosure.coarsening import coarsen
from analysis.disclosure.digits import readable_table
from analysis.disclosure.ledger import ledger
from analysis.disclosure.masking import Hidden, mask_table, says_too_little, withdrawn
from analysis.disclosure.suppression import Masking, suppress
from analysis.people.cohort import Cohort
from analysis.tables.table import Table

__all__ = ["Hidden", "Masking", "Protected", "protect"]


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables as they may be published, and what was taken away from them."""

    tables: tuple[Table, ...]
    figures: Mapping[str, Table]
    hidden: tuple[Hidden, ...]


def protect(cohort: Cohort, tables: list[Table], figures: dict[str, Table]) -> Protected:
    """Mask all tables of a page together, those behind its figures included."""
    threshold = cohort.plan.threshold
    everything = [*tables, *figures.values()]
    if threshold <= 1:
        return Protected(tuple(tables), figures, ())
    if cohort.study.pairing is not None and not cohort.paired:
        return _gathered(tables, figures, {table.id: coarsen(table, threshold) for table in everything})
    whole = {table.id for table in everything if says_too_little(table, threshold)}
    kept = [table for table in everything if table.id not in whole]
    done: dict[str, tuple[Table, list[Hidden]]] = {}
    for population in dict.fromkeys(table.population for table in kept):
        done |= _masked(cohort, population, [table for table in kept if table.population == population])
    done |= {table.id: (withdrawn(table), [Hidden(table.id, "", "", "", "", "whole")])
             for table in everything if table.id in whole}  # fmt: skip
    return _gathered(tables, figures, done)


def _masked(cohort: Cohort, population: str, tables: list[Table]) -> dict[str, tuple[Table, list[Hidden]]]:
    """Tables of one population, masked together."""
    people = cohort.population(population)
    items = [item for item, _ in cohort.plan.composite.items] if cohort.plan.composite and not population else []
    masking = suppress(ledger(people, tables, items, cohort.plan.threshold), cohort.plan.threshold)
    return {table.id: mask_table(table, people, masking) for table in tables}


def _gathered(
    tables: list[Table], figures: dict[str, Table], done: Mapping[str, tuple[Table, list[Hidden]]]
) -> Protected:
    return Protected(
        tuple(readable_table(done[table.id][0]) for table in tables),
        {name: readable_table(done[table.id][0]) for name, table in figures.items()},
        tuple(one for _, hidden in done.values() for one in hidden),
    )
