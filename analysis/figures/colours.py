"""The colours and strokes of the marks, as a style sheet: with variables for a browser, without for what knows none."""

from __future__ import annotations

from collections.abc import Mapping

# those of the site (theme/static/style.css)
LIGHT = {"ink": "#222", "paper": "#fff", "edge": "#666", "line": "#ddd", "soft": "#555", "card": "#fff",
         "on-mark": "#fff", "before": "#8d6530", "after": "#1d5b55", "level-1": "#98481f", "level-2": "#dfae85",
         "level-3": "#ddd3c2", "level-4": "#86b8ab", "level-5": "#1d5b55", "series-3": "#6d4a7d",
         "series-4": "#3b6390", "series-5": "#646b2a", "series-6": "#a04a34", "series-7": "#54585c"}  # fmt: skip
DARK = {"ink": "#eee", "paper": "#181818", "edge": "#aaa", "line": "#3a3a3a", "soft": "#bbb", "card": "#242424",
        "on-mark": "#111", "before": "#d9b27c", "after": "#7cc4b4", "level-1": "#e5a06e", "level-2": "#7d4e2b",
        "level-3": "#554d45", "level-4": "#34685f", "level-5": "#7cc4b4", "series-3": "#c3a0d4",
        "series-4": "#93b9e3", "series-5": "#bcc27a", "series-6": "#e39a84", "series-7": "#b4b9be"}  # fmt: skip
KINDS = {"before": "before", "series-2": "before", "after": "after", "series-1": "after",
         **{name: name for name in LIGHT if name[-1].isdigit()}}  # fmt: skip

# « {ink} » is a colour; « {mark:edge} » that of the mark's kind, or of the edges where it has none
_RULES = (
    ("svg", "fill:{ink};background:{paper}"),
    (".axis,.arrow,.whisker", "stroke:{edge};fill:none"),
    (".whisker", "stroke:{mark:edge};stroke-width:1.5"),
    (".grid", "stroke:{line}"),
    (".tick", "fill:{soft};font-size:11px"),
    (".value,text.title", "font-weight:600"),
    (".box", "fill:{card};stroke:{mark:edge};stroke-width:1.5"),
    (".median", "stroke:{mark:ink};stroke-width:3"),
    (".bar,.point,.word", "fill:{mark:soft}"),
    (".outlier", "fill:none;stroke:{mark:ink}"),
    (".line", "fill:none;stroke:{mark:ink};stroke-width:2"),
    (".on-dark", "fill:{on-mark}"),
)


def style_sheet() -> str:
    """For a browser, which follows the reader's light or dark scheme."""
    rules = "".join(f"{where}{{{_with_variables(what)}}}" for where, what in _RULES)
    kinds = "".join(f".{kind}{{--mark:var(--{colour})}}" for kind, colour in KINDS.items())
    return (f"svg{{font:12px system-ui,sans-serif;{_declared(LIGHT)}}}"
            f"@media(prefers-color-scheme:dark){{svg{{{_declared(DARK)}}}}}{kinds}{rules}")  # fmt: skip


def plain_style_sheet(family: str) -> str:
    """For print, on white, each colour written where it serves."""
    rules = [f"svg{{font:12px {family}}}"]
    for where, what in _RULES:
        rules.append(f"{where}{{{_with_colours(what, '')}}}")
        if "{mark:" in what:
            for kind, colour in KINDS.items():
                inside = ",".join(f".{kind} {one}" for one in where.split(","))
                rules.append(f"{inside}{{{_with_colours(what, colour)}}}")
    return "".join(rules)


def _declared(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())


def _with_variables(what: str) -> str:
    for name in LIGHT:
        what = what.replace(f"{{{name}}}", f"var(--{name})").replace(f"{{mark:{name}}}", f"var(--mark,var(--{name}))")
    return what


def _with_colours(what: str, kind: str) -> str:
    for name, value in LIGHT.items():
        what = what.replace(f"{{{name}}}", value).replace(f"{{mark:{name}}}", LIGHT[kind] if kind else value)
    return what
