"""What the coder's page shows: the tree with its keys, a unit and what stands around it, what a search finds."""

from __future__ import annotations

from typing import Any

from divan.sources.french import long_date
from divan.sources.reader_text import fold
from surveys.coding.code_keys import code_keys
from surveys.coding.coder_file import Coding, codes_today
from surveys.coding.coding_session import CodingSession

_AROUND = 3
_FOUND = 200


def tree_shown(session: CodingSession) -> dict[str, Any]:
    """The tree with its keys, and where to begin."""
    keys = code_keys(session.tree)
    codes = [
        {"id": one.id, "label": one.label, "memo": one.memo, "depth": depth, "keys": keys.get(one.id, ""),
         "grouping": one.grouping}
        for depth, one in session.tree.walk()
    ]  # fmt: skip
    return {"title": session.title, "coder": session.coder, "codes": codes, "units": len(session.units),
            "next": session.next_open(-1), "consensus": session.consensus}  # fmt: skip


def unit_shown(session: CodingSession, place: int) -> dict[str, Any]:
    """A unit with what stands around it, and what was decided of it."""
    unit = session.units[place]
    own = session.decided.get(unit.id, Coding())
    post = session.posts[unit.first]
    others = {name: [*codes[unit.id]] for name, codes in session.given.items() if unit.id in codes}
    return {
        "place": place, "unit": unit.id, "text": unit.text(session.texts), "who": post.member,
        "when": f"{long_date(post.day)}, {post.minute // 60:02}:{post.minute % 60:02}",
        "before": _around(session, range(unit.first - _AROUND, unit.first)) + _part(session, unit.first, 0, unit.start),
        "after": _part(session, unit.last, unit.end) + _around(session, range(unit.last + 1, unit.last + 1 + _AROUND)),
        "codes": [*codes_today(session.tree, own.codes)], "memo": own.memo,
        "review": own.review or session.is_split(own), "others": others,
        "done": sum(bool(codes_today(session.tree, one.codes)) for one in session.decided.values()),
        "next": session.next_open(place), "units": len(session.units),
    }  # fmt: skip


def _around(session: CodingSession, numbers: range) -> list[dict[str, str]]:
    found = (session.posts.get(number) for number in numbers)
    return [{"who": post.member, "text": post.text} for post in found if post is not None]


def _part(session: CodingSession, number: int, start: int | None, end: int | None = None) -> list[dict[str, str]]:
    """What else the post of a unit says, when the unit is only a part of it."""
    post = session.posts[number]
    text = "" if start is None else post.text[start:end].strip()
    return [{"who": post.member, "text": text}] if text else []


def search(session: CodingSession, words: str) -> list[dict[str, Any]]:
    """Units that hold these words, whatever their accents; « ; » alone lists those to look at again."""
    wanted = fold(words.strip())
    if not wanted:
        return []
    marked = wanted == ";"
    found = []
    for place, unit in enumerate(session.units):
        own = session.of(unit)
        if (own.review or session.is_split(own)) if marked else wanted in fold(unit.text(session.texts)):
            found.append({"place": place, "text": unit.text(session.texts)[:120]})
    return found[:_FOUND]
