"""A score, a mean or a share at each wave, with its interval: whether it rises, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import LINE, WIDTH, drawing, group, line, lines, tag, text, units, wrapped
from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Key, Spread
from analysis.people.respondents import GIVEN, INCLUDED, PRESENCE, Mask
from analysis.people.stacking import STACK, WAVE
from analysis.people.variable import YES, Variable, axis
from analysis.plan.specification import FigureSpec
from analysis.statistics import mean_interval, wilson
from analysis.tables.counting import EVERYBODY, scored, wave_label
from analysis.tables.table import Cell, Column, Count, Interval, Number, Table, TableRow
from divan.sources.french import number, percent, typographic

LEFT, RIGHT = 40.0, WIDTH - 14.0
TOP, HIGH = 14.0, 190.0
APART = 7.0  # between the points of two questions at one wave


@dataclass(frozen=True, slots=True)
class _Moment:
    """A wave as a point of the figure: those who were asked, what they are called, and the wave that asks."""

    id: str
    label: str
    asked: str
    kept: Mask
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
    return Table(spec.id, spec.title, "Vague", columns, tuple(rows), added=spec.added)


def _moments(cohort: Cohort) -> list[_Moment]:
    """The waves that have answers; of a study of different people, the groups that its waves are."""
    everybody = cohort.respondents.of(INCLUDED)
    if not cohort.study.stacked:
        return [_Moment(one.id, wave_label(cohort, one.id), one.id, everybody, EVERYBODY) for one in cohort.answered]
    name = axis(WAVE, STACK)
    waves, codes = cohort.respondents.variables[name], cohort.respondents.codes[name]
    return [_Moment(level.id, typographic(level.label), STACK, everybody & (codes == place),
                    EVERYBODY | {(name, level.id)}) for place, level in enumerate(waves.levels)]  # fmt: skip


def _row(cohort: Cohort, name: str, moment: _Moment, several: bool) -> TableRow | None:
    composite, asked = cohort.plan.composite, axis(name, moment.asked)
    if composite and name == composite.id and asked in cohort.respondents.numbers:
        basis: Basis = scored(cohort, moment.asked, moment.who)
        if cohort.study.pairing:
            basis = (Spread(moment.who, (axis(PRESENCE, moment.asked),)),)
        return _named(name, composite.label, moment, _mean(cohort, asked, moment, basis), several)
    variable = cohort.respondents.variables.get(asked)
    if variable is None:
        return None
    return _named(name, variable.label, moment, _cells(cohort, variable, moment), several)


def _named(name: str, label: str, moment: _Moment, cells: tuple[Cell, ...], several: bool) -> TableRow:
    said = f"{typographic(label)}, {moment.label.lower()}" if several else moment.label
    return TableRow(name, said, cells, moment.id, "level")


def _cells(cohort: Cohort, variable: Variable, moment: _Moment) -> tuple[Cell, ...]:
    own = variable.axis if variable.levels else axis(f"{variable.id}{GIVEN}", variable.wave)
    basis: Basis = (Spread(moment.who, (own,)),)
    if not variable.yes_no:
        return _mean(cohort, variable.axis, moment, basis)
    codes = cohort.respondents.codes[variable.axis][moment.kept]
    yes = [level.id for level in variable.levels].index(YES)
    n, of = int((codes == yes).sum()), int((codes >= 0).sum())
    found = wilson(n, of, level=cohort.plan.confidence)
    return (Count(n, of, moment.who | {(variable.axis, YES)}),
            Interval(found.ci_low, found.ci_high, 1, basis, "percent"))  # fmt: skip


def _mean(cohort: Cohort, name: str, moment: _Moment, basis: Basis) -> tuple[Cell, ...]:
    found = mean_interval(cohort.respondents.numbers[name][moment.kept], level=cohort.plan.confidence)
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
    low, high = _bounds(list(points.values()), shares)
    kinds = [f"series-{1 if n == 0 else min(n + 2, 6)}" for n in range(len(series))]
    parts = _axis(low, high, shares)
    for place, wave in enumerate(waves):
        label = next(row.label for row in table.rows if row.level == wave)
        said = wrapped(label.rsplit(", ", 1)[-1].capitalize() if len(series) > 1 else label, _step(waves) - 6)
        parts.append(lines(_x(waves, place), TOP + HIGH + 18, said, "tick", "middle"))
    for n, (name, kind) in enumerate(zip(series, kinds, strict=True)):
        shift = (n - (len(series) - 1) / 2) * APART
        parts.append(_drawn([points.get((name, wave)) for wave in waves], waves, kind, shift, (low, high), shares,
                            valued=len(series) == 1))  # fmt: skip
    deepest = max((len(wrapped(row.label, _step(waves) - 6)) for row in table.rows), default=1)
    description = " ".join(f"{row.label}\u00a0: {', '.join(cell.text() for cell in row.cells)}." for row in table.rows)
    labels = {row.id: row.label.rsplit(", ", 1)[0] for row in table.rows}
    legend = tuple(Legend(kind, labels[name]) for name, kind in zip(series, kinds, strict=True))
    svg = drawing(spec.id, table.title, description, TOP + HIGH + 10 + deepest * LINE, "".join(parts)) if points else ""
    return Figure(spec.id, table.title, table, svg, description, legend if len(series) > 1 else (), table.post_hoc)


def _point(row: TableRow) -> _Point | None:
    first, bounds = row.cells[-2], row.cells[-1]
    value = first.share if isinstance(first, Count) else first.value if isinstance(first, Number) else None
    if value is None:
        return None
    low, high = (bounds.low, bounds.high) if isinstance(bounds, Interval) else (None, None)
    return _Point(value, value if low is None else low, value if high is None else high)


def _bounds(points: Sequence[_Point], shares: bool) -> tuple[float, float]:
    if shares:
        return 0.0, 1.0
    low, high = min((one.low for one in points), default=0.0), max((one.high for one in points), default=1.0)
    room = max(high - low, 0.1) * 0.25
    return low - room, high + room


def _axis(low: float, high: float, shares: bool) -> list[str]:
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y, value = TOP + HIGH * (1 - share), low + share * (high - low)
        said = percent(value, 0) if shares else number(value, 1)
        parts += [line(LEFT, y, RIGHT, y, "axis" if share == 0 else "grid"), text(LEFT - 5, y + 4, said, "tick", "end")]
    return parts


def _step(waves: Sequence[str]) -> float:
    return (RIGHT - LEFT) / max(len(waves), 1)


def _x(waves: Sequence[str], place: int) -> float:
    return LEFT + _step(waves) * (place + 0.5)


def _drawn(points: Sequence[_Point | None], waves: Sequence[str], kind: str, shift: float,
           bounds: tuple[float, float], shares: bool, *, valued: bool) -> str:  # fmt: skip
    """The points of one question; a masked one breaks the line."""

    def y(value: float) -> float:
        return TOP + HIGH * (1 - (value - bounds[0]) / (bounds[1] - bounds[0]))

    marks, path, said = [], "", []
    for place, one in enumerate(points):
        x = _x(waves, place) + shift
        if one is None:
            said.append(text(x, TOP + HIGH - 6, "masqué", "tick", "middle"))
            continue
        path += f"{'L' if place and points[place - 1] else 'M'}{units(x)} {units(y(one.value))}"
        marks += [line(x, y(one.low), x, y(one.high), "whisker"), tag("circle", "point", cx=x, cy=y(one.value), r=4)]
        if valued:
            shown = percent(one.value, 0) if shares else number(one.value, 2)
            said.append(text(x + 8, y(one.value) - 6, shown, "value"))
    return group(kind, tag("path", "line", d=path) if path else "", *marks) + "".join(said)
