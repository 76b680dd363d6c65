"""The first words of a post, as plain text, for lists, feeds and page descriptions."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 200

_LEFT_OUT = re.compile(r'<sup class="footnote-ref">.*?</sup>|<section class="footnotes">.*', re.DOTALL)
_IMAGE = re.compile(r'<img [^>]*\balt="([^"]*)"[^>]*>')
_BLOCK_END = re.compile(r"</(?:p|li|h\d|t[dh]|pre|div|summary|dt|dd)>|<br>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\n]+")


def excerpt(html: str, *, first_paragraph: bool) -> str:
    """At most LONGEST characters of sanitised ``html``, cut between words, with … when something is left out."""
    html = html[: LONGEST * 12]
    if "footnote" in html:
        html = _LEFT_OUT.sub("", html)
    if "<img " in html:
        html = _IMAGE.sub(r"[\1]", html)  # une liste dit l'image en mots, elle ne la montre pas
    paragraph = _PARAGRAPH.search(html) if first_paragraph else None
    text = unescape(_TAG.sub("", _BLOCK_END.sub(" ", paragraph[1] if paragraph else html)))
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition(" ")[0].rstrip(" ,;:.\u00a0\u202f") + "…"
