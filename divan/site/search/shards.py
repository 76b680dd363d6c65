"""Terms shared out in files by how they begin, none much larger than what a phone fetches at once.

A shard that grows over ``LARGEST`` is split by one letter more. A term as short as its shard's name has its place in
the child ``<name>_``: the shard of a term is the longest name with which the term, followed by ``_``, begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LARGEST = 16_000  # signs
Shard = dict[str, str]


def shard_of(term: str, names: Iterable[str] | Mapping[str, object]) -> str | None:
    """The name of the shard that would hold a term."""
    whole = f"{term}_"
    return next((whole[:size] for size in range(len(whole), 0, -1) if whole[:size] in names), None)


def split(name: str, shard: Shard) -> dict[str, Shard]:
    """One shard as those that it has to be, by name."""
    if len(shard) < 2 or sum(len(term) + len(line) + 6 for term, line in shard.items()) <= LARGEST:
        return {name: shard}
    children: dict[str, Shard] = {}
    for term, line in shard.items():
        children.setdefault(f"{term}_"[: len(name) + 1], {})[term] = line
    return {one: part for child, held in children.items() for one, part in split(child, held).items()}


def share_out(terms: Mapping[str, str]) -> dict[str, Shard]:
    """All terms in shards, in order."""
    firsts: dict[str, Shard] = {}
    for term in sorted(terms):
        firsts.setdefault(term[0], {})[term] = terms[term]
    return {one: part for first, held in firsts.items() for one, part in split(first, held).items()}
