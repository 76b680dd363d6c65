"""French as it is printed: curly apostrophes, spaces that hold before double signs and in « », « 1ᵉʳ ».

Never in code, in an attribute, in a link or an address that is written out.
"""

from __future__ import annotations

import re
from functools import partial

_NBSP = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[;:?!»%])")
_AFTER = re.compile(r"« (?=\S)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'")
_FIRST = re.compile(r"(?<![\w.,])1er(?=[\s,.;:)»]|$)")
_ADDRESS = re.compile(r"(\S*(?:://|www\.|@)\S*)")
_TOKEN = re.compile(r"[^\s<]*")
# chacun commence par un signe sûr : une page se parcourt en cent microsecondes
_FAULTS = (
    (re.compile(r"'"), re.compile(r"[^\W\d_]"), "’"),
    (re.compile(r"&(?:amp;)?#(?:39|x27);"), re.compile(r"[^\W\d_]"), "’"),  # un flux échappe deux fois
    (re.compile(r" (?=[:;?!»%])"), re.compile(r"\S"), _NBSP),
    (re.compile(r"« (?=\S)"), re.compile(""), f"«{_NBSP}"),
    (re.compile(r"1er(?=[\s,.;:)»<])"), re.compile(r"[^\w.,]"), "1ᵉʳ"),
)
_KEPT = ("code", "pre", "kbd", "samp", "textarea", "script", "style")
_KEEPS = re.compile(r"<(?:code|pre|kbd|samp|style)\b|<(?:script|textarea)\b[^>]*>(?!</)")
_APART = re.compile(rf"(<({'|'.join(_KEPT)})\b.*?</\2(?=>))", re.DOTALL)


def typeset(text: str) -> str:
    """A text as it is printed."""
    if "://" in text or "@" in text or "www." in text:
        return "".join(piece if n % 2 else _printed(piece) for n, piece in enumerate(_ADDRESS.split(text)))
    return _printed(text)


def typeset_html(html: str) -> str:
    """The same for what stands between the tags of a page or a feed."""
    if not _KEEPS.search(html):
        return _mended(html)
    pieces = _APART.split(html)  # hors du code, le code, son élément, hors du code…
    return "".join(_mended(piece) if n % 3 == 0 else piece for n, piece in enumerate(pieces) if n % 3 < 2)


def _mended(html: str) -> str:
    """Signs are looked for first, and only then whether they stand between tags: most pages have few to mend."""
    for faulty, after, sign in _FAULTS:
        html = faulty.sub(partial(_mend, html, after, sign), html)
    return html


def _mend(html: str, after: re.Pattern[str], sign: str, found: re.Match[str]) -> str:
    start = found.start()
    if start and not after.match(html, start - 1):  # at the very start, it is code that stands before
        return found[0]
    opened, closed = html.rfind("<", 0, start), html.rfind(">", 0, start)
    if opened > closed:
        return found[0]
    begun = max(closed, html.rfind(" ", 0, start), html.rfind("\n", 0, start)) + 1
    word = _TOKEN.match(html, begun)
    return found[0] if word and _ADDRESS.fullmatch(word[0]) else sign


def spaces(text: str) -> str:
    """The spaces alone: for what is still to be compared with what its author wrote."""
    return _AFTER.sub(f"«{_NBSP}", _BEFORE.sub(_NBSP, text))


def _printed(text: str) -> str:
    return _FIRST.sub("1ᵉʳ", _APOSTROPHE.sub("’", spaces(text)))
