"""Two rows of headings made one: the question above, one of its choices below, as ``question [choice]``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, zip_longest


def joined_headings(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One name a column: a question stands above its first column, and holds for the blank ones after it.

    A question of one column keeps its own name, whatever stands below it (« Response »).
    """
    pairs = [(top.strip(), part.strip()) for top, part in zip_longest(above, below, fillvalue="")]
    questions = list(accumulate(bool(top) for top, _ in pairs))
    wide = Counter(questions)
    named = {number: top for number, (top, _) in zip(questions, pairs, strict=True) if top}
    return tuple(
        f"{named.get(number, '')} [{part}]".strip() if wide[number] > 1 and part else named.get(number, "")
        for number, (_, part) in zip(questions, pairs, strict=True)
    )
