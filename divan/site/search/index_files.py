"""The files of the index: shards of terms, blocks of cards, what can be chosen, and the page that leads to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from divan.forum.abbreviations import Abbreviations
from divan.site.search.document import GUIDE
from divan.site.search.indexed import Indexed
from divan.site.search.postings import decode, encode
from divan.site.search.shards import Shard, shard_of, share_out, split
from divan.site.search.stemming import TOO_COMMON
from divan.sources.slug import slug
from divan.sources.writing import write_beside

ENTRY = "index.json"
FACETS = "facettes.json"
BLOCK = 8  # cards in one file
Changes = dict[str, dict[int, int | None]]
"""By term, the pages that it leads to now with their levels, None for those that it leads to no more."""


def shard_path(name: str) -> str:
    """The file of a shard, from the folder of the index."""
    return f"mots/{name}.json"


def block_path(block: int) -> str:
    """The file of a block of cards."""
    return f"fils/{block}.json"


def write_terms(folder: Path, terms: Mapping[str, str]) -> list[str]:
    """Write all shards; their names."""
    shards = share_out(terms)
    for name, shard in shards.items():
        _write(folder, shard_path(name), shard)
    return [*shards]


def change_terms(published: Path, folder: Path, names: Iterable[str], changes: Changes) -> tuple[list[str], set[str]]:
    """Write in ``folder`` the shards that change; the names of all, and of those that are no more."""
    known = dict.fromkeys(names)
    asked: dict[str, Changes] = {}
    for term in sorted(changes):
        name = shard_of(term, known) or term[0]
        asked.setdefault(name, {})[term] = changes[term]
    gone: set[str] = set()
    for name, some in asked.items():
        parts = split(name, _changed(_read(published / shard_path(name)) if name in known else {}, some))
        for part, shard in parts.items():
            _write(folder, shard_path(part), shard)
        known |= dict.fromkeys(parts)
        if name not in parts:
            gone.add(name)
    return sorted(known.keys() - gone), gone


def write_cards(folder: Path, memory: Indexed, blocks: Iterable[int]) -> None:
    """Write these blocks, an empty one too: its old cards must go."""
    for block in sorted(blocks):
        _write(folder, block_path(block), memory.cards(block * BLOCK, (block + 1) * BLOCK))


def write_entry(folder: Path, memory: Indexed, names: Iterable[str], own: Abbreviations, stamp: str) -> None:
    """Write what the search page reads first, with the group's ``own`` abbreviations, and what can be chosen."""
    facets = memory.facets()
    guides = memory.numbers_of("t", GUIDE)
    entry = {
        "stamp": stamp, "count": memory.length(), "block": BLOCK, "shards": " ".join(sorted(names)),
        "common": " ".join(sorted(TOO_COMMON)), "guides": encode(dict.fromkeys(guides, 0)),
        "meanings": own,
    }  # fmt: skip
    _write(folder, ENTRY, entry)
    _write(folder, FACETS, {key: [(value, slug(value), n) for value, n in values] for key, values in facets.items()})


def read_entry(published: Path) -> dict[str, Any]:
    """What the index says of itself; nothing when there is none."""
    return _read(published / ENTRY)


def _changed(shard: Shard, changes: Changes) -> Shard:
    for term, pages in changes.items():
        levels = decode(shard.get(term, ""))
        for number, level in pages.items():
            if level is None:
                levels.pop(number, None)
            else:
                levels[number] = level
        shard[term] = encode(levels)
    return {term: shard[term] for term in sorted(shard) if shard[term]}


def _read(file: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _write(folder: Path, path: str, value: object) -> None:
    write_beside(folder / path, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
