"""The table that says which signs are read otherwise than they are written: ``reader_signs.json``, compiled once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

_BREAK = "\r\n|[\r\n\x85\u2028\u2029]"
_NEVER_SPECIAL = r"A-Za-z0-9\"#$%'()+,\-./:;=?@^{|}"  # no special stretch begins with these, nor with plain letters
_TAG_NAME = re.compile("</?([A-Za-z][A-Za-z0-9-]{0,29})(?=[ \t\n\r/>])")
SIGNS_PATH = Path(__file__).parent / "reader_signs.json"


@dataclass(frozen=True, slots=True)
class Signs:
    """What Python and JavaScript share, compiled."""

    perhaps: re.Pattern[str]
    special: re.Pattern[str]
    accent: re.Pattern[str]
    space: re.Pattern[str]
    invisible: re.Pattern[str]
    line_break: re.Pattern[str]
    block: re.Pattern[str]
    quote: re.Pattern[str]
    opener: re.Pattern[str]
    definition: re.Pattern[str]
    tag_name: re.Pattern[str]
    block_tags: frozenset[str]
    tags: frozenset[str]
    replacements: dict[str, str]
    look_alikes: dict[str, str]
    entities: dict[str, str]
    letters: dict[str, str]


def plain_sign(sign: str, signs: Signs | None = None) -> str:
    """One sign in plain letters: its replacement in the table, or its compatibility form without marks."""
    table = (signs or load_signs()).replacements
    if sign in table:
        return table[sign]
    return "".join(table.get(letter, letter) for letter in _base(sign))


def seen_sign(sign: str, signs: Signs) -> str:
    """As ``plain_sign``; a letter or a figure of another alphabet that the eye takes for one of ours is ours."""
    plain = plain_sign(sign, signs)
    return signs.look_alikes.get(plain, plain)


@cache
def load_signs() -> Signs:
    """The table, read once."""
    table = json.loads(SIGNS_PATH.read_text(encoding="utf-8"))
    run = table["spaces"] + table["invisible"]
    pattern = "|".join(table["special"]).replace("%TARGET%", table["target"])
    special = re.compile(pattern.replace("%RUN%", run).replace("%RUN_BUT_SPACE%", run[1:]))
    block_tags = frozenset(table["block_tags"].split())
    latin = [chr(code) for code in range(0xC0, 0x250)]
    letters = {sign: plain for sign in latin if len(plain := _base(sign)) == 1 and plain != sign}
    never = f"{_NEVER_SPECIAL}{''.join(sign for sign in latin if not special.match(sign))}"
    return Signs(
        perhaps=re.compile(rf"[^ !{never}]| (?![!{never}])|!(?=\[)"), special=special,
        accent=re.compile(f"[{''.join(letters)}]"), space=re.compile(f"[{run}]+"),
        invisible=re.compile(f"[{table['invisible']}]+"), line_break=re.compile(_BREAK),
        block=re.compile(table["block"]), quote=re.compile(table["quote"]), opener=re.compile(table["opener"]),
        definition=re.compile(table["definition"]), tag_name=_TAG_NAME,
        block_tags=block_tags, tags=block_tags.union(table["inline_tags"].split()),
        replacements=table["replacements"], look_alikes=dict(map(tuple, table["look_alikes"].split())),
        entities=table["entities"], letters=letters,
    )  # fmt: skip


def _base(sign: str) -> str:
    return "".join(letter for letter in normalize("NFKD", sign) if category(letter)[0] != "M")
