"""What runs, redirects or loads from elsewhere: content only ever says something, so none of it has a place there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("F08")

RESULT_SUFFIXES = frozenset([".md", ".csv", ".json", ".svg", ".png", ".docx", ".tex", ".xlsx"])

_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|frame|frameset|object|embed|applet|meta|base|link|form|input|button|textarea|select"
    r"|portal|template|noscript|video|audio|source|track|foreignobject|animate|set|animatemotion|animatetransform|use|a(?=[^>]*xlink))"
    r"\b"
    r"|<[^<>]*[\s/\"'](?:on\w+|srcdoc|formaction|ping)\s*="
    r"|(?:javascript|vbscript|data)\s*:(?!\s)|\{:?[^{}\n]*\b(?:on\w+|style|srcdoc)\s*="
    r"|<!DOCTYPE[^>]*\[|<\?xml-stylesheet|@import|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
_LOADED = re.compile(
    r"<[^<>]*\s(?:src|srcset|poster|background|data)\s*=\s*[\"']?(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE
)
_STYLE_IN_PAGE = re.compile(r"<\s*style\b|<[^<>]*[\s/\"']style\s*=", re.IGNORECASE)
_HREF_IN_SVG = re.compile(r"(?:xlink:)?href\s*=\s*[\"'](?!#)", re.IGNORECASE)
_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def active_content(path: str, text: str) -> Iterator[Problem]:
    """Each place of a page, of a report or of a figure where something could run, load or lead away by itself."""
    svg = path.endswith(".svg")
    if not svg:
        text = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    for pattern in (_ACTIVE, _LOADED, _HREF_IN_SVG if svg else _STYLE_IN_PAGE):
        for found in pattern.finditer(text):
            yield _FAULT(path, text.count("\n", 0, found.start()) + 1,
                          "un contenu ne fait que dire : rien ne s'y exécute, n'y redirige, ni ne s'y charge",
                          "retirez cette balise ou cet attribut")  # fmt: skip
