"""Whatever is added and taken away, terms lead to the same pages as in files made from nothing, none too heavy."""

import os
from pathlib import Path
from random import Random

import pytest

from divan.site.search import postings, shards
from divan.site.search.index_files import read
from divan.site.search.postings import decode, encode, joined
from divan.site.search.term_files import Changes, change_terms, rest_path, shard_path, write_terms

Levels = dict[str, dict[int, int]]


def lines(levels: Levels) -> dict[str, str]:
    return {term: encode(pages) for term, pages in levels.items()}


def told(folder: Path, names: list[str]) -> Levels:
    """What all files of terms say together, each term in one shard."""
    found: Levels = {}
    for name in names:
        shard, rest = read(folder / shard_path(name)), read(folder / rest_path(name))
        assert {*rest} <= {*shard} and not {*shard} & {*found}
        assert all(len(decode(line)) <= postings.LONGEST for line in shard.values())
        found |= {term: joined(line, rest.get(term, "")) for term, line in shard.items()}
    return found


def drawn(chance: Random, levels: Levels) -> Changes:
    """Pages added, raised, or taken away, and the same done to ``levels``."""
    changes: Changes = {}
    for _ in range(30):
        term, page = "".join(chance.choices("ab", k=chance.randint(1, 3))), chance.randrange(40)
        level = chance.choice([None, 0, 3, 9])
        changes.setdefault(term, {})[page] = level
        pages = levels.setdefault(term, {})
        if level is None:
            pages.pop(page, None)
        else:
            pages[page] = level
        if not pages:
            del levels[term]
    return changes


@pytest.mark.parametrize("seed", range(4))
def test_changed_files_say_what_files_made_from_nothing_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(postings, "LONGEST", 5)
    monkeypatch.setattr(shards, "LARGEST", 60)
    chance, published, levels = Random(seed), tmp_path / "published", Levels()
    names = write_terms(published, lines(levels))
    for turn in range(12):
        fresh = tmp_path / str(turn)
        names, gone = change_terms(published, fresh, names, drawn(chance, levels))
        for file in fresh.rglob("*.json"):
            place = published / file.relative_to(fresh)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, place)
        for path in gone:
            (published / path).unlink(missing_ok=True)
        assert told(published, names) == levels
        kept = {path for name in names for path in (shard_path(name), rest_path(name))}
        assert {file.relative_to(published).as_posix() for file in published.rglob("*.json")} <= kept
    assert any((published / "mots/reste").iterdir())
