"""Small SVG, written by hand: no script, no inline style, colours by the theme's classes.

Drawings are 400 units wide, so that their 12-unit text stays legible on a phone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from html import escape

from analysis.figures.figure import Legend

WIDTH = 400
LINE = 15
CHARACTER = 7.2

# The same classes as on the site, for a file opened or printed alone.
STANDALONE_STYLE = (
    "svg{font:12px system-ui,sans-serif;fill:#222;background:#fff;"
    "--before:#8a5a00;--after:#0b6b5d;--level-1:#8c2d04;--level-2:#d98b5f;--level-3:#b5b5b5;--level-4:#6fae9f;"
    "--level-5:#0b6b5d;--series-3:#6b4c9a;--series-4:#b3446c;--series-5:#4472a8;--series-6:#6c757d;--ink:#222;"
    "--edge:#666;--line:#ddd;--soft:#555;--card:#fff}"
    "@media(prefers-color-scheme:dark){svg{fill:#eee;background:#181818;--ink:#eee;--edge:#aaa;--line:#3a3a3a;"
    "--soft:#bbb;--card:#242424;--before:#e0a64a;--after:#4fc3ae;--level-1:#e07b4a;--level-5:#4fc3ae}}"
    ".before,.series-2{--mark:var(--before)}.after,.series-1{--mark:var(--after)}"
    + "".join(f".level-{n}{{--mark:var(--level-{n})}}" for n in range(1, 6))
    + "".join(f".series-{n}{{--mark:var(--series-{n})}}" for n in range(3, 7))
    + ".axis,.arrow,.whisker{stroke:var(--edge);fill:none}.whisker{stroke:var(--mark,var(--edge));stroke-width:1.5}"
    ".grid{stroke:var(--line)}.tick{fill:var(--soft);font-size:11px}.value,text.title{font-weight:600}"
    ".box{fill:var(--card);stroke:var(--mark,var(--edge));stroke-width:1.5}"
    ".median{stroke:var(--mark,var(--ink));stroke-width:3}.bar,.point{fill:var(--mark,var(--soft))}"
    ".outlier{fill:none;stroke:var(--mark,var(--ink))}.line{fill:none;stroke:var(--mark,var(--ink));stroke-width:2}"
    ".on-dark{fill:#fff}@media(prefers-color-scheme:dark){.on-dark{fill:#111}}"
)


def units(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, kind: str = "", **places: float | str) -> str:
    """An empty element with its class; numbers are coordinates, ``_`` in a name reads ``-``."""
    given = "".join(
        f' {key.replace("_", "-")}="{units(value) if isinstance(value, (int, float)) else escape(value)}"'
        for key, value in places.items()
    )
    return f"<{name}{_kind(kind)}{given}/>"


def rect(x: float, y: float, width: float, height: float, kind: str, rx: float = 0) -> str:
    """A rectangle."""
    corners: dict[str, float | str] = {"rx": rx} if rx else {}
    return tag("rect", kind, x=x, y=y, width=max(0.0, width), height=height, **corners)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return tag("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)


def text(x: float, y: float, words: str, kind: str = "label", anchor: str = "") -> str:
    """One line of text; ``anchor`` is ``middle`` or ``end``."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{_kind(kind)} x="{units(x)}" y="{units(y)}"{where}>{escape(words, quote=False)}</text>'


def lines(x: float, y: float, words: list[str], kind: str = "label", anchor: str = "") -> str:
    """Several lines of text, the first at ``y``."""
    return "".join(text(x, y + n * LINE, one, kind, anchor) for n, one in enumerate(words))


def group(kind: str, *parts: str) -> str:
    """Marks that share a class."""
    return f"<g{_kind(kind)}>{''.join(parts)}</g>"


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a small head at its end, going down."""
    return line(x1, y1, x2, y2, "arrow") + tag("path", "arrow", d=f"M{units(x2 - 4)} {units(y2 - 6)}L{units(x2)} "
                                               f"{units(y2)}L{units(x2 + 4)} {units(y2 - 6)}")  # fmt: skip


def wrapped(words: str, width: float) -> list[str]:
    """The words on lines no wider than ``width`` units; an unbreakable space holds."""
    return textwrap.wrap(words, max(8, int(width / CHARACTER)), break_long_words=False) or [""]


def drawing(figure_id: str, title: str, description: str, height: float, body: str) -> str:
    """The whole drawing, named and described for those who do not see it."""
    name = f"{figure_id}-title {figure_id}-desc"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {units(height)}" role="img" '
            f'aria-labelledby="{name}"><title id="{figure_id}-title">{escape(title, quote=False)}</title>'
            f'<desc id="{figure_id}-desc">{escape(description, quote=False)}</desc>{body}</svg>')  # fmt: skip


def standalone(svg: str, legend: Sequence[Legend]) -> str:
    """The drawing as a file of its own, with its colours, and below it the legend that a page shows beside it."""
    head, body = svg.split("</desc>", 1)
    height = float(_HEIGHT.search(head)[1])  # type: ignore[index]
    marks, more = _marks(legend, height + LINE)
    if marks:
        head = _HEIGHT.sub(f'viewBox="0 0 {WIDTH} {units(height + more)}"', head)
        body = body.replace("</svg>", f"{marks}</svg>")
    return f"{head}</desc><style>{STANDALONE_STYLE}</style>{body}\n"


_HEIGHT = re.compile(rf'viewBox="0 0 {WIDTH} ([\d.]+)"')


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


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
