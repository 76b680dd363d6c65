"""A score, a mean or a share at each wave, with its interval: whether it rises, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import LINE, WIDTH, drawing, group, line, lines, tag, text, units, wrapped
from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Key, Spread
from analysis.people.respondents import GIVEN
from analysis.people.stacking import STACK, WAVE
from analysis.people.variable import YES, axis
from analysis.plan.specification import FigureSpec
from analysis.statistics import mean_interval, wilson
from analysis.tables.cells import Cell, Count, Interval, Number
from analysis.tables.counting import EVERYBODY, scored, wave_label
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import number, percent, typographic, within

LEFT, RIGHT = 40.0, WIDTH - 14.0
TOP, HIGH = 14.0, 190.0
ALONE = ("Chaque intervalle est celui d'une vague prise seule ; ce que valent les changements des mêmes personnes, "
         "l'intervalle du changement le dit.")  # fmt: skip
APART = 7.0  # between the points of two questions at one wave


@dataclass(frozen=True, slots=True)
class _Moment:
    """A wave as a point of the figure: what it is called, the answers to it, and whose they are."""

    id: str
    label: str
    asked: str
    answers: pd.DataFrame
    who: Key


def trend_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a question and a wave: how many answered, the mean (or n and %), its interval."""
    composite = cohort.plan.composite
    names = spec.variables or ((composite.id,) if composite else ())
    rows = [row for name in names for one in _moments(cohort) if (row := _row(cohort, name, one, len(names) > 1))]
    shares = any(isinstance(row.cells[0], Count) for row in rows)
    said = Column("interval", f"IC à {percent(cohort.plan.confidence, 0)}", "interval")
    columns = (Column("n", "n (%)", "count"), said) if shares else (
        Column("n", "Personnes", "number"), Column("mean", "Moyenne", "mean"), said)  # fmt: skip
    notes = (ALONE,) if cohort.study.pairing and len(rows) > 1 else ()
    return Table(spec.id, spec.title, "Vague", columns, tuple(rows), notes, added=spec.added)


def _moments(cohort: Cohort) -> list[_Moment]:
    """The waves that have answers; of a study of different people, the groups that its waves are."""
    wave = cohort.variable(WAVE, STACK) if cohort.study.stacked else None
    if wave is None:
        return [_Moment(one.id, wave_label(cohort, one.id), one.id, cohort.included[one.id], EVERYBODY)
                for one in cohort.answered]  # fmt: skip
    answers = cohort.included[STACK]
    return [_Moment(level.id, typographic(level.label), STACK, answers[answers[WAVE] == level.id],
                    EVERYBODY | {(wave.axis, level.id)}) for level in wave.levels]  # fmt: skip


def _row(cohort: Cohort, name: str, moment: _Moment, several: bool) -> TableRow | None:
    """The row of a question at a wave, or None where it is not asked."""
    composite, confidence = cohort.plan.composite, cohort.plan.confidence
    variable = cohort.variable(name, moment.asked)
    if composite and name == composite.id and name in moment.answers:
        basis: Basis = scored(moment.asked, moment.who)
        label, cells = composite.label, _mean(moment.answers[name], confidence, basis)
    elif variable is None:
        return None
    else:
        own = variable.axis if variable.levels else axis(f"{name}{GIVEN}", variable.wave)
        make = _share if variable.yes_no else _mean
        given = moment.answers[name] if variable.yes_no else variable.rank(moment.answers[name])
        label, cells = variable.label, make(given, confidence, (Spread(moment.who, (own,)),))
    said = f"{typographic(label)}, {within(moment.label)}" if several else moment.label
    return TableRow(name, said, cells, moment.id, "level")


def _share(answers: pd.Series, confidence: float, basis: tuple[Spread]) -> tuple[Cell, ...]:
    n, of, (rest,) = int((answers == YES).sum()), int(answers.count()), basis
    found = wilson(n, of, level=confidence)
    return (Count(n, of, rest.among | {(rest.axes[0], YES)}),
            Interval(found.ci_low, found.ci_high, 1, basis, "percent"))  # fmt: skip


def _mean(values: pd.Series, confidence: float, basis: Basis) -> tuple[Cell, ...]:
    found = mean_interval(values, level=confidence)
    return (Number(found.n, 0, basis), Number(found.estimate, 2, basis),
            Interval(found.ci_low, found.ci_high, 2, basis))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Point:
    value: float
    low: float
    high: float


def draw_trend(spec: FigureSpec, table: Table) -> Figure:
    """A point and its interval a wave, joined by a line; shares stand on 0 to 100 %, means around their intervals."""
    waves = list(dict.fromkeys(row.level for row in table.rows))
    series = list(dict.fromkeys(row.id for row in table.rows))
    points = {(row.id, row.level): point for row in table.rows if (point := _point(row)) is not None}
    shares = any(isinstance(row.cells[0], Count) or len(row.cells) == 2 for row in table.rows)
    ticks = _ticks(list(points.values()), shares)
    kinds = [f"series-{1 if n == 0 else min(n + 2, 6)}" for n in range(len(series))]
    parts = _axis(ticks, shares)
    for place, wave in enumerate(waves):
        label = next(row.label for row in table.rows if row.level == wave)
        said = wrapped(label.rsplit(", ", 1)[-1].capitalize() if len(series) > 1 else label, _step(waves) - 6)
        parts.append(lines(_x(waves, place), TOP + HIGH + 18, said, "tick", "middle"))
    for n, (name, kind) in enumerate(zip(series, kinds, strict=True)):
        shift = (n - (len(series) - 1) / 2) * APART
        parts.append(_drawn([points.get((name, wave)) for wave in waves], waves, kind, shift, ticks, shares,
                            valued=len(series) == 1))  # fmt: skip
    deepest = max((len(wrapped(row.label, _step(waves) - 6)) for row in table.rows), default=1)
    description = " ".join(f"{row.label}\u00a0: {', '.join(cell.text() for cell in row.cells)}." for row in table.rows)
    labels = {row.id: row.label.rsplit(", ", 1)[0] for row in table.rows}
    legend = tuple(Legend(kind, labels[name]) for name, kind in zip(series, kinds, strict=True))
    svg = drawing(spec.id, table.title, description, TOP + HIGH + 10 + deepest * LINE, "".join(parts)) if points else ""
    return Figure(spec.id, table.title, table, svg, description, legend if len(series) > 1 else ())


def _point(row: TableRow) -> _Point | None:
    first, bounds = row.cells[-2], row.cells[-1]
    value = first.share if isinstance(first, Count) else first.value if isinstance(first, Number) else None
    if value is None:
        return None
    low, high = (bounds.low, bounds.high) if isinstance(bounds, Interval) else (None, None)
    return _Point(value, value if low is None else low, value if high is None else high)


def _ticks(points: Sequence[_Point], shares: bool) -> list[float]:
    """Round values around the intervals, four to seven of them; quarters of the whole for shares."""
    if shares:
        return [0.0, 0.25, 0.5, 0.75, 1.0]
    low, high = min((one.low for one in points), default=0.0), max((one.high for one in points), default=1.0)
    wanted = max(high - low, 0.1) / 4
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= wanted)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def _axis(ticks: Sequence[float], shares: bool) -> list[str]:
    digits = 0 if ticks[1] - ticks[0] >= 1 else 1 if ticks[1] - ticks[0] >= 0.1 else 2
    parts = []
    for place, value in enumerate(ticks):
        y, said = _y(ticks, value), percent(value, 0) if shares else number(value, digits)
        parts += [line(LEFT, y, RIGHT, y, "grid" if place else "axis"), text(LEFT - 5, y + 4, said, "tick", "end")]
    return parts


def _y(ticks: Sequence[float], value: float) -> float:
    return TOP + HIGH * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0]))


def _step(waves: Sequence[str]) -> float:
    return (RIGHT - LEFT) / max(len(waves), 1)


def _x(waves: Sequence[str], place: int) -> float:
    return LEFT + _step(waves) * (place + 0.5)


def _drawn(points: Sequence[_Point | None], waves: Sequence[str], kind: str, shift: float, ticks: Sequence[float],
           shares: bool, *, valued: bool) -> str:  # fmt: skip
    """The points of one question; a masked one breaks the line."""
    marks, path, said = [], "", []
    for place, one in enumerate(points):
        x = _x(waves, place) + shift
        if one is None:
            said.append(text(x, TOP + HIGH - 6, "masqué", "tick", "middle"))
            continue
        y = _y(ticks, one.value)
        path += f"{'L' if place and points[place - 1] else 'M'}{units(x)} {units(y)}"
        marks += [
            line(x, _y(ticks, one.low), x, _y(ticks, one.high), "whisker"),
            tag("circle", "point", cx=x, cy=y, r=4),
        ]
        following = points[place + 1] if place + 1 < len(points) else None
        if valued:
            shown = percent(one.value, 0) if shares else number(one.value, 2)
            below = following is not None and following.value > one.value  # the line to the next goes above
            said.append(text(x + 8, y + (17 if below else -8), shown, "value"))
    return group(kind, tag("path", "line", d=path) if path else "", *marks) + "".join(said)
