"""What a physician types that Markdown would swallow, kept as it was written: « <N », « 1g*3 », « 5~10 », « - 3 kg ».

Each such sign becomes its HTML reference, which Markdown never takes for a mark; line numbers do not move. What is
left to Markdown is what reads like Markdown: a listed tag that is closed, marks around words, lists of words.
``lossless`` checks the outcome without knowing these rules.
"""

from __future__ import annotations

import re

from divan.forum.line_starts import keep_line_starts
from divan.forum.sanitising import ATTRIBUTES, TAGS

_VOID = frozenset(["br", "hr", "img"])
_SIGN = re.compile(r"[<~*_`]|[:\\]\\")
_FENCE = re.compile(
    r"^ {0,3}(?:> ?)*(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n(?:.*?\n)?(?:[ >]*\1[`~]* *$|\Z)", re.MULTILINE | re.DOTALL
)
_LEXEMES = re.compile(
    r"[<\]\\`~*_hw](?:"  # un premier signe d'abord : le moteur saute ainsi tout le reste du texte
    r"(?P<path>(?:(?<![^\W_].:\\)(?<=[A-Za-z]:\\)[^\s\\]+(?:\\[^\s\\]+)*"  # d'un disque, sans « \ » doublé
    r"|(?<![^\s(«].)(?<=\\)\\(?=\w)[^\s\\]+(?:\\[^\s\\]+)*)\\?(?!\S))"  # d'un serveur
    r"|(?P<kept>(?<=<)!--(?!-?>)(?:(?!-->).)*-->|(?<=<)(?:https?://|mailto:|tel:)[^\s<>]+>|(?<=<)[\w.+-]+@[\w.-]+>"
    r"|(?<=\])\((?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?=[\s)])|(?<=\\)(?:[^\w\s]|_)"
    r"|(?<![\w/].)(?:(?<=h)ttps?://|(?<=w)ww\.)[^\s<>]+)"
    r"|(?P<code>(?<=`)(?<![\w`].)(?P<ticks>`*+)(?:(?!\n[ \t]*\n).)*?(?<!`)`(?P=ticks)(?!`))"
    r"|(?P<tag>(?<=<)/?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>)"
    r"|(?P<sign>(?<=<)|(?<=`)`*|(?<=~)~*|(?<=\*)\**|(?<=_)_*))",
    re.DOTALL,
)
_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = re.compile(r"""\s+([A-Za-z][\w-]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_REFERENCE = {"<": "&lt;", "~": "&#126;", "*": "&#42;", "_": "&#95;", "`": "&#96;", "\\": "&#92;"}
_AFTER_FIGURE, _BEFORE_UNIT = re.compile(r"\d[-–—/|:~]$"), re.compile(r"[/|:~]\w")  # « 1-*N1* », « *2*/j »
_GLUED_BEFORE, _GLUED_AFTER = re.compile(r"\w[-–—/|:~]$"), re.compile(r"[-–—/|:~.,;]\w")
_BEFORE_MARK = "([{«\"'’“‘-–—/|:*_~\u00a0\u202f"
_AFTER_MARK = ")]}»\"'’”.,;:!?…-–—/|*_~\u00a0\u202f\\"


def as_written(text: str) -> str:
    """Markdown that shows every sign of ``text``, on the same lines."""
    if "```" not in text and "~~~" not in text:
        return _outside_code(text)
    written, at = "", 0
    for fence in _FENCE.finditer(text):
        written += _outside_code(text[at : fence.start()]) + fence[0]
        at = fence.end()
    return written + _outside_code(text[at:])


def _outside_code(text: str) -> str:
    text = keep_line_starts(text)
    if not _SIGN.search(text):
        return text
    found = [*_LEXEMES.finditer(text)]
    if not found:
        return text
    tags, marks = _closed_tags(found), _paired_marks(found, text)
    pieces: list[str] = []
    at = 0
    for lexeme in found:
        if lexeme["path"]:
            kept = "".join(_REFERENCE.get(sign, sign) for sign in lexeme[0])
        elif lexeme["sign"] is not None and lexeme.start() not in marks:
            kept = "".join(map(_REFERENCE.__getitem__, lexeme[0]))
        elif lexeme["tag"] and lexeme.start() not in tags:
            kept = "&lt;" + _outside_code(lexeme[0][1:])
        else:
            continue
        pieces += (text[at : lexeme.start()], kept)
        at = lexeme.end()
    return "".join((*pieces, text[at:]))


def _closed_tags(found: list[re.Match[str]]) -> set[int]:
    """Where the tags stand that are on the list, written as such, and closed if they open."""
    known: set[int] = set()
    opened: dict[str, list[int]] = {}
    for lexeme in found:
        if not lexeme["tag"] or not (name := _listed(lexeme[0])):
            continue
        if name in _VOID:
            known.add(lexeme.start())
        elif lexeme[0][1] != "/":
            opened.setdefault(name, []).append(lexeme.start())
        elif opened.get(name):
            known |= {opened[name].pop(), lexeme.start()}
    return known


def _listed(tag: str) -> str:
    """The name of a tag that may stand in a post, '' for any other; words that are no attributes make it text."""
    begins = _NAME.match(tag)
    name = begins[2].lower() if begins else ""
    if begins is None or name not in TAGS:
        return ""
    inside = tag[begins.end() :].removesuffix(">").removesuffix("/")
    attributes = [match[1].lower() for match in _ATTRIBUTE.finditer(inside)]
    allowed = ATTRIBUTES.get(name, set()) | ({"align"} if name in ("td", "th") else set())
    whole = not _ATTRIBUTE.sub("", inside).strip() and (name != "img" or "src" in attributes)
    return name if whole and allowed.issuperset(attributes) else ""


def _paired_marks(found: list[re.Match[str]], text: str) -> set[int]:
    """Where the runs of ``*``, ``_`` and ``~~`` stand that open or close a mark around words of one paragraph."""
    paired: set[int] = set()
    opened: dict[str, list[int]] = {}
    paragraph = 0
    for lexeme in found:
        run, start = lexeme[0], lexeme.start()
        if lexeme["sign"] is None or run[0] in "<`" or run == "~":
            continue
        if opened and "\n\n" in text[paragraph:start]:
            opened.clear()
        paragraph = start
        opens, closes = _sides(text[start - 1 : start] if start else "", text[lexeme.end() : lexeme.end() + 1], run)
        if closes and opened.get(run):
            first = opened[run].pop()
            if not _in_a_sum(text[max(first - 2, 0) : first], text[lexeme.end() : lexeme.end() + 2]):
                paired |= {first, start}
        elif opens:
            opened.setdefault(run, []).append(start)
        elif not opens and not closes and not text[start - 1 : start].strip():
            paired.add(start)  # une puce, un filet, un signe entre deux blancs : Markdown le laisse
    return paired


def _in_a_sum(before: str, after: str) -> bool:
    """Whether two signs before a pair of runs and two after show that figures or words go on; not « pré-*op* »."""
    glued = _GLUED_BEFORE.search(before) and _GLUED_AFTER.match(after)
    return bool(glued or _AFTER_FIGURE.search(before) or _BEFORE_UNIT.match(after))


def _sides(before: str, after: str, run: str) -> tuple[bool, bool]:
    """Whether a run may open a mark, and close one."""
    if not before.strip() and not after.strip():
        return False, False
    opens = bool((not before.strip() or before in _BEFORE_MARK) and after.strip())
    closes = bool(before.strip() and (not after.strip() or after in _AFTER_MARK))
    return opens and not (len(run) == 1 and after.isdigit()), closes
