"""Small SVG, written by hand: no script, no inline style, colours by the theme's classes.

Drawings are 400 units wide, so that their 12-unit text stays legible on a phone.
"""

from __future__ import annotations

import textwrap
from html import escape

WIDTH = 400
LINE = 15
CHARACTER = 7.2


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


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
