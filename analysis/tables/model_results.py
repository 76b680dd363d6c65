"""The tests of a fitted model as report.json has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.statistics import Result
from analysis.statistics.models import Coefficient, FittedModel, TermTest
from analysis.tables.model_kind import ModelKind
from analysis.tables.planned_model import PlannedModel
from analysis.tables.table import Test


def model_results(planned: PlannedModel, wave: str) -> Iterator[Test]:
    """The test of each variable, of each level, of the whole, then the checks."""
    whole, basis = planned.whole, planned.data.basis

    def test(row: str, result: Result) -> Test:
        return Test(planned.spec.id, row, wave, result, basis)

    for term in whole.terms:
        yield test(term.term, _of_a_term(whole, term, planned.kind))
    for one in whole.coefficients:
        if one.term:
            yield test(one.term, _of_a_coefficient(whole, one, planned.kind))
    overall = whole.overall or Result(whole.kind, whole.n, undefined=whole.undefined)
    detail = {**overall.detail, "part": "model", **planned.kind.told(whole), "missing": whole.missing,
              "aliased": [".".join(one) for one in whole.aliased]}  # fmt: skip
    yield test(planned.explained, replace(overall, test=whole.kind, detail=detail))
    for check in whole.checks:
        yield test(str(check.detail.get("term", planned.explained)), check)


def _of_a_term(whole: FittedModel, term: TermTest, kind: ModelKind) -> Result:
    squares = {"type": "II", "effect": "partial_eta_squared"} if kind.least_squares else {}
    spare = whole.overall.dof[1] if whole.overall and isinstance(whole.overall.dof, tuple) else None
    dof = float(term.dof) if spare is None else (term.dof, spare)
    return Result(whole.kind, whole.n, term.statistic, dof, term.p_value, effect_size=term.effect_size,
                  effect_low=term.effect_low, effect_high=term.effect_high,
                  detail={"part": "term", "missing": whole.missing, **squares},
                  undefined="" if term.dof else "ses colonnes se déduisent des autres")  # fmt: skip


def _of_a_coefficient(whole: FittedModel, one: Coefficient, kind: ModelKind) -> Result:
    return Result(
        whole.kind, whole.n, one.statistic, None, one.p_value, one.estimate, one.ci_low, one.ci_high,
        detail={"part": "coefficient", "level": one.level, "reference": whole.references.get(one.term, ""),
                "std_error": one.std_error, "estimate": "log_ratio" if kind.ratio else "beta"},
        undefined="se déduit des autres variables" if one.aliased else "")  # fmt: skip
