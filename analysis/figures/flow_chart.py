"""The flow of participants: two waves side by side, then the pairs; every loss beside the step it leaves."""

from __future__ import annotations

from analysis.figures.figure import Figure
from analysis.figures.svg import LINE, WIDTH, arrow, drawing, group, line, lines, rect, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import typographic, within
from surveys.flow import REASONS, STEPS

OWN_STEPS = {"received": "réponses reçues"}
OWN_REASONS = {"empty": "questionnaire vide"}
GAP = 12.0


def flow_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a step, then one row a reason for leaving it (even when nobody did)."""
    rows: list[TableRow] = []
    for step in cohort.flow.steps:
        label = typographic((STEPS | OWN_STEPS).get(step.id, step.id))
        rows.append(TableRow(step.id, label.capitalize(), (Number(step.n, 0),), "", "variable"))
        for loss in step.excluded:
            said = typographic((REASONS | OWN_REASONS).get(loss.reason, loss.reason))
            rows.append(TableRow(step.id, said.capitalize(), (Number(loss.n, 0),), loss.reason, "level"))
    return Table(spec.id, spec.title, "Étape", (Column("n", "n", "n"),), tuple(rows), added=spec.added)


def draw_flow(spec: FigureSpec, table: Table) -> Figure:
    """Boxes and arrows from the rows of ``flow_table``; losses of nobody are left to the table."""
    steps = _steps(table)
    sides = {side: [one for one in steps if one[0].startswith(side)] for side in ("before_", "after_")}
    parts: list[str] = []
    if sides["after_"]:
        width = (WIDTH - 16) / 2
        ends = [_column(parts, sides[side], x, width, 0.0) for side, x in (("before_", 0.0), ("after_", width + 16))]
        y = max(ends)
        rest = [one for one in steps if not one[0].startswith(("before_", "after_"))]
        for x, end in zip((width / 2, WIDTH - width / 2), ends, strict=True):
            parts += [line(x, end, x, y + 8, "arrow"), line(x, y + 8, WIDTH / 2, y + 8, "arrow")]
        parts.append(arrow(WIDTH / 2, y + 8, WIDTH / 2, y + 26))
        height = _column(parts, rest, 60, WIDTH - 120, y + 26)
    else:
        height = _column(parts, steps, 40, WIDTH - 80, 0.0)
    description = _description(steps)
    svg = drawing(spec.id, table.title, description, height + 4, "".join(parts))
    return Figure(spec.id, table.title, table, svg, description)


Step = tuple[str, str, str, list[tuple[str, str]]]


def _steps(table: Table) -> list[Step]:
    """Each step's id, label, n as shown, and its losses (n, reason) of somebody."""
    steps: list[Step] = []
    for row in table.rows:
        shown = row.cells[0].text()
        if row.level == "":
            steps.append((row.id, row.label, shown, []))
        elif shown != "0":
            steps[-1][3].append((shown, row.label))
    return steps


def _column(parts: list[str], steps: list[Step], x: float, width: float, y: float) -> float:
    """Draw steps one under the other from ``y``; returns where the last one ends."""
    y += 1
    for place, (_, label, n, losses) in enumerate(steps):
        words = wrapped(label, width - 16)
        height = (len(words) + 1) * LINE + 10
        parts.append(group("", rect(x + 1, y, width - 2, height, "box", 4),
                           lines(x + width / 2, y + 17, [n], "value", "middle"),
                           lines(x + width / 2, y + 17 + LINE, words, "label", "middle")))  # fmt: skip
        y += height
        said = [one for shown, reason in losses for one in wrapped(f"{shown}\u00a0: {within(reason)}", width - 34)]
        parts.append(lines(x + 34, y + GAP + 6, said, "tick"))
        below = len(said) * LINE + (GAP if said else 0)
        if place < len(steps) - 1:
            below = max(below + 4, 22.0)
            parts.append(arrow(x + 20, y, x + 20, y + below))
        y += below
    return y


def _description(steps: list[Step]) -> str:
    said = []
    for _, label, n, losses in steps:
        lost = "\u00a0; ".join(f"{shown}\u00a0: {within(reason)}" for shown, reason in losses)
        aside = f" (écartées ensuite\u00a0: {lost})" if lost else ""
        said.append(f"{label}\u00a0: {n}{aside}.")
    return " ".join(said)
