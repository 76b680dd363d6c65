"""A folded table longer than anyone scrolls gets a page of its own: a phone lays out only what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG = 200
"""Rows from which a table leaves its page."""

_FOLDED = re.compile(
    r'<details(?: class="table-fold")?>\s*<summary>(?P<label>(?:(?!</summary>).)*)</summary>\s*'
    r'<div class="table"><table class="(?P<form>[^"]*)">(?P<rows>(?:(?!</table>).)*)</table></div>\s*</details>',
    re.DOTALL,
)
_CAPTION = re.compile(r'<caption id="([\w-]+)-caption">(.*?)</caption>', re.DOTALL)
_MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table that left its page: the name of its own page, its title in plain words, and its markup."""

    name: str
    title: str
    markup: str


def part_long_tables(content: str) -> tuple[str, tuple[LongTable, ...]]:
    """A results page with a link where each long table stood, and these tables."""
    kept, taken, end = [], [], 0
    for folded, table in _long_tables(content):
        kept += [content[end : folded.start()], f'<p><a href="{table.name}/">{folded["label"].strip()}</a></p>']
        taken.append(table)
        end = folded.end()
    return "".join((*kept, content[end:])), tuple(taken)


def _long_tables(content: str) -> Iterator[tuple[re.Match[str], LongTable]]:
    for folded in _FOLDED.finditer(content):
        caption = _CAPTION.search(folded["rows"])
        if caption and folded["rows"].count("<tr") > LONG:
            rows = folded["rows"].replace(caption[0], f'<caption class="unseen">{caption[2]}</caption>', 1)
            markup = f'<div class="table"><table class="{folded["form"]} long">{rows}</table></div>'
            yield folded, LongTable(caption[1], _MARK.sub("", caption[2]).strip(), markup)
