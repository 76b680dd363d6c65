"""Whose silence is filled: fewer than k people would be a small count, a few more too many where questions cross.

Who left one question alone, and answered others that nearly everybody silent to it left too, or was asked it, which
they were not, counts with the most frequent answer. Fewer than k are counted so in every table, and nobody is told
that there are any: a table where they are silent, beside one where they are not, would give their other answers. From
k to eight times k (and 10 %) are counted so where the question crosses another: more people would leave full cells.
Those are told how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from analysis.people.respondents import CHANGE, GIVEN, INCLUDED, MOVED, PRESENCE, Mask, Respondents

FEW, CELLS = 0.1, 8


def is_silence(name: str) -> bool:
    """True for an axis that tells who answered, not what."""
    return name.startswith(f"{PRESENCE}@") or f"{GIVEN}@" in name


def is_change(name: str) -> bool:
    """True for an axis that tells how the answers of two waves differ."""
    return name.endswith((f"@{CHANGE}", f"@{MOVED}"))


def answered(people: Respondents, name: str) -> Mask:
    """Who gave an answer on this axis: the first level of one that tells who answered."""
    return np.asarray(people.codes[name] == 0 if is_silence(name) else people.codes[name] >= 0)


def few_silences(people: Respondents, k: int) -> Mapping[str, Mask]:
    """By axis, whose silence is filled where the question crosses another, when somebody's is."""
    axes = [name for name in people.codes if not is_change(name)]
    silent = np.array([~answered(people, name) for name in axes]).reshape(len(axes), len(people.people))
    chosen = np.array([people.codes[name] == place for name in axes for place in range(people.codes[name].max() + 1)])
    found = np.zeros_like(silent)
    for group in people.people["group"].unique():
        kept = people.of(str(group))
        most = max(k - 1, min(CELLS * k, int(FEW * kept.sum())))
        for place, own in enumerate(silent & kept):
            # who had not to answer, as the answer to another question says
            asked = chosen[((chosen & kept).sum(axis=1) >= k) & ~(chosen & kept & ~own).any(axis=1)]
            together = np.concatenate([silent, asked]) if len(asked) else silent
            alone = (own & ~together).sum(axis=1)
            beside = together[(alone > 0) & (alone <= most)]
            who = own & ~beside.all(axis=0) if len(beside) else own & False
            # fewer than k others would be a small count of their own
            who = own if 0 < (own & ~who).sum() < k else who
            found[place] |= who if who.sum() <= most else False
    return {name: who for name, who in zip(axes, found, strict=True) if who.any()}


def untold(people: Respondents, few: Mapping[str, Mask], k: int) -> dict[str, Mask]:
    """Those of them who are filled in every table: fewer than k of those analysed."""
    analysed = people.of(INCLUDED)
    return {name: who & analysed for name, who in few.items() if 0 < (who & analysed).sum() < k}


def told_silences(people: Respondents, few: Mapping[str, Mask], group: str, k: int) -> Iterator[tuple[str, list[int]]]:
    """By axis, the people of a ``group``, or of each, who are filled and said to be: k or more."""
    groups = [group] if group else [str(one) for one in people.people["group"].unique()]
    for name, who in few.items():
        found = [np.flatnonzero(who & people.of(one)).tolist() for one in groups]
        yield name, [person for one in found if len(one) >= k for person in one]
