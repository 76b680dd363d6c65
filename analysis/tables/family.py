"""What a kind of table is: who makes it, what it asks of a plan, where its result stands; one record, read by all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analysis.people.cohort import Cohort
from analysis.plan.specification import TableSpec
from analysis.tables.table import Table


class ReportHeading(StrEnum):
    """The parts of a results page, in their order; each is also an anchor of the page."""

    PRIMARY = "critere-principal"
    PROPORTIONS = "proportions"
    PROPORTIONS_BY = "proportions-par-groupe"
    PARTICIPANTS = "participants"
    ITEMS = "questions"
    HABITS = "temps"
    SCORE = "score"
    ABSENT = "absents"
    ACTIVITY = "activite"
    CODING = "codage"
    WORDS = "mots"
    CONSISTENCY = "coherence"
    TRANSITIONS = "transitions"
    OTHERS = "autres"


def own_id(raw: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """The table of a planned entry bears its id."""
    return [str(raw["id"])]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of table, declared in ``FAMILIES`` of the module that makes it; only what it needs is to be said.

    show: its name in a plan.
    build: its tables at this stage of the study, unmasked; none when it is too early.
    heading: the part of the page where they stand.
    tests: those that a plan may ask of it.
    keys: what the plan must give: ``variables``, ``groups`` (and so a roster), ``by``.
    composite, pairs: it needs a composite score; two paired waves.
    counts_levels: its variables have levels, they are no plain numbers.
    levels_are_groups: a test of two groups wants a variable of two levels.
    between: it sets two levels of its ``by`` side by side, those that the plan names when there are more.
    fills: it fills what is missing, so many times, from a seed.
    any_two: it compares the two waves that the plan names, by default those that are paired.
    moves: its variables have an order and are asked at both waves.
    strobe: the points of STROBE that its tables answer.
    ids: the ids of the tables that an entry makes, from the entry and the whole plan, as written.
    """

    show: str
    build: Callable[[TableSpec, Cohort], list[Table]]
    heading: ReportHeading = ReportHeading.OTHERS
    tests: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    composite: bool = False
    pairs: bool = False
    counts_levels: bool = False
    levels_are_groups: bool = False
    between: bool = False
    fills: bool = False
    any_two: bool = False
    moves: bool = False
    strobe: tuple[str, ...] = ()
    ids: Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]] = own_id
