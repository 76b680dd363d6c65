"""Faults of what was copied from a publication: each figure stands for a table, a row and a level of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.people.respondents import DIRECTIONS, MISSING
from analysis.plan.specification import Plan
from analysis.plan.variable_faults import asked_in, unknown
from surveys.model import Study
from surveys.rules.raw import Fault, Place

KINDS = ("counts", "values", "tests", "labels", "models", "estimates")
INTERCEPT = "intercept"


def printed_faults(raw: Mapping[str, Any], plan: Plan, study: Study) -> Iterator[Fault]:
    """Every figure that could not be compared because its place does not exist; raw follows the schema."""
    tables = {spec.id for spec in plan.tables} | {spec.id for spec in plan.figures}
    rows = {spec.id for spec in plan.variables} | {INTERCEPT}
    if plan.composite:
        rows |= {plan.composite.id, *(item for item, _ in plan.composite.items)}
    for kind in KINDS:
        for n, one in enumerate(raw.get(kind, ())):
            place: Place = (kind, n)
            if one["table"] not in tables:
                yield (*place, "table"), *unknown(one["table"], tables, "n'est un tableau ni une figure du plan")
            if one["row"] not in rows:
                yield (*place, "row"), *unknown(one["row"], rows, "n'est ni une variable du plan, ni son score")
            elif kind == "counts":
                yield from _levels(one, place, plan, study)
            elif one.get("level"):
                yield from _level(one["level"], (*place, "level"), one["row"], plan, study)


def _levels(one: Mapping[str, Any], place: Place, plan: Plan, study: Study) -> Iterator[Fault]:
    for level in one["n"]:
        yield from _level(level, (*place, "n", level), one["row"], plan, study)
    for level in one.get("percent", ()):
        if level not in one["n"]:
            yield (*place, "percent", level), f"« {level} » a un pourcentage sans effectif", "recopiez aussi l'effectif"


def _level(level: str, place: Place, row: str, plan: Plan, study: Study) -> Iterator[Fault]:
    known = {MISSING, *(level.id for level in DIRECTIONS), *_known_levels(row, plan, study)}
    if not set(level.split("+")) <= known:
        yield place, *unknown(level, known, f"n'est pas un niveau de « {row} »")


def _known_levels(row: str, plan: Plan, study: Study) -> set[str]:
    """Level ids of a row; the choices ticked, for a combination."""
    spec = next((one for one in plan.variables if one.id == row), None)
    if spec and spec.any_of:
        return {"yes", "no"}
    if spec and (spec.merge or spec.bands):
        return {one.id for one in spec.merge} | {one.id for one in spec.bands}
    asked = asked_in(study, spec.item if spec else row).values()
    return {choice.id for item in asked for choice in item.choices}
