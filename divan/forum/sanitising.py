"""What of a post's HTML may reach a page: a short list of tags and attributes, everything else is dropped.

The page's Content-Security-Policy is the second lock. Attribute values come out with ``<``, ``>`` and
``"`` escaped (html5ever), which is what lets ``markup`` work on whole tags afterwards.
"""

from __future__ import annotations

import nh3

_BLOCKS = {"p", "br", "hr", "blockquote", "pre", "div", "section", "details", "summary", "img"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "th", "td"}
_WORDS = {
    "a",
    "abbr",
    "b",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "strong",
    "sub",
    "sup",
    "var",
}
TAGS = frozenset(_BLOCKS | _HEADINGS | _LISTS | _TABLES | _WORDS)
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
CLASSES = {
    "a": {"footnote-backref"},
    "div": {"markdown-alert", *(f"markdown-alert-{k}" for k in ("note", "tip", "important", "warning", "caution"))},
    "p": {"markdown-alert-title"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
}
_ALIGN = {cell: {"align": {"left", "center", "right"}} for cell in ("td", "th")}


def _cleaner(attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={"*": set(), **attributes},
        allowed_classes=CLASSES,
        tag_attribute_values=_ALIGN,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


_PLAIN = _cleaner(ATTRIBUTES)
_FOOTNOTED = _cleaner({**ATTRIBUTES, "a": {*ATTRIBUTES["a"], "id", "aria-label"}, "li": {"id"}})


def clean(html: str) -> str:
    """Keep what posts may hold; ids and labels only where the text has footnotes, which need them."""
    return (_FOOTNOTED if 'class="footnotes"' in html else _PLAIN).clean(html)
