"""Standard deviations, quartiles, intervals of a mean: told only where they leave open how many gave each value.

Beside the number of people and their mean, an SD is a sum of squares, a quartile a rank. Where nearly everybody gives
the same value, they say how many gave the others. A value that 1 to k - 1 people gave is open when some other people,
of whom all figures would be printed the same, number none who gave it, or at least k.

So it is of groups beside everybody: a quartile of theirs and one of everybody's are two bounds on one rank, and what is
left of a sum of squares is that of the others. Groups are looked at together, with all that is told of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from analysis.disclosure.other_people import KnownSum, Numbers, Places, PrintedRules, all_open

DIGITS, QUARTILES = 2, (0.25, 0.5, 0.75)
MOST_KINDS = 700  # of all groups together: more ways of answering take minutes, and each group was looked at by them


@dataclass(frozen=True, eq=False)
class Kinds:
    """People who would answer alike: the value that each kind has, and what else is told of the kinds.

    Of a number, each value is a kind. Of a score, each way of answering its questions is.
    """

    values: Numbers
    rules: Sequence[KnownSum] = ()


@dataclass(frozen=True, eq=False)
class Described:
    """Some people, what each of them ``given``, and whether their ``spread`` is told beside their mean."""

    given: Numbers
    kinds: Kinds
    spread: bool = True


def spread_is_open(given: Numbers, kinds: Kinds, k: int) -> bool:
    """Whether the figures of the numbers ``given`` leave open how many gave each value."""
    return spreads_are_open([Described(given, kinds)], None, k)


def spreads_told(groups: Sequence[Described], everybody: Described | None, k: int) -> list[bool]:
    """Of which groups the spread is told: of each in turn that leaves all open, beside those told before."""
    alone = [spread_is_open(one.given, one.kinds, k) for one in groups]
    if everybody is None or not any(alone):
        return alone
    if sum(len(one.kinds.values) for one in groups) > MOST_KINDS:
        groups, everybody = [_by_value(one) for one in groups], _by_value(everybody)
    if spreads_are_open(_telling(groups, alone), everybody, k):
        return alone
    told = [False] * len(groups)
    for own in np.flatnonzero(alone):
        told[own] = True
        told[own] = spreads_are_open(_telling(groups, told), everybody, k)
    return told


def _by_value(one: Described) -> Described:
    """Each value as one kind, where several ways make it."""
    values = np.unique(one.kinds.values)
    return one if len(values) == len(one.kinds.values) else replace(one, kinds=Kinds(values))


def _telling(groups: Sequence[Described], told: Sequence[bool]) -> list[Described]:
    return [replace(one, spread=spread) for one, spread in zip(groups, told, strict=True)]


def spreads_are_open(groups: Sequence[Described], everybody: Described | None, k: int) -> bool:
    """Whether the figures of the ``groups``, and those of ``everybody`` in them, leave all of that open in each."""
    domain, place = np.unique(np.concatenate([one.kinds.values for one in groups]), return_inverse=True)
    group = np.repeat(np.arange(len(groups)), [len(one.kinds.values) for one in groups])
    counts = np.array([(one.given[:, None] == domain[None, :]).sum(axis=0) for one in groups])
    whole = counts.sum(axis=0)
    left = [(place == value) & (group == own) for own, value in np.argwhere((counts > 0) & (counts < k))]
    if everybody is not None:
        left += [place == value for value in np.flatnonzero((whole > 0) & (whole < k))]
    if not left:
        return True
    rules: list[KnownSum] = []
    for own, one in enumerate(groups):
        rules += [KnownSum(rule.factors[place] * (group == own), rule.low, rule.high)
                  for rule in _figures(counts[own], domain, spread=one.spread)]  # fmt: skip
        for rule in one.kinds.rules:
            factors = np.zeros(len(place))
            factors[group == own] = rule.factors
            rules.append(KnownSum(factors, rule.low, rule.high))
    if everybody is not None:
        rules += [KnownSum(rule.factors[place], rule.low, rule.high)
                  for rule in _figures(whole, domain, spread=everybody.spread)]  # fmt: skip
        rules += [KnownSum(np.tile(rule.factors, len(groups)), rule.low, rule.high) for rule in everybody.kinds.rules]
    return all_open(PrintedRules.of(rules), left, counts[group, place], group, k)


def _figures(counts: Places, domain: Numbers, *, spread: bool) -> Iterator[KnownSum]:
    """What is printed: how many, their mean; of a ``spread``, the SD as its digits say, who is up to each quartile."""
    n, each = int(counts.sum()), np.ones(len(domain))
    far = domain - domain[int(counts.argmax())]
    total, squares = float(far @ counts), float(far**2 @ counts)
    yield KnownSum(each, n, n)
    half = 0.5 * 10**-DIGITS
    mean = np.round(total / n, DIGITS)
    yield KnownSum(far, min(total, n * (mean - half)), max(total, n * (mean + half)))
    if not spread:
        return
    sd = np.sqrt(max(0.0, squares - total**2 / n) / max(1, n - 1))
    printed = np.round(sd, DIGITS)
    least, most = ((n - 1) * max(0.0, printed + side) ** 2 + total**2 / n for side in (-half, half))
    yield KnownSum(far**2, min(least, squares), max(most, squares))
    up_to = counts.cumsum()
    for part in QUARTILES:
        rank = max(1, ceil(n * part - 1e-9))
        quartile = int(np.searchsorted(up_to, rank))
        yield KnownSum(each * (np.arange(len(domain)) <= quartile), rank, n)
        yield KnownSum(each * (np.arange(len(domain)) < quartile), 0, rank - 1)
