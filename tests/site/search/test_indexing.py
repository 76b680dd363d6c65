"""The index after any change is the one that would be made from nothing; nothing hidden is in it; a kill is mended."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from divan.forum.withdrawing import withdraw
from divan.site.search import indexing
from divan.site.search.indexing import index_search
from divan.site.search.postings import decode
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

OUT = {"OUTPUT_PATH": "output"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = forum.make_forum(tmp_path / "forum")
    forum.settle(made)
    index_search(made, OUT)
    return made


def found(root: Path, term: str) -> set[str]:
    """Titles of the pages to which a term leads."""
    folder = root / "output/chercher"
    entry = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    lines = [read(folder / f"mots/{name}.json").get(term, "") for name in entry["shards"].split()]
    pages = [page for line in lines for page in decode(line)]
    return {read(folder / f"fils/{page // entry['block']}.json")[str(page)]["t"] for page in pages}


def read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def by_address(root: Path) -> dict[str, dict[str, int]]:
    """Terms and levels by the address of each page: what an index says, whatever its numbers and shards."""
    folder, terms = root / "output/chercher", {}
    cards = {int(n): card["u"] for file in (folder / "fils").glob("*.json") for n, card in read(file).items()}
    for name in read(folder / "index.json")["shards"].split():
        for term, line in read(folder / f"mots/{name}.json").items():
            for page, level in decode(line).items():
                terms.setdefault(cards[page], {})[term] = level
    return terms


def test_a_thread_is_found_by_its_words_its_hashtags_and_all_their_synonyms(root: Path) -> None:
    forum.case(root, "2026-04-01-dddd", title="Un vertige au lever", tags=["hta"], text="Quelle conduite tenir ?")
    forum.settle(root)
    index_search(root, OUT)
    for term in ("vertig", "hta", "hypertension", "~hhta", "~hhypertension", "conduit"):
        assert "Un vertige au lever" in found(root, term), term


def test_what_was_indexed_is_not_indexed_again(root: Path) -> None:
    assert index_search(root, OUT) == "La recherche est à jour."


def test_a_reply_rewrites_its_own_shards_alone(root: Path) -> None:
    forum.reply(root, "2026-02-05-aaaa", "2026-04-20-eeee", text="Un zeste.")
    forum.settle(root)
    index_search(root, OUT)
    before = {file: file.stat().st_mtime_ns for file in (root / "output/chercher").rglob("*.json")}
    forum.reply(root, "2026-02-05-aaaa", "2026-04-21-eeee", text="Un zouave, peut-être.")
    forum.settle(root)
    assert index_search(root, OUT) == "La recherche est indexée."
    written = {f"{file.parent.name}/{file.name}" for file, time in before.items() if file.stat().st_mtime_ns != time}
    assert {"mots/z.json", "chercher/index.json"} <= written and "mots/h.json" not in written
    assert len(found(root, "zouav")) == 1


def test_after_random_changes_it_is_the_index_that_is_made_from_nothing(root: Path, tmp_path: Path) -> None:
    chance = Random(4)
    words = ["asthme", "bronche", "cyanose", "diplopie", "eczéma", "fracture"]
    for number in range(8):
        text = " ".join(chance.choices(words, k=3))
        forum.reply(root, f"2026-02-0{chance.randint(1, 7)}-aaaa", f"2026-05-{number + 10}-ffff", text=text)
        if number == 3:
            withdraw_thread(root, "2026-02-03-aaaa")
        if number == 5:
            forum.topic(root, "2026-05-01-gggg", title="Un dernier sujet", text=text)
        forum.settle(root)
        index_search(root, OUT)
    changed = by_address(root)
    for file in (root / ".divan/output/search").iterdir():
        file.unlink()
    index_search(root, OUT)
    assert by_address(root) == changed


def test_what_is_withdrawn_leaves_the_index(root: Path) -> None:
    forum.topic(root, "2026-04-02-hhhh", title="Un soir de garde", text="Le mot hydrocution.")
    forum.settle(root)
    index_search(root, OUT)
    assert found(root, "hydrocution") == {"Un soir de garde"}
    withdraw_thread(root, "2026-04-02-hhhh")
    forum.settle(root)
    index_search(root, OUT)
    files = [file for file in (root / "output/chercher").rglob("*") if file.is_file()]
    assert not any("hydrocution" in file.read_text(encoding="utf-8") for file in files)


def test_abbreviations_are_found_both_ways(root: Path) -> None:
    forum.case(root, "2026-04-01-dddd", title="Écrit en lettres", tags=["toux"], text="Une embolie pulmonaire ?")
    forum.case(root, "2026-04-02-dddd", title="Écrit en sigle", tags=["toux"], text="Un AVC ce matin ?")
    forum.write(root, "content/abbreviations.yaml", "RSM: [réseau de soins du Marais]\n")
    forum.case(root, "2026-04-03-dddd", title="Un sigle d'ici", tags=["toux"], text="Le RSM répond-il ?")
    forum.settle(root)
    index_search(root, OUT)
    assert found(root, "ep") == {"Écrit en lettres"}
    assert found(root, "vasculair") == {"Écrit en sigle"} and found(root, "marai") == {"Un sigle d’ici"}


def test_two_letters_are_an_abbreviation_in_capitals_only(root: Path) -> None:
    forum.case(root, "2026-04-01-dddd", title="En capitales", tags=["toux"], text="Sa TA est basse.")
    forum.case(root, "2026-04-02-dddd", title="Un mot", tags=["toux"], text="On compte 500 mg, ep compris.")
    forum.settle(root)
    index_search(root, OUT)
    assert found(root, "tension") == {"En capitales"} and found(root, "generalist") == set()


def test_what_is_folded_is_found_and_never_shown_by_a_card(root: Path) -> None:
    assert found(root, "resolution")
    for file in (root / "output/chercher/fils").glob("*.json"):
        shown = file.read_text(encoding="utf-8")
        assert "de Constatations" in shown or "cas/" not in shown
        assert "de Résolution" not in shown and "de Note" not in shown


def test_a_kill_while_files_are_put_in_place_leads_to_a_whole_index(root: Path, monkeypatch) -> None:
    forum.reply(root, "2026-02-05-aaaa", "2026-04-20-eeee", text="Un zouave, peut-être.")
    forum.settle(root)

    def killed(source: Any, target: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(indexing.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            index_search(root, OUT)
    assert index_search(root, OUT) == "La recherche est indexée."
    assert len(found(root, "zouav")) == 1
    assert index_search(root, OUT) == "La recherche est à jour."


def test_a_folder_that_was_emptied_is_filled_again(root: Path) -> None:
    for file in (root / "output/chercher").rglob("*.json"):
        file.unlink()
    assert index_search(root, OUT) == "La recherche est indexée."
    assert found(root, "hta")


def test_without_a_site_there_is_nothing_to_index(tmp_path: Path) -> None:
    made = forum.make_forum(tmp_path / "forum")
    with pytest.raises(ProblemsFound, match="il n'y a pas de site à indexer"):
        index_search(made, OUT)


def test_a_site_of_another_version_is_built_again_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as another:
        another.setattr(indexing, "SCHEMA", "d'une autre version")
        with pytest.raises(ProblemsFound, match="d'une autre version"):
            index_search(root, OUT)


def test_abbreviations_that_do_not_hold_are_told_on_their_line(root: Path) -> None:
    forum.write(root, "content/abbreviations.yaml", "RSM: réseau\nX.Y: [un mot]\nVIDE: []\n")
    done = subprocess.run(
        [sys.executable, "-m", "divan", "--root", str(root), "check"], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 1
    assert [f"content/abbreviations.yaml:{line}" in done.stdout + done.stderr for line in (1, 2, 3)] == [True] * 3


def withdraw_thread(root: Path, thread: str) -> None:
    for path, text in withdraw(root, thread).changes.items():
        (root / path).write_text(str(text), encoding="utf-8")


def test_an_index_that_another_version_kept_is_made_again(root: Path) -> None:
    (kept,) = root.rglob("pages.sqlite")
    with closing(sqlite3.connect(kept)) as base:
        base.executescript("ALTER TABLE page DROP COLUMN card; DROP TABLE facet;")
    before = by_address(root)
    index_search(root, OUT)
    assert before
    assert by_address(root) == before
