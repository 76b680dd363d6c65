"""Slips of a printed model: R², F and p, or an estimate, its interval and its p, that cannot all be true.

A printed figure stands for all that rounds or is cut to it: a slip is told only when none of these agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log

from scipy import stats

from analysis.audit.how_printed import number, step_of
from analysis.audit.printed import Printed, PrintedEstimate, PrintedModel, PrintedTest
from analysis.audit.slip import Slip, shown
from divan.sources import french

Range = tuple[float, float]


def model_slips(printed: Printed) -> Iterator[Slip]:
    """Every slip that models, intervals and stars show."""
    for model in printed.models:
        yield from _overall(model)
    dof = {(one.table, one.wave): one.dof[1] for one in printed.models}
    for one in printed.estimates:
        yield from _interval(one, dof.get((one.table, one.wave)))
    yield from _two_p_values(printed)
    yield from _stars(printed)


def range_of(figure: str) -> Range:
    """The values that could print as ``figure``, rounded or cut."""
    value, step = float(number(figure)), float(step_of(number(figure)))
    return value - step, value + step


def range_of_p(figure: str) -> Range:
    """The p-values that could print as ``figure``, such as ``< 0.01``."""
    bare = figure.lstrip("<> ")
    bound = float(number(bare))
    if figure.startswith("<"):
        return 0, bound
    return (bound, 1) if figure.startswith(">") else range_of(bare)


def _overall(model: PrintedModel) -> Iterator[Slip]:
    """R² gives F, and each of them p: F = (R² / terms) / ((1 - R²) / rest)."""
    terms, rest = model.dof
    if rest < 1:
        said = f"{model.n} personnes ne suffisent pas à {terms} coefficients et à l'ordonnée à l'origine."
        yield Slip("model", model.table, model.row, model.wave, said)
        return
    where = f"sur {terms} et {rest} degrés de liberté"
    r_squared = shown(model.r_squared)
    f: Range | None = range_of(model.f) if model.f else None
    if model.r_squared:
        low, high = (min(max(one, 0), 1 - 1e-12) for one in range_of(model.r_squared))
        given = (low / terms * rest / (1 - low), high / terms * rest / (1 - high))
        exact = float(number(model.r_squared))
        due = exact / terms * rest / (1 - exact) if exact < 1 else given[0]
        if f and not _meet(f, given):
            p = french.p_value(float(stats.f.sf(due, terms, rest)))
            yield Slip("model", model.table, model.row, model.wave,
                       f"R² = {r_squared} donne F = {french.number(due, 2)} {where} (p = {p}), "
                       f"et non F = {shown(model.f)}.")  # fmt: skip
        if not f:
            yield from _p_of_f(model, given, f"R² = {r_squared} {where}")
    if f:
        yield from _p_of_f(model, f, f"F = {shown(model.f)} {where}")


def _p_of_f(model: PrintedModel, f: Range, said: str) -> Iterator[Slip]:
    low, high = (float(stats.f.sf(max(one, 0), *model.dof)) for one in reversed(f))
    if model.p and not _meet((low, high), range_of_p(model.p)):
        gives = french.p_value((low + high) / 2)
        yield Slip("model", model.table, model.row, model.wave, f"{said} donne p = {gives}, et non {shown(model.p)}.")


def _interval(one: PrintedEstimate, dof: int | None) -> Iterator[Slip]:
    """An estimate is the middle of its interval, whose width gives p."""
    if not one.low:
        return
    said = f"[{shown(one.low)} ; {shown(one.high)}]"
    ranges = [range_of(figure) for figure in (one.estimate, one.low, one.high)]
    if one.ratio:
        if ranges[1][1] <= 0:
            yield Slip("interval", one.table, one.row, one.wave, f"un rapport n'a pas d'intervalle négatif : {said}.")
            return
        ranges = [(log(max(first, 1e-9)), log(max(second, 1e-9))) for first, second in ranges]
    estimate, low, high = ranges
    if high[1] < low[0] or estimate[1] < low[0] or estimate[0] > high[1]:
        yield Slip("interval", one.table, one.row, one.wave, f"{shown(one.estimate)} n'est pas dans {said}.")
        return
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    if not _meet(estimate, middle):
        centre = sum(middle) / 2
        found = french.number(exp(centre) if one.ratio else centre, 2)
        yield Slip("interval", one.table, one.row, one.wave,
                   f"{shown(one.estimate)} n'est pas au milieu de {said}, qui est {found}.")  # fmt: skip
    elif one.p:
        yield from _p_of_interval(one, estimate, (high[0] - low[1], high[1] - low[0]), dof)


def _p_of_interval(one: PrintedEstimate, estimate: Range, width: Range, dof: int | None) -> Iterator[Slip]:
    """The p of Student's t with the model's degrees of freedom, of the normal law when none are printed."""
    law = stats.t(dof) if dof and not one.ratio else stats.norm()
    reach = float(law.ppf((1 + float(number(one.confidence))) / 2))
    near = 0.0 if estimate[0] <= 0 <= estimate[1] else min(map(abs, estimate))
    far = max(map(abs, estimate))
    low, high = (
        2 * float(law.sf(2 * reach * size / wide)) if wide > 0 else 0.0
        for size, wide in ((far, width[0]), (near, width[1]))
    )
    if not _meet((low, high), range_of_p(one.p)):
        said = f"{shown(one.estimate)} [{shown(one.low)} ; {shown(one.high)}]"
        between = f"entre {french.p_value(low)} et {french.p_value(high)}"
        yield Slip("interval", one.table, one.row, one.wave, f"{said} donne p {between}, et non {shown(one.p)}.")


def _two_p_values(printed: Printed) -> Iterator[Slip]:
    """A variable with one coefficient is tested once: two p-values show that two tests were mixed."""
    for table in dict.fromkeys(one.table for one in printed.models):
        mixed = []
        for test in printed.tests:
            own = [one for one in printed.estimates if (one.table, one.row) == (test.table, test.row)]
            single = test.table == table and test.p and len(own) == 1 and own[0].p
            if single and not _meet(range_of_p(test.p), range_of_p(own[0].p)):
                mixed.append(f"{shown(test.p)} et {shown(own[0].p)}")
        if mixed:
            row = next(one for one in printed.models if one.table == table)
            yield Slip("method", table, row.row, row.wave,
                       f"des variables à un seul coefficient ont deux p ({' ; '.join(mixed)}) : deux tests y sont "
                       "mêlés.")  # fmt: skip


def _stars(printed: Printed) -> Iterator[Slip]:
    """The stars printed after a p are those that the legend gives it."""
    bounds = {stars: float(number(bound)) for stars, bound in printed.stars.items()}
    tested: list[PrintedTest | PrintedEstimate] = [*printed.tests, *printed.estimates]
    starred = {one.table for one in tested if one.stars}
    for one in tested:
        if not one.p or one.table not in starred:
            continue
        p = float(number(one.p.lstrip("<> ")))
        earned = [stars for stars, bound in bounds.items() if p < bound or (one.p.startswith("<") and p <= bound)]
        due = max(earned, key=len, default="")
        if due != one.stars and not one.p.startswith(">"):
            said = f"{shown(one.p)} porte {len(one.stars)} étoile(s), la légende en veut {len(due)}."
            yield Slip("stars", one.table, one.row, one.wave, said)


def _meet(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
