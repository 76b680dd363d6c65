"""The YAML that nearly every file here is made of, read without a YAML parser: ``key: text`` and lists of texts.

Ten times quicker than libyaml, which matters for sixty thousand heads. Anything else, even a comment, is left to the
real parser: what is read here is what it would read, never more (``tests/sources/test_plain_yaml.py``).
"""

from __future__ import annotations

import re

_ODD = r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff\ufffe\uffff\ud800-\udfff"
# Les « ++ » ne rendent rien : une ligne de mille lettres qui ne convient pas est quittée en un passage.
_TEXT = rf"[^\W\d_](?:[^\s:#{_ODD}]++|:(?![\s]|$)|(?<=\S)#| (?=[^\s#]))*"
_DAY = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d|-[a-z2-7]+)?"
_QUOTED = rf'"(?:[^"\\{_ODD}]++|[\xa0\u202f])*"'
_WORD = r"[^\W\d_](?:\w|-(?=\w))*"
_LINE = re.compile(
    rf"([a-z][a-z_]*): (?:({_TEXT}|{_DAY})|({_QUOTED})|\[({_WORD}(?:, {_WORD})*)\])"
    r"|([a-z][a-z_]*):"
    rf"|  - (?:({_TEXT})|({_QUOTED}))"
)
_NOT_TEXT = frozenset(["true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL"])


def plain_mapping(text: str) -> dict[str, str | list[str]] | None:
    """The mapping that ``text`` holds when it is written in that plain way, else None."""
    found: dict[str, str | list[str]] = {}
    items: list[str] | None = None
    for line in text.removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        name, value, quoted, words, heading, item, quoted_item = match.groups()
        if value in _NOT_TEXT or item in _NOT_TEXT or (items == [] and (name or heading)):
            return None
        if name:
            if name in found:
                return None
            items = None
            found[name] = value or (quoted[1:-1] if quoted else words.split(", "))
            if words and not _NOT_TEXT.isdisjoint(found[name]):
                return None
        elif heading:
            if heading in found:
                return None
            found[heading] = items = []
        elif items is None:
            return None
        else:
            items.append(item or quoted_item[1:-1])
    return None if items == [] else found
