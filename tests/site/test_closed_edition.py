"""A closed group shows to everybody what helps to enter, to write and to answer, and nothing that anybody wrote."""

import re
from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.catalogue.site import edition
from divan.members.keyring import drawn, give_key
from divan.members.where import keyring_file
from divan.site.build import HeldBack, build, build_editions
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

OPEN = {"", "404.html", "enquetes/", "proposer/", "membres/", "theme/", "sw.js", "images/"}
PAGES = {"charte/", "a-propos/", "accessibilite/", "guides/"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small forum, closed, with one key given and one thread withdrawn."""
    monkeypatch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
    forum.make_forum(tmp_path)
    settings = (tmp_path / "pelicanconf.py").read_text()
    forum.write(tmp_path, "pelicanconf.py", settings + 'EDITION = "closed"\n')
    give_key(keyring_file(tmp_path), "Anne", forum.TODAY, drawn)
    return tmp_path


def public(root: Path) -> dict[str, bytes]:
    return {
        path: content
        for path, content in forum.site_of(root).items()
        if not path.startswith("membres/f/") and path != ".divan-pages" and "/privacy/" not in path
    }


def first(path: str) -> str:
    return path.partition("/")[0] + "/" if "/" in path else path.removesuffix("index.html")


def test_only_what_opens_to_all_is_public(root: Path) -> None:
    build_editions(root)
    assert {first(path) for path in public(root)} <= OPEN | PAGES
    assert {"index.html", "charte/index.html", "proposer/index.html", "membres/index.html"} <= public(root).keys()


def test_nothing_that_a_member_wrote_is_in_it(root: Path) -> None:
    build_editions(root)
    for path, content in public(root).items():
        text = content.decode("utf-8", "replace")
        for word in ("Titre de 2026", "merle", "Basile Bouleau", "Texte de Question", "2026-02-01-aaaa", "Service 1"):
            assert word not in text, (path, word)


def test_every_link_leads_somewhere(root: Path) -> None:
    build_editions(root)
    pages = public(root)
    for path, content in pages.items():
        if path.endswith(".html") and path != "404.html":
            for link in re.findall(r'href="([^":#?]*)["#?]', content.decode()):
                target = (Path("/") / Path(path).parent / link).resolve().relative_to("/").as_posix()
                target = "" if target == "." else target
                assert target in pages or f"{target}/index.html".lstrip("/") in pages, (path, link)


def test_members_read_all_of_it(root: Path) -> None:
    build_editions(root)
    edition = forum.site_of(root, ".divan/output/members/edition")
    assert "cas/2026-02-01-aaaa/index.html" in edition
    assert "annuaire/index.html" in edition


def test_a_withdrawn_thread_leaves_its_tombstone(root: Path) -> None:
    forum.case(root, "2026-02-01-aaaa", status="withdrawn")
    build_editions(root)
    assert b"Page retir" in public(root)["cas/2026-02-01-aaaa/index.html"]
    assert "cas/2026-02-02-aaaa/index.html" not in public(root)


def test_a_group_that_closes_takes_away_what_was_public(root: Path) -> None:
    build(root, settings_overrides={"EDITION": "open"}, today=forum.TODAY)
    assert "cas/2026-02-01-aaaa/index.html" in public(root)
    build_editions(root)
    assert {first(path) for path in public(root)} <= OPEN | PAGES


@pytest.mark.parametrize(
    ("says", "words"),
    [("une fiche", "Basile Bouleau"), ("un service", "Service 1"), ("un titre", "Titre de 2026-02-03-aaaa")],
)
def test_a_page_of_one_s_own_that_says_it_is_kept_back(root: Path, says: str, words: str) -> None:
    forum.write(root, "theme/templates/closed.html", f"<!DOCTYPE html><title>x</title><p>{words}</p>")
    with pytest.raises(HeldBack) as told:
        build_editions(root)
    assert any(problem.path.endswith("output/index.html") for problem in told.value.problems), says


def test_a_wrong_word_in_the_settings_is_told(root: Path) -> None:
    with pytest.raises(ProblemsFound, match="EDITION doit valoir open ou closed"):
        edition(load_settings(root, {"EDITION": "secret"}))


def test_without_any_key_yet_its_pages_lead_to_a_door_that_says_so(root: Path) -> None:
    keyring_file(root).unlink()
    build_editions(root)
    door = (root / "output/membres/index.html").read_text(encoding="utf-8")
    assert "n’ont encore donné aucune clé" in door
    assert "<form" not in door and "/page.js" not in door
    give_key(keyring_file(root), "Anne", forum.TODAY, drawn)
    build_editions(root)
    assert "/page.js" in (root / "output/membres/index.html").read_text(encoding="utf-8")
