"""The models of one data set of the comparison with R, under the names that tests/analysis/r/models.R gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.statistics import Term
from analysis.statistics.models import (
    FittedModel,
    logistic_regression,
    negative_binomial_regression,
    ordinal_regression,
    poisson_regression,
    random_intercept,
)

Columns = dict[str, list[str | None]]
LEVELS = ("A", "B", "C", "D", "E")


def models_of(columns: Columns) -> dict[str, dict[str, Any]]:
    """Every kind of model on a data set; one that cannot be fitted has no figure."""
    numbers = {name: np.array([np.nan if one is None else float(one) for one in cells])
               for name, cells in columns.items() if name not in ("group", "band", "coder_a", "coder_b")}  # fmt: skip
    terms = {name: Term(name, columns[name], LEVELS) for name in ("group", "band")}
    terms |= {name: Term(name, numbers[name]) for name in ("x", "z")}
    two = [terms["group"], terms["x"]]
    counts = np.abs(np.rint(numbers["before"]))
    ordinal = ordinal_regression(numbers["item1"] - 1, two, levels=["1", "2", "3", "4", "5"])
    return {
        "logistic_regression": _figures(logistic_regression(numbers["yes"], [*terms.values()])),
        "poisson_regression": _figures(poisson_regression(counts, two)),
        "negative_binomial": _figures(negative_binomial_regression((numbers["item2"] - 1) ** 2, two), "theta"),
        "ordinal_regression": _figures(ordinal),
        "mixed_model": _mixed(columns["group"], numbers),
    }  # fmt: skip


def _mixed(group: list[str | None], numbers: dict[str, Any]) -> dict[str, Any]:
    times = [str(one) for one in (1, 2, 3, 4)]
    n = len(group)
    terms = [
        Term("wave", [one for one in times for _ in range(n)], tuple(times)),
        Term("group", group * 4, LEVELS),
        Term("x", np.tile(numbers["x"], 4)),
    ]
    scores = np.concatenate([numbers[f"item{one}"] for one in times])
    model = random_intercept(scores, terms, [str(one) for one in range(n)] * 4)
    figures = _figures(model, "within_sd", "between_sd")
    if figures:
        figures |= {"marginal": model.worth["marginal_r_squared"], "conditional": model.worth["conditional_r_squared"]}
    return figures


def _figures(model: FittedModel, *worth: str) -> dict[str, Any]:
    if model.undefined or model.overall is None:
        return {}
    figures: dict[str, Any] = {"statistic": model.overall.statistic, "dof": model.overall.dof,
                               "p_value": model.overall.p_value}  # fmt: skip
    wanted = ("log_likelihood", "pseudo_r_squared", *worth)
    figures |= {name: model.worth[name] for name in wanted if name in model.worth}
    ordinal = model.kind == "ordinal_regression"
    for one in model.coefficients:
        name = one.term + one.level if one.term else f"threshold_{one.level}" if ordinal else "(Intercept)"
        if not one.aliased:
            figures[f"coefficient_{name}"] = (one.estimate, one.std_error, one.statistic, one.p_value,
                                              one.ci_low, one.ci_high)  # fmt: skip
    for term in model.terms:
        if term.statistic is not None:
            figures[f"term_{term.term}"] = (term.dof, term.statistic, term.p_value)
    return figures | _checks(model) | _inflation(model)


def _inflation(model: FittedModel) -> dict[str, Any]:
    """R gives none to a single variable, nor beside aliased columns; polr and glm.nb are not asked."""
    known = {name: value for name, value in model.inflation.items() if value is not None}
    asked = model.kind in ("logistic_regression", "poisson_regression", "mixed_model") and len(known) > 1
    return {f"inflation_{name}": value for name, value in known.items()} if asked and not model.aliased else {}


def _checks(model: FittedModel) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for check in model.checks:
        if check.test == "overdispersion":
            found |= {"pearson": check.statistic, "pearson_p": check.p_value}
        elif check.test == "against_poisson":
            found["against_poisson"] = check.statistic
        elif check.detail["part"] == "model" and not check.undefined:
            found |= {"brant": check.statistic, "brant_dof": check.dof, "brant_p": check.p_value}
    return found
