"""Every statistic on one data set of the comparison with R, under the names that tests/analysis/r/parity.R gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from analysis import statistics as st
from analysis.statistics.design_matrix import Term
from analysis.statistics.models import FittedModel, linear_regression
from bench.parity_models import models_of

Columns = dict[str, list[str | None]]
Figures = dict[str, Any]
LEVELS = ("A", "B", "C", "D", "E")
LIKERT = ("1", "2", "3", "4", "5")


def figures_of(columns: Columns) -> dict[str, Figures]:
    """All statistics of a data set; one that cannot be computed has no figure."""
    data = _DataSet(columns)
    return {name: make(data) for name, make in _FIGURES.items()} | models_of(columns)


class _DataSet:
    def __init__(self, columns: Columns) -> None:
        self.text = columns

    def __getitem__(self, name: str) -> np.ndarray:
        return np.array([np.nan if cell is None else float(cell) for cell in self.text[name]])

    def where(self, name: str, column: str, value: str) -> np.ndarray:
        return self[name][[cell == value for cell in self.text[column]]]

    def split(self, name: str, column: str) -> list[np.ndarray]:
        return [self.where(name, column, level) for level in LEVELS]

    def counts(self, rows: str, columns: str, row_levels: Sequence[str], column_levels: Sequence[str]) -> np.ndarray:
        pairs = list(zip(self.text[rows], self.text[columns], strict=True))
        return np.array([[pairs.count((r, c)) for c in column_levels] for r in row_levels])

    def yes(self) -> tuple[int, int]:
        answers = [cell for cell in self.text["yes"] if cell is not None]
        return answers.count("1"), len(answers)


def _result(found: st.Result) -> Figures:
    """The figures that R prints too; nothing when the test could not be made."""
    if found.undefined:
        return {}
    figures: Figures = {
        name: getattr(found, name) for name in ("statistic", "p_value", "estimate", "ci_low", "ci_high")
    }
    if isinstance(found.dof, tuple):
        figures |= {"dof_1": found.dof[0], "dof_2": found.dof[1]}
    else:
        figures["dof"] = found.dof
    return figures


def _without(found: st.Result, *names: str) -> Figures:
    return {name: value for name, value in _result(found).items() if name not in names}


def _interval(found: st.Proportion) -> Figures:
    return {"estimate": found.estimate, "ci_low": found.ci_low, "ci_high": found.ci_high}


def _all_changes(data: _DataSet) -> Figures:
    found = st.signed_rank(data["before"], data["after"])
    if found.undefined or not found.detail["zeros"]:
        return {}
    return {"low": found.detail["with_zeros_low"], "high": found.detail["with_zeros_high"]}


def _describe(data: _DataSet) -> Figures:
    values = data["before"]
    found = st.describe(values)
    figures: Figures = {"mean": found.mean, "sd": found.sd}
    for kind in (7, 2, 6):
        figures |= {f"type{kind}_{p}": st.quantile(values, p / 100, kind) for p in (10, 25, 50, 75, 90)}
    return figures


def _holm(data: _DataSet) -> Figures:
    tests = [st.signed_rank(data[f"item{i}"], data[f"item{i + 1}"]) for i in (1, 2, 3)]
    return dict(zip(("first", "second", "third"), st.holm([test.p_value for test in tests]), strict=True))


def _regression(data: _DataSet) -> Figures:
    factors = [Term(name, data.text[name], LEVELS) for name in ("group", "band")]
    numbers = [Term(name, data[name]) for name in ("yes", "x", "z", "w")]
    model = linear_regression(data["after"], [*factors, *numbers])
    if model.overall is None or not isinstance(model.overall.dof, tuple):
        return {}
    first, second = model.overall.dof
    figures: Figures = {
        "r_squared": model.worth["r_squared"], "adjusted_r_squared": model.worth["adjusted_r_squared"],
        "sigma": model.worth["sigma"], "statistic": model.overall.statistic, "dof_1": first, "dof_2": second,
        "p_value": model.overall.p_value,
        "aliased": [term + level for term, level in model.aliased],
    }  # fmt: skip
    for one in model.coefficients:
        if not one.aliased:
            figures[f"coefficient_{one.term + one.level or '(Intercept)'}"] = (
                one.estimate, one.std_error, one.statistic, one.p_value, one.ci_low, one.ci_high
            )  # fmt: skip
    for term in model.terms:
        if term.statistic is not None:
            figures[f"term_{term.term}"] = (term.dof, term.sum_of_squares, term.statistic, term.p_value)
    return figures | _checks(model)


def _checks(model: FittedModel) -> Figures:
    normality, spread = model.checks
    figures: Figures = {
        "breusch_pagan": spread.statistic, "breusch_pagan_p": spread.p_value,
        "largest_cook": model.worth.get("largest_cook"), "residual_w": normality.statistic,
        "residual_p": normality.p_value,
    }  # fmt: skip
    if not model.aliased:
        figures |= {f"inflation_{term}": value for term, value in model.inflation.items()}
    return figures


_FIGURES: dict[str, Callable[[_DataSet], Figures]] = {
    "describe": _describe,
    "sign": lambda d: _result(st.sign_test(d["before"], d["after"])),
    "signed_rank": lambda d: _result(st.signed_rank(d["before"], d["after"])),
    "signed_rank_all_changes": _all_changes,
    "paired_t": lambda d: _result(st.paired_t(d["before"], d["after"])),
    "mann_whitney": lambda d: _result(st.mann_whitney(d.where("before", "yes", "1"), d.where("before", "yes", "0"))),
    "welch_t": lambda d: _result(st.welch_t(d.where("before", "yes", "1"), d.where("before", "yes", "0"))),
    "kruskal_wallis": lambda d: _result(st.kruskal_wallis(d.split("before", "group"))),
    "anova": lambda d: _result(st.one_way_anova(d.split("after", "group"))),
    "anova_welch": lambda d: _result(st.one_way_anova(d.split("after", "group"), equal_variances=False)),
    "spearman": lambda d: _result(st.spearman(d["before"], d["after"])),
    "spearman_items": lambda d: _result(st.spearman(d["item1"], d["item2"])),
    "proportion_trend": lambda d: _without(_trend(d), "estimate"),
    "shapiro_wilk": lambda d: _result(st.shapiro_wilk(d["before"])),
    "shapiro_wilk_change": lambda d: _result(st.shapiro_wilk(d["after"] - d["before"])),
    "chi_square": lambda d: _result(st.chi_square(d.counts("group", "yes", LEVELS, "01"))),
    "chi_square_2x2": lambda d: _result(st.chi_square(d.counts("yes", "yes_later", "01", "01"))),
    "fisher_exact": lambda d: _result(st.fisher_exact(d.counts("group", "yes", LEVELS, "01"))),
    "fisher_exact_2x2": lambda d: _result(st.fisher_exact(d.counts("yes", "yes_later", "01", "01"))),
    "fisher_exact_levels": lambda d: _result(st.fisher_exact(d.counts("item1", "yes", LIKERT, "01"))),
    "fisher_exact_large": lambda d: (
        {} if len(d.text["group"]) > 40 else _result(st.fisher_exact(d.counts("group", "band", LEVELS, LEVELS)))
    ),
    "mcnemar_2x2": lambda d: _result(st.mcnemar(d.counts("yes", "yes_later", "01", "01"))),
    "mcnemar": lambda d: _result(st.mcnemar(d.counts("level_before", "level_after", LIKERT, LIKERT))),
    "marginal_homogeneity": lambda d: _result(
        st.marginal_homogeneity(d.counts("level_before", "level_after", LIKERT, LIKERT))
    ),
    "wilson_continuity": lambda d: _interval(st.wilson(*d.yes())),
    "wilson": lambda d: _interval(st.wilson(*d.yes(), continuity=False)),
    "clopper_pearson": lambda d: _interval(st.clopper_pearson(*d.yes())),
    "holm": _holm,
    "cronbach_alpha": lambda d: _without(
        st.cronbach_alpha(np.column_stack([d[f"item{i}"] for i in (1, 2, 3, 4)])), "dof_1", "dof_2"
    ),
    "cohen_kappa": lambda d: _result(st.cohen_kappa(d.text["coder_a"], d.text["coder_b"])),
    "linear_regression": _regression,
}


def _trend(data: _DataSet) -> st.Result:
    table = data.counts("band", "yes", LEVELS, "01")
    return st.proportion_trend(table[:, 1], table.sum(axis=1))
