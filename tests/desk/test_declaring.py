"""Moderators, declared on the machine that holds the desk: a link each, a list, a way out; and where a page is read."""

from pathlib import Path

import pytest

from divan.collector.serving import open_store
from divan.desk.declaring import declare
from divan.desk.moderators import Moderators
from divan.desk.places import place_of
from divan.sources.problem import ProblemsFound

POST = b"texte"


def entered(root: Path, name: str, device: str) -> int:
    """``name`` opens the link on ``device``."""
    link = declare(root, None, "add", name, "https://collecte.example/desk/").splitlines()[0]
    assert link.startswith("https://collecte.example/desk/entrer/")
    with open_store(root, None) as store:
        number = Moderators(store.engine).accept(link.rsplit("/", 1)[1], device)
    assert number is not None
    return number


def test_nobody_moderates_at_first(tmp_path: Path) -> None:
    assert "Personne ne modère encore" in declare(tmp_path, None, "list", "", "")


def test_the_link_leads_where_the_collector_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIVAN_COLLECTOR", "https://ailleurs.example/")
    assert declare(tmp_path, None, "add", "Anouk", "").startswith("https://ailleurs.example/desk/entrer/")
    monkeypatch.delenv("DIVAN_COLLECTOR")
    assert declare(tmp_path, None, "add", "Basile", "").startswith("http://localhost:8001/desk/entrer/")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb"])
def test_a_moderator_has_a_name_that_can_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="il faut un nom, de soixante signes au plus"):
        declare(tmp_path, None, "add", name, "")


def test_who_entered_is_listed_with_their_devices_and_leaves_with_all_of_them(tmp_path: Path) -> None:
    number = entered(tmp_path, "Anouk", "téléphone")
    entered(tmp_path, "Basile", "ordinateur")
    said = declare(tmp_path, None, "list", "", "")
    assert f"#{number} téléphone, sans clé" in said
    assert declare(tmp_path, None, "revoke", f"#{number}", "") == "Cet appareil n'entre plus."
    assert "téléphone" not in declare(tmp_path, None, "list", "", "")
    assert declare(tmp_path, None, "revoke", "Basile", "").startswith("Cette personne n'entre plus")
    said = declare(tmp_path, None, "list", "", "")
    assert "Basile" in said and "(retiré)" in said and "ordinateur" not in said


@pytest.mark.parametrize("name", ["Personne", "#99", "#x"])
def test_who_is_not_there_cannot_be_sent_away(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="personne, ni aucun appareil, ne s'appelle ainsi"):
        declare(tmp_path, None, "revoke", name, "")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"content/cases/2026/2026-03-14-k7f2.md": POST}, "cas/2026-03-14-k7f2/"),
        ({"content/topics/2026/2026-03-15-abcd.md": POST}, "sujets/2026-03-15-abcd/"),
        ({"content/replies/2026-03-15-abcd/2026-03-16-c4tq.md": POST}, "sujets/2026-03-15-abcd/#r-2026-03-16-c4tq"),
        ({"content/replies/2026-03-14-k7f2/2026-03-16-c4tq.md": POST}, "cas/2026-03-14-k7f2/#r-2026-03-16-c4tq"),
        ({"content/members/ada.yaml": POST}, "annuaire/"),
        ({"content/services/souffle.yaml": POST}, "services/"),
        ({"content/hashtags.yaml": POST}, "mots/"),
        ({"content/members/ada.yaml": None}, None),
        ({"content/cases/2026/2026-03-14-k7f2.md": None, "content/hashtags.yaml": POST}, "mots/"),
        ({}, None),
    ],
)
def test_a_file_is_read_at_its_page(files: dict[str, bytes | None], place: str | None, tmp_path: Path) -> None:
    topic = tmp_path / "content/topics/2026/2026-03-15-abcd.md"
    topic.parent.mkdir(parents=True)
    topic.touch()
    assert place_of(files, tmp_path) == place
