"""Read the analysis plan of a study: what is computed, decided before the second wave opens, dated and hashed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from analysis.people.stacking import WAVE, stacked, stacking_problems
from analysis.plan.faults import plan_faults
from analysis.plan.plan_entries import PlanEntry, plan_entries
from analysis.plan.specification import (
    Band,
    Composite,
    FigureSpec,
    Merge,
    OpenItem,
    Plan,
    PlannedTest,
    Primary,
    TableSpec,
    VariableSpec,
    Weights,
)
from divan.sources.problem import FaultKind, ProblemsFound, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml
from surveys.model import Study

_FAULT = FaultKind("S01")

SCHEMA = Path(__file__).parent.parent / "schemas" / "plan.schema.json"


def plan_path(study: Study) -> Path:
    """Where the plan of a study is."""
    return study.folder / "plan.yaml"


def load_plan(study: Study) -> Plan:
    """The plan of ``study``. Raises ProblemsFound with every fault of plan.yaml at once, each on its line."""
    path = plan_path(study)
    shown = f"surveys/{study.id}/plan.yaml"
    if not path.is_file():
        raise ProblemsFound([_FAULT(shown, None, "il faut un plan d'analyse pour faire un rapport",
                                     "écrivez-le ; le guide « Mener une étude » en donne un")])  # fmt: skip
    return parse_plan(study, shown, read_text(path, shown))


def parse_plan(study: Study, path: str, text: str) -> Plan:
    """The plan written in ``text``; ``path`` only serves to say where a fault is."""
    source = read_yaml(path, text)
    stop_if(schema_problems(source, SCHEMA))
    whole = stacked(study)
    stop_if(stacking_problems(whole))
    raw = _with_wave(source.value) if whole.stacked else source.value
    stop_if(_FAULT(path, source.line_of(place), message, remedy)
            for place, message, remedy in plan_faults(raw, whole))  # fmt: skip
    return _plan(raw, plan_digest(text), plan_entries(source.value))


def plan_digest(text: str) -> str:
    """The SHA-256 of a plan's text, as sha256sum gives it of a file with git's line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def _with_wave(raw: dict[str, Any]) -> dict[str, Any]:
    """The plan, where the wave of waves put end to end is a variable, whether or not it is declared."""
    if any(one["id"] == WAVE for one in raw["variables"]):
        return raw
    return {**raw, "variables": [*raw["variables"], {"id": WAVE, "label": "Vague", "ordered": True}]}


def _plan(raw: dict[str, Any], digest: str, entries: tuple[PlanEntry, ...]) -> Plan:
    plain = {name: raw[name] for name in ("alpha", "confidence", "multiplicity", "quantile_type", "threshold",
             "threshold_reason", "fisher_budget", "printed", "checklists", "status", "interim", "late_reason")
             if name in raw}  # fmt: skip
    composite = raw.get("composite")
    return Plan(
        dated=date.fromisoformat(raw["date"]),
        digest=digest,
        variables=tuple(map(_variable, raw["variables"])),
        tables=tuple(map(_table, raw["tables"])),
        figures=tuple(map(_figure, raw.get("figures", ()))),
        composite=Composite(composite["id"], composite["label"],
                            tuple((item["id"], item["label"]) for item in composite["items"]))
        if composite else None,
        primary=Primary(**raw["primary"]) if "primary" in raw else None,
        weights=Weights(raw["weights"]["margins"], raw["weights"]["source"]) if "weights" in raw else None,
        context=tuple(raw.get("context", ())),
        limits=tuple(raw.get("limits", ())),
        open=tuple(OpenItem(one["item"], one.get("wave"), one["label"]) for one in raw.get("open", ())),
        entries=entries,
        **plain,
    )  # fmt: skip


def _variable(raw: dict[str, Any]) -> VariableSpec:
    return VariableSpec(
        id=raw["id"],
        item=raw.get("item", raw["id"]),
        label=raw["label"],
        combination="as" in raw,
        any_of=tuple(raw.get("any_of", ())),
        merge=tuple(Merge(one["id"], one["label"], tuple(one["from"])) for one in raw.get("merge", ())),
        bands=tuple(Band(one["id"], one["label"], one.get("max")) for one in raw.get("bands", ())),
        order=tuple(raw.get("order", ())),
        ordered=raw.get("ordered", False) or bool(raw.get("order")),
        take=raw.get("take", ""),
        days_since=raw.get("days_since", ""),
    )


def _table(raw: dict[str, Any]) -> TableSpec:
    lists = {name: tuple(raw[name]) for name in ("variables", "by", "between", "groups", "waves") if name in raw}
    tests = tuple(PlannedTest(one) if isinstance(one, str) else PlannedTest(one["test"], _day(one.get("added")))
                  for one in raw.get("tests", ()))  # fmt: skip
    return TableSpec(
        raw["id"], raw["show"], raw["title"], wave=raw.get("wave"), tests=tests, reference=raw.get("reference", {}),
        baseline=raw.get("baseline", False), imputations=raw.get("imputations", 20), seed=raw.get("seed", 1),
        model=raw.get("model", "linear"), outcome=raw.get("outcome", ""),
        event=raw.get("event", ""),
        test_of=raw.get("test_of", {}), added=_day(raw.get("added")), **lists,
    )  # fmt: skip


def _figure(raw: dict[str, Any]) -> FigureSpec:
    return FigureSpec(
        raw["id"], raw["show"], raw["title"], variables=tuple(raw.get("variables", ())), by=raw.get("by", ""),
        wave=raw.get("wave"), waves=tuple(raw.get("waves", ())), file=raw.get("file", ""), table=raw.get("table", ""),
        added=_day(raw.get("added")),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
