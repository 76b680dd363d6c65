"""Every kind of table that a plan may ask for: those of this room, then a group's own, at the root of its analysis/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import analysis
from analysis import tables
from analysis.people.cohort import Cohort
from analysis.plan.specification import TableSpec
from analysis.tables.family import Family
from analysis.tables.table import Table
from analysis.tables.well_made import shape_faults
from divan.sources.problem import FaultKind, Problem, ProblemsFound, noted, stop_if

_FAULT = FaultKind("S03")


@cache
def families() -> Mapping[str, Family]:
    """Each kind by its name in a plan. Raises ProblemsFound with every module that cannot be read as it should."""
    found: dict[str, Family] = {}
    where: dict[str, str] = {}
    problems: list[Problem] = []
    for name in _modules():
        try:
            declared = _declared(name)
        except ProblemsFound as faults:
            problems += faults.problems
            continue
        for family in declared:
            if family.show in found:
                message = f"le genre de tableau « {family.show} » est déjà celui de {where[family.show]}"
                problems.append(_FAULT(_file(name), None, message, "donnez-lui un autre nom"))
            found[family.show], where[family.show] = family, _file(name)
    stop_if(problems)
    return found


def _modules() -> Iterator[str]:
    yield from sorted(f"analysis.tables.{one.name}" for one in iter_modules(tables.__path__))
    # the root of analysis/ holds rooms only: a module there is a group's
    yield from sorted(f"analysis.{one.name}" for one in iter_modules(analysis.__path__) if not one.ispkg)


def _declared(name: str) -> tuple[Family, ...]:
    try:
        declared = getattr(import_module(name), "FAMILIES", ())
    except Exception as error:
        # whatever a module of a group may raise when it is loaded, its author is told, without a trace
        line = error.lineno if isinstance(error, SyntaxError) else None
        message = f"ce module ne se charge pas ({type(error).__name__} : {error})"
        raise ProblemsFound([_FAULT(_file(name), line, message, "corrigez-le")]) from None
    if not isinstance(declared, tuple) or not all(isinstance(one, Family) for one in declared):
        message = "FAMILIES doit être un tuple de fiches (Family)"
        raise ProblemsFound([_FAULT(_file(name), None, message, "écrivez FAMILIES = (Family(…),), virgule comprise")])
    return declared


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def build_tables(cohort: Cohort) -> list[Table]:
    """Every table of the plan that this stage of the study allows, in the plan's order, of all answers."""
    made: list[Table] = []
    problems: list[Problem] = []
    for spec in cohort.plan.tables:
        with noted(problems):
            made += build_planned(spec, cohort)
    stop_if(problems)
    return made


def build_planned(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """The tables of one entry of the plan. Raises ProblemsFound when one has not the shape of a table."""
    family = families()[spec.show]
    made = [replace(table, kind=spec.show, entry=spec.id) for table in family.build(spec, cohort)]
    place = _file(family.build.__module__)
    stop_if([_FAULT(place, None, *fault) for table in made for fault in shape_faults(table, spec.id)])
    return made
