"""Units cut in two and joined to the next: the words of a thread stay, what receives codes changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from surveys.coding.text_units import TextUnit


def cut(unit: TextUnit, at: int, texts: Mapping[int, str], taken: Collection[str]) -> tuple[TextUnit, TextUnit] | None:
    """A unit cut before the sign ``at`` of its words, the first part under its name; None when a part says nothing.

    ``texts`` are those of posts, by number; ``taken`` are the names of units.
    """
    words = unit.text(texts)
    if at < 1 or not words[:at].strip() or not words[at:].strip():
        return None
    post, place = _place(unit, at, texts)
    whole = place >= len(texts[post])  # between two posts
    post_after, place_after = (post + 1, 0) if whole else (post, place)
    first = replace(unit, last=post, end=None if whole else place)
    base = str(post_after) if not place_after and unit.last == post_after and unit.end is None else ""
    base = base or f"{post_after}-{place_after}"
    name = next(one for n in range(len(taken) + 1) if (one := base if not n else f"{base}-{n + 1}") not in taken)
    return first, TextUnit(name, post_after, unit.last, place_after, unit.end)


def join(first: TextUnit, second: TextUnit, texts: Mapping[int, str]) -> TextUnit | None:
    """The two as one unit, under the name of the first; None when other words stand between them."""
    end = len(texts[first.last]) if first.end is None else first.end
    if second.first == first.last:
        between = texts[first.last][end : second.start]
        together = second.start >= end
    else:
        between = texts[first.last][end:] + texts[second.first][: second.start]
        together = second.first == first.last + 1
    if not together or between.strip():
        return None
    return replace(first, last=second.last, end=second.end)


def _place(unit: TextUnit, at: int, texts: Mapping[int, str]) -> tuple[int, int]:
    """The post, and the sign of its text, before which the sign ``at`` of a unit's words stands."""
    post, left = unit.first, at + unit.start
    while post < unit.last and left > len(texts[post]):
        left -= len(texts[post]) + 1
        post += 1
    if not left and post > unit.first:  # the head of a post is the end of the one before
        return post - 1, len(texts[post - 1])
    return post, left
