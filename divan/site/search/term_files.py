"""The terms of the index in files: ``mots/`` has the best pages of each, ``mots/reste/`` those that few searches need.

A file of ``mots/`` is no heavier in a larger forum: a frequent word is cut (``postings.cut``), a full shard is split.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from divan.site.search.index_files import read, write
from divan.site.search.postings import cut, encode, joined
from divan.site.search.shards import Shard, shard_of, share_out, split

Changes = dict[str, dict[int, int | None]]
"""By term, the pages that it leads to now with their levels, None for those that it leads to no more."""


def shard_path(name: str) -> str:
    """The file of a shard, from the folder of the index."""
    return f"mots/{name}.json"


def rest_path(name: str) -> str:
    """The file of what was cut from a shard, if anything was."""
    return f"mots/reste/{name}.json"


def write_terms(folder: Path, terms: Mapping[str, str]) -> list[str]:
    """Write all shards; their names."""
    lines = {term: cut(line) for term, line in terms.items()}
    shards = share_out({term: best for term, (best, _) in lines.items()})
    for name, shard in shards.items():
        _write_shard(folder, name, shard, {term: lines[term][1] for term in shard})
    return [*shards]


def change_terms(published: Path, folder: Path, names: Iterable[str], changes: Changes) -> tuple[list[str], set[str]]:
    """Write in ``folder`` the shards that change; the names of all, and the files that are no more."""
    known = dict.fromkeys(names)
    asked: dict[str, Changes] = {}
    for term in sorted(changes):
        name = shard_of(term, known) or term[0]
        asked.setdefault(name, {})[term] = changes[term]
    gone: set[str] = set()
    for name, some in asked.items():
        shard, rest = (read(published / path) for path in (shard_path(name), rest_path(name)))
        _change(shard, rest, some)
        parts = split(name, {term: shard[term] for term in sorted(shard)})
        written = {path for part, held in parts.items() for path in _write_shard(folder, part, held, rest)}
        gone |= {shard_path(name), rest_path(name)} - written
        known.pop(name, None)
        known |= dict.fromkeys(parts)
    return sorted(known), gone


def _write_shard(folder: Path, name: str, shard: Shard, rest: Mapping[str, str]) -> list[str]:
    """Write a shard and what was cut from it; the files written."""
    apart = {term: rest[term] for term in shard if rest.get(term)}
    files = {shard_path(name): shard} | ({rest_path(name): apart} if apart else {})
    for path, held in files.items():
        write(folder, path, held)
    return [*files]


def _change(shard: Shard, rest: Shard, changes: Changes) -> None:
    for term, pages in changes.items():
        levels = joined(shard.pop(term, ""), rest.pop(term, ""))
        for number, level in pages.items():
            if level is None:
                levels.pop(number, None)
            else:
                levels[number] = level
        if levels:
            shard[term], rest[term] = cut(encode(levels))
