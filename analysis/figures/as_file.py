"""A drawing as a file of its own: its colours, and below it the legend that a page shows beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.figures.colours import style_sheet
from analysis.figures.figure import Legend
from analysis.figures.svg import CHARACTER, LINE, WIDTH, group, rect, text, units

_HEIGHT = re.compile(rf'viewBox="0 0 {WIDTH} ([\d.]+)"')


def standalone(svg: str, legend: Sequence[Legend], style: str = "") -> str:
    """The drawing with its legend, in ``style`` or in the site's."""
    head, body = svg.split("</desc>", 1)
    height = float(_HEIGHT.search(head)[1])  # type: ignore[index]
    marks, more = _marks(legend, height + LINE)
    if marks:
        head = _HEIGHT.sub(f'viewBox="0 0 {WIDTH} {units(height + more)}"', head)
        body = body.replace("</svg>", f"{marks}</svg>")
    return f"{head}</desc><style>{style or style_sheet()}</style>{body}\n"


def _marks(legend: Sequence[Legend], top: float) -> tuple[str, float]:
    """The entries, as many as a line holds, and the height that they take."""
    marks, x, y = "", 0.0, top
    for entry in legend:
        wide = 18 + len(entry.label) * CHARACTER
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE * 1.2
        marks += group(entry.kind, rect(x, y - 9, 10, 10, "bar"), text(x + 15, y, entry.label))
        x += wide + 10
    return marks, (y - top + LINE * 1.6 if marks else 0.0)
