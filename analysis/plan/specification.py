"""What a plan is made of: variables and their recodings, tables, figures, the composite and its primary test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from analysis.plan.plan_entries import PlanEntry
from surveys.model import FEWEST_SHOWN

ANSWER = "answer"  # stands for the day of the answer itself, among the dates of a wave


@dataclass(frozen=True, slots=True)
class Merge:
    """A level made of those of ``sources``."""

    id: str
    label: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a number, up to ``maximum`` included (None: no end)."""

    id: str
    label: str
    maximum: float | None


@dataclass(frozen=True, slots=True)
class VariableSpec:
    """A variable as planned: one column of an item, recoded (see plan.schema.json)."""

    id: str
    item: str
    label: str
    combination: bool = False
    any_of: tuple[str, ...] = ()
    merge: tuple[Merge, ...] = ()
    bands: tuple[Band, ...] = ()
    order: tuple[str, ...] = ()
    ordered: bool = False
    take: str = ""
    days_since: str = ""

    @property
    def of_a_date(self) -> bool:
        """True when it is a number taken from a date."""
        return bool(self.take == "year" or self.days_since)


@dataclass(frozen=True, slots=True)
class PlannedTest:
    """A test and the day it was added, when it was not in the first plan."""

    test: str
    added: date | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table wanted; what each key means is told in plan.schema.json."""

    id: str
    show: str
    title: str
    wave: str | None = None
    waves: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    reference: Mapping[str, str] = field(default_factory=dict)
    baseline: bool = False
    model: str = "linear"
    outcome: str = ""
    event: str = ""
    imputations: int = 20
    seed: int = 1
    tests: tuple[PlannedTest, ...] = ()
    test_of: Mapping[str, str] = field(default_factory=dict)
    added: date | None = None


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure wanted."""

    id: str
    show: str
    title: str
    variables: tuple[str, ...] = ()
    by: str = ""
    wave: str | None = None
    waves: tuple[str, ...] = ()
    file: str = ""
    table: str = ""
    added: date | None = None


@dataclass(frozen=True, slots=True)
class Composite:
    """The sum of ``items``, an (id, label) each; answers are scored as the questionnaire says."""

    id: str
    label: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Primary:
    """The primary endpoint, its test, and the smallest difference that would matter.

    ``by`` names the two groups compared, when nothing is paired.
    """

    endpoint: str
    test: str
    smallest_important: float | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each level of some variables in the population, and where these shares come from."""

    margins: Mapping[str, Mapping[str, float]]
    source: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A free-text question whose answers are shown once approved."""

    item: str
    wave: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan; ``digest`` is the SHA-256 of plan.yaml, ``entries`` its parts as git is asked about them."""

    dated: date
    digest: str
    variables: tuple[VariableSpec, ...]
    tables: tuple[TableSpec, ...]
    figures: tuple[FigureSpec, ...] = ()
    composite: Composite | None = None
    primary: Primary | None = None
    weights: Weights | None = None
    alpha: float = 0.05
    confidence: float = 0.95
    multiplicity: str = "holm"
    quantile_type: int = 7
    threshold: int = FEWEST_SHOWN
    threshold_reason: str = ""
    fisher_budget: int | None = None
    context: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    open: tuple[OpenItem, ...] = ()
    printed: str = ""
    checklists: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    interim: str = ""
    late_reason: str = ""
    entries: tuple[PlanEntry, ...] = ()

    def variable(self, variable_id: str) -> VariableSpec:
        """The variable with this id; KeyError when there is none."""
        for spec in self.variables:
            if spec.id == variable_id:
                return spec
        raise KeyError(variable_id)
