"""The last rows of a model's table: people kept and left out, what it is worth, its overall test and its checks."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.people.counted import Basis
from analysis.statistics import Result
from analysis.statistics.models import FittedModel
from analysis.tables.cells import Cell, Number, Text
from analysis.tables.model_kind import ModelKind
from analysis.tables.table import TableRow

CHECKS = {
    "brant": "Cotes proportionnelles (Brant)",
    "overdispersion": "Dispersion (χ² de Pearson)",
    "against_poisson": "Contre une loi de Poisson",
}


def worth_rows(whole: FittedModel, kind: ModelKind, explained: str, basis: Basis) -> Iterator[TableRow]:
    """People kept and left out, what the model is worth, its overall test and its checks: rows of what it explains."""
    figures: list[tuple[str, str, float, int]] = [("n", "Personnes", whole.n, 0)]
    figures += [("missing", "Écartées faute d'une réponse", whole.missing, 0)] if whole.missing else []
    figures += [(name, label, whole.worth[name], digits) for name, label, digits in kind.worth if name in whole.worth]
    for name, label, value, digits in figures:
        yield _model_row(explained, name, label, Number(value, digits, basis))
    if whole.overall is not None:
        yield _test_row(explained, "f" if kind.least_squares else "overall", kind.overall, whole.overall, basis)
    for check in whole.checks:
        if check.test in CHECKS and check.detail.get("part", "model") == "model" and not check.undefined:
            yield _test_row(explained, check.test, CHECKS[check.test], check, basis)


def _test_row(explained: str, name: str, label: str, result: Result, basis: Basis) -> TableRow:
    dof = Text(f"{_said(result.dof)} ddl" if result.dof is not None else "", basis)
    return _model_row(
        explained, name, label, Number(result.statistic, 2, basis), dof, Number(result.p_value, 3, basis, "p")
    )


def _said(dof: float | tuple[float, float]) -> str:
    return " et ".join(f"{one:.0f}" for one in (dof if isinstance(dof, tuple) else (dof,)))


def _model_row(explained: str, name: str, label: str, *cells: Cell) -> TableRow:
    shown = (*cells, Text(), Text())[:3]
    return TableRow(explained, label, (Text(), Text(), *shown, Text()), name, "single")
