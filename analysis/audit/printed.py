"""The figures that a publication printed, as printed: text keeps their decimals, and their faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.audit.printed_faults import printed_faults
from analysis.plan.specification import Plan
from divan.sources.problem import Problem, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml
from surveys.model import Study

SCHEMA = Path(__file__).parent.parent / "schemas" / "printed.schema.json"


@dataclass(frozen=True, slots=True)
class Counts:
    """Printed counts by level; ``of`` when the levels exclude one another and should add up to it."""

    table: str
    row: str
    n: Mapping[str, int]
    wave: str | None = None
    group: str | None = None
    of: int | None = None
    percent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Value:
    """A printed mean, SD or both of ``n`` people; ``sum_of`` names the items that it adds up."""

    table: str
    row: str
    n: int
    wave: str | None = None
    group: str | None = None
    mean: str = ""
    sd: str = ""
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """A test as printed: its p-value, such as ``< 0.01`` (empty when not copied), corrected for their number or not."""

    table: str
    row: str
    test: str
    p: str = ""
    wave: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that a table gave to the levels of a variable."""

    table: str
    row: str
    labels: tuple[str, ...]
    wave: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """All that was copied from a publication."""

    source: str
    counts: tuple[Counts, ...] = ()
    values: tuple[Value, ...] = ()
    tests: tuple[PrintedTest, ...] = ()
    labels: tuple[Labels, ...] = ()


def load_printed(plan: Plan, study: Study) -> Printed:
    """The figures that the plan of ``study`` names; ProblemsFound with every fault, on its line."""
    shown = f"surveys/{study.id}/{plan.printed}"
    source = read_yaml(shown, read_text(study.folder / plan.printed, shown))
    stop_if(schema_problems(source, SCHEMA))
    stop_if(Problem(shown, source.line_of(place), message, remedy)
            for place, message, remedy in printed_faults(source.value, plan, study))  # fmt: skip
    return parse_printed(source.value)


def parse_printed(raw: Mapping[str, Any]) -> Printed:
    """The figures from plain values that follow the schema."""
    return Printed(
        source=raw["source"],
        counts=tuple(Counts(**one) for one in raw.get("counts", ())),
        values=tuple(Value(**{**one, "sum_of": tuple(one.get("sum_of", ()))}) for one in raw.get("values", ())),
        tests=tuple(PrintedTest(**one) for one in raw.get("tests", ())),
        labels=tuple(Labels(**{**one, "labels": tuple(one["labels"])}) for one in raw.get("labels", ())),
    )
