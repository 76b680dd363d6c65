"""A post's text made into the HTML of a page: GitHub-flavoured, sanitised, then placed inside the site.

What stands before ``clean`` is a stranger's; what is done after it only adds tags and attributes of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from divan.forum.links import place_images, place_links
from divan.forum.markdown import to_html
from divan.forum.model import Hashtag
from divan.forum.sanitising import clean
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import FaultKind, Problem
from divan.sources.typography import spaces

_FAULT = FaultKind("F07")

HASHTAG = re.compile(r"(?<![\w#&/])#([^\W\d_]\w*(?:-\w+)*)")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_CELL = re.compile(r'<(t[dh]) align="(\w+)">')
_TAG = re.compile(r"(<[^>]*>)")
_ID = re.compile(r' id="([^"]*)"')
_TO_FOOTNOTE = re.compile(r'(?<= href="#)(?=fn(?:ref)?-)')
_CODE = re.compile(r"(<pre>.*?</pre>|<code>.*?</code>)", re.DOTALL)
_BOX = '<div class="scroll" role="group" tabindex="0" aria-label="Tableau">'
_BOXES = (
    ('<input type="checkbox" checked="" disabled="" />', "☑"),
    ('<input type="checkbox" disabled="" />', "☐"),
)
_ALERTS = {"Note": "Remarque", "Tip": "Conseil", "Important": "Important", "Warning": "Attention", "Caution": "Danger"}


@dataclass(slots=True)
class Body:
    """Renders the parts of one post and gathers what it meets: ``hashtags`` in order, ``faults`` to report.

    ``folded_from`` is how many of the hashtags stand before what is folded, None while nothing is.
    """

    path: str
    vocabulary: Vocabulary
    hashtags: list[Hashtag] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    folded_from: int | None = None

    def render(self, text: str, key: str, top_heading: int) -> str:
        """HTML of a text; its headings nest from ``top_heading``, ``key`` keeps its footnotes apart."""
        return self.place(to_html(text), key, top_heading)

    def place(self, raw: str, key: str, top_heading: int) -> str:
        """Sanitised and placed, the HTML that a text was rendered to."""
        if "<input" in raw:
            raw = _boxes(raw)
        html = clean(raw)
        if "<h" in html:
            html = _nest_headings(html, top_heading)
        if "<t" in html:
            html = boxed(_CELL.sub(r'<\1 class="align-\2">', html))
        if "<img" in html:
            html = place_images(html, self._report)
        if "<a " in html:
            html = place_links(html, self.path, self._report)
        if 'class="footnotes"' in raw:
            html = _own_footnotes(html, key)
        if "markdown-alert" in html:
            html = _french_alerts(html)
        if "#" in html:
            html = self._link_hashtags(html)
        return unbreakable(html)

    def problems(self, file_text: str, start: int) -> Iterator[Problem]:
        """The faults met, each on its line; the body starts at offset ``start`` of the file's text."""
        for found, message, remedy in dict.fromkeys(self.faults):
            at = file_text.find(unescape(found), start)
            if at < 0:
                at = max(file_text.find(unescape(found)), 0) or start
            yield _FAULT(self.path, file_text.count("\n", 0, at) + 1, message, remedy)

    def _report(self, found: str, message: str, remedy: str) -> None:
        self.faults.append((found, message, remedy))

    def _link_hashtags(self, html: str) -> str:
        pieces = _TAG.split(html)
        inside = 0
        for index, piece in enumerate(pieces):
            if piece.startswith(("<a ", "<a>", "<code", "<pre")):
                inside += 1
            elif piece in ("</a>", "</code>", "</pre>"):
                inside -= 1
            elif not inside and "#" in piece and not piece.startswith("<"):
                pieces[index] = HASHTAG.sub(self._hashtag, piece)
        return "".join(pieces)

    def _hashtag(self, match: re.Match[str]) -> str:
        entry = self.vocabulary.find(match[1])
        if entry is None:
            self._report(match[0], *unknown_hashtag(match[1], self.vocabulary))
            return match[0]
        self.hashtags.append(entry)
        return f'<a class="hashtag" href="../../mots/{entry.slug}/">{match[0]}</a>'


def unknown_hashtag(word: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Message and remedy for a word that the vocabulary does not hold."""
    near = vocabulary.suggest(word)
    ask = f"vouliez-vous « #{near} » ? Sinon, " if near else ""
    return (
        f"un hashtag vient de la liste commune, et « #{word} » n'y est pas",
        f"{ask}ajoutez-le à content/hashtags.yaml, ou mettez-le entre accents graves si ce n'en est pas un",
    )


def _boxes(raw: str) -> str:
    for box, sign in _BOXES:
        raw = raw.replace(box, sign)
    return raw


def _nest_headings(html: str, top: int) -> str:
    """Renumber headings so that the first ones are ``top`` and no level is skipped, whatever was written."""
    open_levels: list[int] = []

    def place(match: re.Match[str]) -> str:
        if not match[1]:
            while open_levels and open_levels[-1] >= int(match[2]):
                open_levels.pop()
            open_levels.append(int(match[2]))
        return f"<{match[1]}h{min(top + max(len(open_levels), 1) - 1, 6)}>"

    return _HEADING.sub(place, html)


def _own_footnotes(html: str, key: str) -> str:
    """Footnotes with ids of their own on the page, each given once, labels in French, and no other id."""
    seen: set[str] = set()

    def own(match: re.Match[str]) -> str:
        if match[1] in seen or not match[1].startswith(("fn-", "fnref-")):
            return ""
        seen.add(match[1])
        return f' id="{key}-{match[1]}"'

    html = html.replace('aria-label="Back to reference ', 'aria-label="Retour au texte, note ')
    return _TAG.sub(lambda tag: _TO_FOOTNOTE.sub(f"{key}-", _ID.sub(own, tag[0])), html)


def boxed(html: str) -> str:
    """Each table in a box of its own, which scrolls when the screen is narrower, by the keyboard too."""
    if "<table>" not in html:
        return html
    return html.replace("<table>", f"{_BOX}<table>").replace("</table>", "</table></div>")


def unbreakable(html: str) -> str:
    """The spaces that French puts before double signs and inside « » never end a line; code stays as it is."""
    if "<code" not in html and "<pre" not in html:
        return spaces(html)
    first, *others = _CODE.split(html)
    after = (piece if piece.startswith(("<code", "<pre")) else spaces(f">{piece}")[1:] for piece in others)
    return spaces(first) + "".join(after)  # what follows code follows a sign, not the start of a line


def _french_alerts(html: str) -> str:
    for english, french in _ALERTS.items():
        html = html.replace(
            f'<p class="markdown-alert-title">{english}</p>', f'<p class="markdown-alert-title">{french}</p>'
        )
    return html
