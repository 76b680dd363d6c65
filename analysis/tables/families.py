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
from analysis.tables.family import Family
from analysis.tables.table import Table
from divan.sources.problem import Problem, ProblemsFound


@cache
def families() -> Mapping[str, Family]:
    """Each kind by its name in a plan. Raises ProblemsFound when two modules declare the same one."""
    found: dict[str, Family] = {}
    where: dict[str, str] = {}
    problems = []
    for name in _modules():
        for family in getattr(import_module(name), "FAMILIES", ()):
            if family.show in found:
                message = f"le genre de tableau « {family.show} » est déjà celui de {where[family.show]}"
                problems.append(Problem(_file(name), None, message, "donnez-lui un autre nom"))
            found[family.show], where[family.show] = family, _file(name)
    if problems:
        raise ProblemsFound(problems)
    return found


def _modules() -> Iterator[str]:
    yield from sorted(f"analysis.tables.{one.name}" for one in iter_modules(tables.__path__))
    # the root of analysis/ holds rooms only: a module there is a group's
    yield from sorted(f"analysis.{one.name}" for one in iter_modules(analysis.__path__) if not one.ispkg)


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def build_tables(cohort: Cohort) -> list[Table]:
    """Every table of the plan that this stage of the study allows, in the plan's order, unmasked."""
    kinds = families()
    return [replace(table, kind=spec.show) for spec in cohort.plan.tables
            for table in kinds[spec.show].build(spec, cohort)]  # fmt: skip
