"""The group's activity week by week: posts, comments, reactions, views, and engagement."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import WIDTH, drawing, group, line, tag, text, units
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import MONTHS, number, percent, within
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.utf8_text import read_text

COUNTED = (("posts", "Publications"), ("comments", "Commentaires"), ("reactions", "Réactions"), ("views", "Vues"))
PANEL = 110.0
LEFT = 30.0


def activity_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a week, then the total; engagement is (comments + reactions) / views."""
    path = cohort.study.folder / spec.file
    weeks = read_activity(path, f"surveys/{cohort.study.id}/{spec.file}")
    rows = [_row(f"Semaine du {_day(day)}", counts, day, "single") for day, counts in weeks]
    total = [sum(counts[place] for _, counts in weeks) for place in range(len(COUNTED))]
    rows.append(_row("Total", total, "total", "total"))
    columns = (*(Column(name, label, name) for name, label in COUNTED), Column("engagement", "Engagement", "percent"))
    posts, comments, reactions, views = total
    notes: tuple[str, ...] = ()
    if posts:
        per_post = (
            f"{number((comments + reactions) / posts, 1)} réactions ou commentaires et {number(views / posts)} vues"
        )
        notes = (
            f"Par publication, en moyenne\u00a0: {per_post}. Engagement\u00a0: réactions et commentaires rapportés "
            "aux vues.",
        )
    return Table(spec.id, spec.title, "Semaine", columns, tuple(rows), notes, added=spec.added)


def read_activity(path: Path, shown: str) -> list[tuple[str, list[int]]]:
    """Each week's day and its four counts; ProblemsFound with every line that is not so."""
    lines = list(csv.reader(read_text(path, shown).splitlines()))
    expected = ["week", *(name for name, _ in COUNTED)]
    if not lines or lines[0] != expected:
        raise ProblemsFound([Problem(shown, 1, f"les colonnes doivent être {', '.join(expected)}", "renommez-les")])
    faulty = [n for n, cells in enumerate(lines[1:], 2) if not _is_week(cells)]
    if faulty:
        raise ProblemsFound(Problem(shown, n, "chaque ligne doit être un jour (2023-04-01) et quatre nombres entiers",
                                    "corrigez-la") for n in faulty)  # fmt: skip
    return [(cells[0], [int(cell) for cell in cells[1:]]) for cells in lines[1:]]


def _is_week(cells: list[str]) -> bool:
    try:
        date.fromisoformat(cells[0])
    except (ValueError, IndexError):
        return False
    return len(cells) == 1 + len(COUNTED) and all(cell.isdecimal() for cell in cells[1:])


def _day(text_: str) -> str:
    day = date.fromisoformat(text_)
    return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"


def _row(label: str, counts: list[int], name: str, role: str) -> TableRow:
    _, comments, reactions, views = counts
    engagement = (comments + reactions) / views if views else None
    cells = (*(Number(one, 0) for one in counts), Number(engagement, 1, (), "percent"))
    return TableRow("activity", label, cells, name, role)


def draw_activity(spec: FigureSpec, table: Table) -> Figure:
    """Two panels: posts, comments and reactions above, views below, on the same weeks."""
    weeks = [row for row in table.rows if row.role != "total"]
    series = [[float(cell.value or 0) for row in weeks if isinstance(cell := row.cells[place], Number)]
              for place in range(len(COUNTED))]  # fmt: skip
    kinds = ["series-1", "series-2", "series-3", "series-4"]
    upper = _panel(series[:3], kinds[:3], 10)
    lower = _panel(series[3:], kinds[3:], PANEL + 45)
    bottom = PANEL * 2 + 45
    first, last = (row.level for row in (weeks[0], weeks[-1])) if weeks else ("", "")
    ends = (
        [text(LEFT, bottom + 16, _short(first), "tick"), text(WIDTH, bottom + 16, _short(last), "tick", "end")]
        if weeks
        else []
    )
    body = upper + text(LEFT, PANEL + 36, COUNTED[3][1], "label") + lower + "".join(ends)
    description = _description(table, weeks)
    legend = tuple(Legend(kind, label) for kind, (_, label) in zip(kinds, COUNTED, strict=True))
    svg = drawing(spec.id, table.title, description, bottom + 24, body) if weeks else ""
    return Figure(spec.id, table.title, table, svg, description, legend)


def _short(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day}\u00a0{MONTHS[found.month - 1]}"


def _round_up(value: float) -> float:
    """The next 1, 2, 5 or 10 times a power of ten, doubled halves being whole."""
    power = 10.0 ** max(0, len(str(int(value))) - 1)
    return next(step * power for step in (2, 4, 6, 8, 10) if step * power >= value)


def _panel(series: list[list[float]], kinds: list[str], y: float) -> str:
    top = _round_up(max((value for one in series for value in one), default=0))
    width = WIDTH - LEFT - 6
    parts = []
    for share in (0, 0.5, 1):
        height = y + PANEL * (1 - share)
        parts += [line(LEFT, height, WIDTH, height, "axis" if share == 0 else "grid"),
                  text(LEFT - 4, height + 4, number(top * share), "tick", "end")]  # fmt: skip
    for values, kind in zip(series, kinds, strict=True):
        step = width / max(len(values) - 1, 1)
        points = [(LEFT + n * step, y + PANEL * (1 - value / top)) for n, value in enumerate(values)]
        path = "M" + "L".join(f"{units(x)} {units(h)}" for x, h in points)
        parts.append(group(kind, tag("path", "line", d=path)))
    return "".join(parts)


def _description(table: Table, weeks: list[TableRow]) -> str:
    total = next((row for row in table.rows if row.role == "total"), None)
    if total is None or not weeks:
        return "Aucune semaine n'est renseignée."
    posts, comments, reactions, views, engagement = (cell.value for cell in total.cells if isinstance(cell, Number))
    busiest = max(weeks, key=lambda row: _value(row, 3))
    names = ("publications", "commentaires", "réactions", "vues")
    said = ", ".join(f"{number(n)} {name}" for n, name in zip((posts, comments, reactions, views), names, strict=True))
    week = within(busiest.label)
    return (f"En {len(weeks)} semaines\u00a0: {said}, soit un engagement de {percent(engagement)}. La plus "
            f"vue\u00a0: {week}, {number(_value(busiest, 3))} vues.")  # fmt: skip


def _value(row: TableRow, place: int) -> float:
    cell = row.cells[place]
    return cell.value or 0 if isinstance(cell, Number) else 0
