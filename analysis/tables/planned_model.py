"""A model that the plan asks for, fitted: each variable alone, then all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.people.cohort import Cohort
from analysis.plan.specification import TableSpec
from analysis.statistics.models import FittedModel
from analysis.tables.model_frame import ModelFrame, model_frame
from analysis.tables.model_kind import KINDS, ModelKind

LEAVES_FEW = "il laisserait de côté quelques personnes seulement, que l'écart aux autres tableaux montrerait"


@dataclass(frozen=True, eq=False)
class PlannedModel:
    """A model of the plan, fitted: ``whole`` with all its variables, ``alone`` with each of them.

    ``explained`` is the id of what it explains.
    """

    spec: TableSpec
    explained: str
    kind: ModelKind
    data: ModelFrame
    whole: FittedModel
    alone: Mapping[str, FittedModel]

    @property
    def empty(self) -> str:
        """Why there is nothing to show at all, or nothing."""
        if not self.whole.undefined or not all(one.undefined for one in self.alone.values()):
            return ""
        return f"Le modèle n'a pas pu être calculé : {self.whole.undefined}."


def fitted(spec: TableSpec, cohort: Cohort) -> PlannedModel | None:
    """The model of an entry of the plan; None while nobody was asked what it explains."""
    data, kind, level = model_frame(spec, cohort), KINDS[spec.model], cohort.plan.confidence
    if data is None:
        return None
    score = cohort.plan.composite
    explained = spec.outcome or (score.id if score else "")
    if kind.least_squares:  # an interval and its p give back n: every figure rests on the whole model
        data = replace(data, bases=dict.fromkeys(data.bases, data.basis))
    few = int(data.frame.isna().any(axis=1).sum())
    if cohort.merged and 0 < few < cohort.plan.threshold:
        # those that the model leaves out are few: its sums, beside those of everybody, would be theirs
        return PlannedModel(spec, explained, kind, data, FittedModel(spec.model, 0, 0, undefined=LEAVES_FEW), {})
    if data.wide:
        return PlannedModel(spec, explained, kind, data, FittedModel(spec.model, 0, 0, undefined=data.wide), {})
    whole = kind.fit(data, data.terms(), level)
    alone = {one.id: kind.fit(data, data.terms(one.id), level) for one in data.variables}
    return PlannedModel(spec, explained, kind, data, whole, alone)
