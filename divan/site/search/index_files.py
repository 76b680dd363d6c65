"""The files of the index but its terms: blocks of cards, what can be chosen, and what a search page reads first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from divan.forum.abbreviations import Abbreviations
from divan.site.search.document import GUIDE
from divan.site.search.indexed import Indexed
from divan.site.search.postings import encode
from divan.site.search.stemming import TOO_COMMON
from divan.sources.slug import slug
from divan.sources.writing import write_beside

ENTRY = "index.json"
FACETS = "facettes.json"
BLOCK = 8  # cards in one file


def block_path(block: int) -> str:
    """The file of a block of cards."""
    return f"fils/{block}.json"


def write_cards(folder: Path, memory: Indexed, blocks: Iterable[int]) -> None:
    """Write these blocks, an empty one too: its old cards must go."""
    for block in sorted(blocks):
        write(folder, block_path(block), memory.cards(block * BLOCK, (block + 1) * BLOCK))


def write_entry(folder: Path, memory: Indexed, names: Iterable[str], own: Abbreviations, stamp: str) -> None:
    """Write what the search page reads first, with the group's ``own`` abbreviations, and what can be chosen."""
    facets = memory.facets()
    guides = memory.numbers_of("t", GUIDE)
    entry = {
        "stamp": stamp, "count": memory.length(), "block": BLOCK, "shards": " ".join(sorted(names)),
        "common": " ".join(sorted(TOO_COMMON)), "guides": encode(dict.fromkeys(guides, 0)),
        "meanings": own,
    }  # fmt: skip
    write(folder, ENTRY, entry)
    write(folder, FACETS, {key: [(value, slug(value), n) for value, n in values] for key, values in facets.items()})


def read_entry(published: Path) -> dict[str, Any]:
    """What the index says of itself; nothing when there is none."""
    return read(published / ENTRY)


def read(file: Path) -> dict[str, Any]:
    """What a file of the index holds; nothing when there is none."""
    try:
        return dict(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def write(folder: Path, path: str, value: object) -> None:
    """A file of the index, as short as can be."""
    write_beside(folder / path, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
