"""The figures that a publication printed, as printed: text keeps their decimals, and their faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.audit.printed_faults import printed_faults
from analysis.plan.specification import Plan
from divan.sources.problem import FaultKind, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml
from surveys.model import Study

_FAULT = FaultKind("S05")

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
    """What was printed of ``n`` people, of one ``level`` of ``row`` perhaps; ``sum_of`` names the items added up."""

    table: str
    row: str
    n: int
    wave: str | None = None
    group: str | None = None
    mean: str = ""
    sd: str = ""
    sum_of: tuple[str, ...] = ()
    level: str = ""
    q1: str = ""
    median: str = ""
    q3: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """A test as printed: its p-value, such as ``< 0.01`` (empty when not copied), with its stars, corrected or not."""

    table: str
    row: str
    test: str
    p: str = ""
    wave: str | None = None
    corrected: bool = False
    stars: str = ""


@dataclass(frozen=True, slots=True)
class PrintedModel:
    """A linear model as printed: ``terms`` coefficients beside the intercept, for ``n`` people."""

    table: str
    row: str
    n: int
    terms: int
    wave: str | None = None
    r_squared: str = ""
    f: str = ""
    p: str = ""

    @property
    def dof(self) -> tuple[int, int]:
        """The degrees of freedom of its F."""
        return self.terms, self.n - self.terms - 1


@dataclass(frozen=True, slots=True)
class PrintedEstimate:
    """A coefficient, a difference or a ratio, with its interval and p as printed."""

    table: str
    row: str
    level: str = ""
    wave: str | None = None
    estimate: str = ""
    low: str = ""
    high: str = ""
    p: str = ""
    stars: str = ""
    confidence: str = "0.95"
    ratio: bool = False


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
    models: tuple[PrintedModel, ...] = ()
    estimates: tuple[PrintedEstimate, ...] = ()
    stars: Mapping[str, str] = field(default_factory=dict)


def load_printed(plan: Plan, study: Study) -> Printed:
    """The figures that the plan of ``study`` names; ProblemsFound with every fault, on its line."""
    shown = f"surveys/{study.id}/{plan.printed}"
    source = read_yaml(shown, read_text(study.folder / plan.printed, shown))
    stop_if(schema_problems(source, SCHEMA))
    stop_if(_FAULT(shown, source.line_of(place), message, remedy)
            for place, message, remedy in printed_faults(source.value, plan, study))  # fmt: skip
    return parse_printed(source.value)


def parse_printed(raw: Mapping[str, Any]) -> Printed:
    """The figures from plain values that follow the schema."""
    return Printed(
        source=raw["source"],
        counts=tuple(Counts(**one) for one in raw.get("counts", ())),
        values=tuple(Value(**{**one, "sum_of": tuple(one.get("sum_of", ()))}) for one in raw.get("values", ())),
        tests=tuple(PrintedTest(**_starred(one)) for one in raw.get("tests", ())),
        labels=tuple(Labels(**{**one, "labels": tuple(one["labels"])}) for one in raw.get("labels", ())),
        models=tuple(PrintedModel(**one) for one in raw.get("models", ())),
        estimates=tuple(PrintedEstimate(**_starred(one)) for one in raw.get("estimates", ())),
        stars=raw.get("stars", {}),
    )


def _starred(one: Mapping[str, Any]) -> dict[str, Any]:
    """The p apart from the stars printed after it."""
    p = one.get("p", "")
    bare = p.rstrip("*")
    return {**one, "p": bare.rstrip(), "stars": p[len(bare) :]}
