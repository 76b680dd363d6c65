"""The rows that every table of a model has: figures of a coefficient, the intercept, what the model is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.people.counted import Basis
from analysis.statistics import Coefficient, LinearModel
from analysis.tables.cells import Interval, Number, Text
from analysis.tables.table import TableRow


def cells(one: Coefficient | None, basis: Basis) -> tuple[Number | Text, Interval | Text, Number | Text]:
    """The coefficient, its interval and its p."""
    if one is None or one.aliased:
        return Text("non estimable"), Text(), Text()
    return (Number(one.estimate, 2, basis), Interval(one.ci_low, one.ci_high, 2, basis),
            Number(one.p_value, 3, basis, "p"))  # fmt: skip


def crude_cells(one: Coefficient | None, basis: Basis) -> tuple[Number | Text, Interval | Text]:
    """The coefficient of a model of this variable alone, and its interval."""
    return cells(one, basis)[:2]


def intercept_row(model: LinearModel, basis: Basis) -> TableRow:
    """What the model expects of someone at every reference level, and at 0 of every number."""
    one = next((one for one in model.coefficients if not one.term), None)
    return TableRow("intercept", "Ordonnée à l'origine", (Text(), Text(), *cells(one, basis), Text()))


def fit_rows(model: LinearModel, explained: str, basis: Basis) -> Iterator[TableRow]:
    """People kept, R² and adjusted R², then F with its p: so that each figure can be held to the others."""
    figures = (
        ("n", "Personnes", model.n, 0),
        ("r_squared", "R²", model.r_squared, 3),
        ("adjusted_r_squared", "R² ajusté", model.adjusted_r_squared, 3),
    )
    for level, label, value, digits in figures:
        shown = Number(value, digits, basis)
        yield TableRow(explained, label, (Text(), Text(), shown, *(Text(),) * 3), level, "single")
    if model.dof:
        dof = Text(f"{model.dof[0]} et {model.dof[1]} ddl", basis)
        f = (Number(model.statistic, 2, basis), dof, Number(model.p_value, 3, basis, "p"), Text())
        yield TableRow(explained, "F du modèle", (Text(), Text(), *f), "f", "single")


def not_all_the_same_people(model: LinearModel, crude: Mapping[str, LinearModel]) -> Iterator[str]:
    """Say that a variable alone may rest on more people than the model of all."""
    if not model.undefined and any(one.n != model.n for one in crude.values()):
        yield "Une variable seule est prise chez tous ceux qui y ont répondu, le modèle chez qui a répondu à tout."
