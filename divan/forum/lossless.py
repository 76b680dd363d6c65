"""What of a text its reader would not see: words and signs of the source are compared with those of the page.

It knows how many signs each element of the page accounts for, and nothing of the rules of ``as_written``: a loss that
no rule foresaw is found too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from divan.forum.sanitising import TAGS

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_ADDED = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<a [^>]*class="footnote-backref"[^>]*>.*?</a>'
    r'|<p class="markdown-alert-title">(?:Remarque|Conseil|Important|Attention|Danger)</p>|[☐☑]',
    re.DOTALL,
)
_ALT = re.compile(r'<img[^>]* alt="([^"]*)"[^>]*>')
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|samp|strong|sub|sup|var)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\ufeff]")
_CODE = r"(?P<fence>^[ >]*(`{3,}|~{3,})[^\n]*$)|(?P<code>(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))"
_LINK = r"(?P<link>!?\[(?P<label>(?:[^\[\]\n]|\\.)*)\]\((?:<[^>\n]*>|[^()\n]|\([^()\n]*\))*\))"
_NAMES = "|".join(sorted(TAGS, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"{_CODE}|{_LINK}|(?P<comment><!--.*?-->)|(?P<tag></?(?P<name>{_NAMES})(?:\s[^<>]*)?/?>)"
    r"|<(?P<address>(?:https?://|mailto:|tel:)[^\s<>]+|[\w.+-]+@[\w.-]+)>"
    r"|(?P<escaped>\\(?P<sign>(?<=\]\\)\(|[^\w\s(,;?/%='\"$@^{{}}]|_))|(?P<break>\\$)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,31});)"
    r"|(?P<heading>^[ >]*#{1,6}(?=\s)|(?<=\s)#+[ \t]*$)|(?P<rule>^[ >]*(?:[-=]+|(?:[-*_][ \t]*){3,})$)"
    r"|(?P<row>^[ >]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-*:?[ ]*)*$)|(?P<number>^[ >]*(?:[-*+] )?\d{1,9}[.)](?=\s))"
    r"|(?P<note>\[\^[^\]\s]+\]:?)|(?P<task>(?<=[-*+.)] )\[[ xX]\])|(?P<alert>\[!\w+\])"
    r"|(?P<definition>^ {0,3}\[[^\]\n^]+\]:\s*<?(?P<target>[^\s>]+)>?[^\n]*)|(?P<reference>\]\[[^\]\n]*\])",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_SHOWN_AS = {
    "heading": "<h", "rule": "<h", "row": "<table", "number": "<ol", "note": "footnote", "task": "<li>",
    "alert": "markdown-alert", "reference": "<a ", "fence": "<pre", "code": "<code", "link": "<a ",
}  # fmt: skip
_NUMBER_QUOTED = re.compile(r"<blockquote>\s*<p>\s*(?:=|\d)")
_PLAIN_LINK = re.compile(r"\]\([^()\s]*\)")
_PLAIN_TITLE = re.compile(r"\n#{1,6} ")
_GLUED = re.compile(r"</(?:em|strong|del)>\w|\w<(?:em|strong|del)>")
_QUOTE_MARK = re.compile(r"^[ \t]*(?:[-*+] )?((?:>[ \t]*)+)", re.MULTILINE)


def losses(text: str, html: str) -> Iterator[tuple[int, str]]:
    """Lines of ``text`` (1 is the first) of which the page shows less than what is written, and what is lost."""
    bare = html.replace("<p>", "").replace("</p>", "")
    if bare.split() == text.split():
        return
    shown = _visible(html)
    if _plainly_whole(text, shown, html):
        return
    written = _WRITTEN.sub(lambda mark: _read(mark, html), text)
    missing = Counter(_TOKEN.findall(written)) - Counter(_TOKEN.findall(shown))
    if missing:
        missing -= _accounted_for(missing, text, html)
    if missing:
        yield from _placed(written, shown, missing)


def _plainly_whole(text: str, shown: str, html: str) -> bool:
    """Whether text with the commonest marks only is all there: most posts are, and this is soon seen."""
    text = f"\n{text}"
    if "\\" in text or "`" in text or "_" in text or ("*" in text and _GLUED.search(html)):
        return False
    text, links = _PLAIN_LINK.subn("", text) if "](" in text else (text, 0)
    items = text.count("\n- ")
    if items:
        text = text.replace("\n- ", "\n")
    if "\n#" in text and "<h" in html:
        text = _PLAIN_TITLE.sub("\n", text)
    return (
        "".join(_unmarked(text).split()) == "".join(_unmarked(shown).split())
        and items == html.count("<li>")
        and text.count("[") - shown.count("[") == links
        and text.count("]") == shown.count("]")
        and text.count("*") - shown.count("*") == 2 * html.count("<em>") + 4 * html.count("<strong>")
    )


def _unmarked(text: str) -> str:
    return text.replace("*", "").replace("[", "").replace("]", "")


def _visible(html: str) -> str:
    if "footnote" in html or "markdown-alert" in html or "☐" in html or "☑" in html:
        html = _ADDED.sub("", html)
    if "<img" in html:
        html = _ALT.sub(r"\1", html)
    for mark in ("<strong>", "</strong>", "<p>", "</p>", "<li>", "</li>"):
        html = html.replace(mark, "" if "s" in mark else "\n")
    html = _TAG.sub("\n", _INLINE_TAG.sub("", html))
    return unescape(html) if "&" in html else html


def _read(mark: re.Match[str], html: str) -> str:
    """What a reader sees of a piece of Markdown, with as many line ends."""
    kind = str(mark.lastgroup)
    found = mark[0]
    lines = "\n" * found.count("\n")
    match kind:
        case "entity":
            return unescape(found)
        case "escaped":
            return mark["sign"]
        case "address":
            return mark["address"]
        case "definition":
            return "" if unescape(mark["target"]) in unescape(html) else found
        case "tag":
            return lines if f"<{mark['name'].lower()}" in html else found
        case "comment" | "break":
            return lines
    if _SHOWN_AS[kind] not in html and not (kind == "link" and "<img" in html):
        return found
    if kind == "code":
        return found.strip("`")
    if kind == "link":
        return _WRITTEN.sub(lambda inner: _read(inner, html), mark["label"])
    return "]" if kind == "reference" else ""


def _accounted_for(missing: Counter[str], text: str, html: str) -> Counter[str]:
    """The signs that elements of the page stand for: two around what is stressed, one before an item."""
    stars = 2 * html.count("<em>") + 4 * html.count("<strong>")
    items = html.count("<li>") + html.count("<li ")
    paid = Counter({"~": 4 * html.count("<del>"), "-": items, "+": items, "*": items})
    for sign in "*_":
        used = min(missing[sign], stars)
        stars -= used
        paid[sign] += used
    if not _NUMBER_QUOTED.search(html):
        quoted = "<blockquote>" in html or "markdown-alert" in html
        paid[">"] = sum(found[1].count(">") for found in _QUOTE_MARK.finditer(text)) if quoted else 0
    if "<table" in html:
        paid["|"] = missing["|"]
    if "]:" in text and "<a " in html:
        paid["["] = paid["]"] = missing["["]
    return paid


def _placed(written: str, shown: str, missing: Counter[str]) -> Iterator[tuple[int, str]]:
    """The lines of what is missing: those that the page's text cannot follow first."""
    left = Counter(_TOKEN.findall(shown))
    for number, line in enumerate(written.split("\n"), 1):
        lost = []
        for token in _TOKEN.findall(line):
            if missing[token] and (not left[token] or not _follows(line, token, shown)):
                missing[token] -= 1
                lost.append(token)
            else:
                left[token] -= 1
        if lost:
            yield number, _named(lost)


def _follows(line: str, token: str, shown: str) -> bool:
    """Whether the page has ``token`` among the same neighbours as ``line`` has."""
    around = re.search(rf"\S*\s?\S*{re.escape(token)}\S*\s?\S*", line)
    return around is not None and "".join(around[0].split()) in "".join(shown.split())


def _named(lost: list[str]) -> str:
    """Signs may be quoted; words are only counted."""
    signs = [*dict.fromkeys(token for token in lost if not token.isalnum())]
    words = sum(token.isalnum() for token in lost)
    parts = [f"{words} mot{'s' if words > 1 else ''}"] if words else []
    if signs:
        parts.append(f"{'les signes' if len(signs) > 1 else 'le signe'} « {' '.join(signs[:8])} »")
    return " et ".join(parts)
