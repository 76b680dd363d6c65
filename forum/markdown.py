"""Posts as the forge previews them: GitHub-flavoured Markdown. What comes out is not safe yet (see sanitising)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import comrak

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
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*(?:\n(?=[ \t]+\S| *\n[ ]{4})[^\n]*)*", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one ``##`` title; ``line`` is the title's, 1 being the text's first line.

    ``definitions`` are the link and footnote definitions of the whole text, wherever they stand.
    """

    title: str
    line: int
    text: str
    definitions: str


def to_html(text: str) -> str:
    """Render Markdown as the forge does, raw HTML included."""
    html: str = comrak.render_markdown(text, _EXTENSIONS, _PARSE, _RENDER)
    return html


def split_at_titles(text: str) -> tuple[Part, ...]:
    """Cut a text at its own ``##`` titles: the parser says where they are, so those in code or quotes do not count.

    What precedes the first title is a part with no title, on line 1.
    """
    html: str = comrak.render_markdown(text, _EXTENSIONS, _PARSE, _WITH_LINES)
    lines = text.split("\n")
    definitions = "\n\n" + "\n\n".join(_DEFINITION.findall(text)) if "]:" in text else ""
    title, start, after = "", 1, 0
    parts = []
    for match in _TITLE.finditer(html):
        parts.append(Part(title, start, "\n".join(lines[after : int(match[1]) - 1]), definitions))
        title, start, after = _TAG.sub("", match[3]).strip(), int(match[1]), int(match[2])
    parts.append(Part(title, start, "\n".join(lines[after:]), definitions))
    return tuple(parts)
