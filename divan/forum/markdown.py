"""Posts as the forge previews them: GitHub-flavoured Markdown. What comes out is not safe yet (see sanitising)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import comrak

from divan.forum.as_written import as_written

_EXTENSIONS = comrak.ExtensionOptions()
for _name in ("table", "strikethrough", "autolink", "tasklist", "tagfilter", "alerts", "footnotes"):
    setattr(_EXTENSIONS, _name, True)

_RENDER = comrak.RenderOptions()
_RENDER.unsafe_ = True  # <details>, <sub>, <kbd> pass, as on the forge; sanitising decides what stays

_WITH_LINES = comrak.RenderOptions()
_WITH_LINES.unsafe_ = True
_WITH_LINES.sourcepos = True

_PARSE = comrak.ParseOptions()

_TITLE = re.compile(r'<h2 data-sourcepos="(\d+):1-(\d+):\d+">(.*?)</h2>', re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[^\n]*(?:\n(?=[ \t]+\S| *\n[ ]{4})[^\n]*)*", re.MULTILINE)
_OWN_TITLE = re.compile(r"\n {0,3}##[ \t][^\n]*")
_UNDERLINED = re.compile(r"\n[^\n]*\S[^\n]*\n {0,3}-+[ \t]*(?=\n|$)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class BodyPart:
    """What stands under one ``##`` title; ``line`` is the title's, 1 being the text's first line.

    ``html`` is not sanitised yet; link and footnote definitions serve in every part, wherever they are written.
    """

    title: str
    line: int
    text: str
    html: str


def to_html(text: str) -> str:
    """Render Markdown as the forge does, raw HTML included, without the signs that it would swallow."""
    html: str = comrak.render_markdown(as_written(text), _EXTENSIONS, _PARSE, _RENDER)
    return html


def split_at_titles(text: str) -> tuple[BodyPart, ...]:
    """Cut a text at its own ``##`` titles: the parser says where they are, so those in code or quotes do not count.

    What precedes the first title is a part with no title, on line 1.
    """
    html: str = comrak.render_markdown(as_written(text), _EXTENSIONS, _PARSE, _WITH_LINES)
    definitions = {_label(match): match[0] for match in _DEFINITION.finditer(text)} if "]:" in text else {}
    lines = text.split("\n")
    title, start, after, at = "", 1, 0, 0
    parts = []
    for match in (*_TITLE.finditer(html), None):
        below = "\n".join(lines[after : int(match[1]) - 1 if match else None])
        # la page entière est déjà rendue ; seules des notes, numérotées d'un bout à l'autre, obligent à recommencer
        piece = to_html(below + _elsewhere(definitions, below)) if definitions else html[at : match and match.start()]
        parts.append(BodyPart(title, start, below, piece.lstrip("\n")))
        if match:
            title, start, after, at = _TAG.sub("", match[3]).strip(), int(match[1]), int(match[2]), match.end()
    return tuple(parts)


def without_titles(text: str) -> str:
    """``text`` with an empty line where a ``##`` title stands: the parts of a case have titles of ours."""
    text = _OWN_TITLE.sub("\n", f"\n{text}")
    return (_UNDERLINED.sub("\n\n", text) if "\n--" in text else text)[1:]


def _elsewhere(definitions: dict[str, str], text: str) -> str:
    own = {_label(match) for match in _DEFINITION.finditer(text)}
    return "".join(f"\n\n{definition}" for label, definition in definitions.items() if label not in own)


def _label(match: re.Match[str]) -> str:
    return match[1].casefold()
