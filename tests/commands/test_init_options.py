"""What a founder may choose of a new group: ways to send, an example, under which names, the language of the menus."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.commands.runs import main
from divan.forum.new import new_post
from divan.founding.example_set import LIST, remove_example
from divan.founding.folder import write_folder
from divan.founding.founder_answers import founding, read_answers
from divan.founding.sending_ways import WAYS
from divan.site.build import build
from divan.sources.problem import ProblemsFound
from plugins.compose import ways_out
from surveys.study import load_study
from tests.places import HOUSE

VETS = {"name": "Vétos", "trade": "vétérinaires", "country": "free", "territory": "Le pays",
        "places": "nord=Secteur nord", "areas": "Troupeaux, Soutien", "contact": "v@forum.example",
        "edition": "public"}  # fmt: skip
ON_GITHUB = {"repository": "https://forge.example/nous/vetos", "forge": "github"}
FORGEJO = ON_GITHUB | {"forge": "forgejo"}


def founded(folder: Path, **said: str) -> Path:
    """The folder of a group of vets, which checks."""
    write_folder(folder, founding(VETS | said, None))
    assert checked(folder).startswith("Rien à corriger")
    return folder


def checked(folder: Path) -> str:
    """What « divan check » says there, in a process of its own as a founder runs it."""
    words = [sys.executable, "-m", "divan", "check"]
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}
    told = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return told.stdout + told.stderr


def ways(folder: Path) -> set[str]:
    """The buttons of the page where one proposes."""
    build(folder)
    page = (folder / "output/proposer/index.html").read_text(encoding="utf-8")
    direct = {"collector"} if 'action="http' in page else set()
    return direct | {{"forge": "forge", "mail": "mail", "save": "file"}[way]
                     for way in re.findall(r'data-way="(forge|mail|save)"', page)}  # fmt: skip


@pytest.mark.parametrize("chosen", [("mail",), ("forge",), ("collector", "forge", "mail")])
def test_the_page_offers_the_ways_that_were_chosen_and_a_file(tmp_path: Path, chosen: tuple[str, ...]) -> None:
    folder = founded(tmp_path / "forum", **ON_GITHUB, sending=", ".join((*chosen, "file")))
    assert ways(folder) == {*chosen, "file"}
    guide = (folder / "content/pages/guides/contribuer.md").read_text(encoding="utf-8")
    told = {"collector": "Envoyer aux modérateurs", "forge": "sur la forge", "mail": "Envoyer à la modération"}
    assert {way for way, button in told.items() if button in guide} == {*chosen}
    assert "un patient" not in (folder / "output/proposer/index.html").read_text(encoding="utf-8")
    thread = next((folder / "output/sujets").glob("20*/index.html")).read_text(encoding="utf-8")
    assert ("#motif" if "collector" in chosen else "#faire-retirer-un-message-tout-de-suite") in thread


@pytest.mark.parametrize("chosen", [("forge",), ("forge", "mail")])
def test_a_founder_may_open_the_editor_of_a_forgejo(tmp_path: Path, chosen: tuple[str, ...]) -> None:
    folder = founded(tmp_path / "forum", **FORGEJO, sending=",".join(chosen))
    assert ways_out(load_settings(folder))["repository"] == FORGEJO["repository"]


@pytest.mark.parametrize(("forge", "edition"), [*product(("github", "gitlab", "forgejo"), ("public", "closed"))])
def test_the_forge_is_proposed_where_a_stranger_finds_it(tmp_path: Path, forge: str, edition: str) -> None:
    group = founding(VETS | ON_GITHUB | {"forge": forge, "edition": edition}, None)
    assert group.ways.forge == (forge != "forgejo" and edition == "public")
    assert group.ways.collector
    assert group.ways.mail
    write_folder(tmp_path / "forum", group)
    assert bool(ways_out(load_settings(tmp_path / "forum"))["repository"]) == group.ways.forge


@pytest.mark.parametrize(
    ("said", "online", "here"),
    [
        ({}, {"way": "file"}, {"way": "collector", "url": "http://localhost:8001"}),
        ({"collector": "https://collecte.example/"}, {"way": "collector", "url": "https://collecte.example"},
         {"way": "collector", "url": "http://localhost:8001"}),
        ({"sending": "mail"}, {"way": "file"}, {"way": "file"}),
        ({"surveys": "https://recoit.example/f"}, *2 * ({"way": "endpoint", "url": "https://recoit.example/f"},)),
    ],
)  # fmt: skip
def test_answers_go_where_the_founder_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, str], online: object, here: object
) -> None:
    monkeypatch.delenv("DIVAN_COLLECTOR", raising=False)
    monkeypatch.delenv("SITEURL", raising=False)
    folder = founded(tmp_path / "forum", **said)
    assert load_settings(folder)["SURVEYS_SENDING"] == here
    monkeypatch.setenv("SITEURL", "https://forum.example")
    assert load_settings(folder)["SURVEYS_SENDING"] == online


def test_every_wrong_way_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"--{name}={said}" for name, said in VETS.items()]
    words += ["--sending=fax,forge", "--surveys=pigeon", "--collector=chez nous", "--pseudonyms=non", "--language=de"]
    assert main(["init", str(tmp_path / "forum"), *words]) == 1
    told = capsys.readouterr().err
    for said in ("« fax »", "la forge demande un dépôt", "« pigeon »", "--collector: une adresse", "« non »", "« de »"):
        assert told.count(said) == 1
    assert not (tmp_path / "forum").exists()


def test_a_collector_to_which_nothing_goes_is_told() -> None:
    with pytest.raises(ProblemsFound, match="rien ne part vers ce collecteur"):
        founding(VETS | {"sending": "mail", "collector": "https://collecte.example"}, None)


def test_where_the_collector_is_is_asked_of_those_who_have_one() -> None:
    for sending in WAYS[:1] + WAYS[2:]:
        asked: list[str] = []
        founding(VETS | {"sending": sending}, _noting(asked))
        assert any("sera le collecteur" in question for question in asked) == (sending == "collector")


def _noting(asked: list[str]) -> Callable[[str, str], str]:
    def ask(question: str, default: str) -> str:
        asked.append(question)
        return default

    return ask


def test_a_file_of_answers_says_as_much_as_the_options(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("sending: [mail, file]\nexample: true\npseudonyms: free\nlanguage: en\ncollector:\n", "utf-8")
    said = read_answers(path)
    assert said == {"sending": "mail, file", "example": "oui", "pseudonyms": "free", "language": "en", "collector": ""}
    group = founding(VETS | said, None)
    assert (group.example, group.ways.mail, group.ways.collector, group.language) == (True, True, False, "en")


@pytest.mark.parametrize("rule", ["required", "free", "undecided"])
def test_the_charter_and_the_entry_say_under_which_name_one_writes(tmp_path: Path, rule: str) -> None:
    folder = founded(tmp_path / "forum", pseudonyms=rule)
    (wave,) = load_study(folder / "surveys/entree").waves
    (asked,) = [item for item in wave.questionnaire.items if item.id == "pseudonym"]
    assert asked.required == (rule == "required")
    charter = (folder / "content/pages/charte.md").read_text(encoding="utf-8")
    assert ("sous son nom, ou sous un pseudonyme ?" in charter) == (rule == "undecided")
    assert ("On écrit sous un pseudonyme" in charter) == (rule == "required")


def test_menus_and_buttons_speak_the_language_that_was_chosen(tmp_path: Path) -> None:
    folder = founded(tmp_path / "forum", language="en", example="oui")
    build(folder)
    home = (folder / "output/index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in home
    assert "Skip to" in home
    assert "à traduire" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", ["public", "members", "closed"])
def test_the_example_fills_the_forum_checks_and_goes(tmp_path: Path, edition: str) -> None:
    plain = {*write_folder(tmp_path / "plain", founding(VETS | {"edition": edition}, None))}
    folder = founded(tmp_path / "forum", edition=edition, example="oui")
    build(folder, settings_overrides={"AUDIENCE": "members"})
    for kind in ("cas", "sujets", "annuaire", "agenda", "enquetes"):
        assert "Exemple" in (folder / "output" / kind / "index.html").read_text(encoding="utf-8"), kind
    assert len(list((folder / "content").rglob("*.md"))) > 12
    asked = subprocess.run(["make", "-n", "sans-exemple"], cwd=folder, capture_output=True, text=True, check=True)
    assert "divan init . --remove-example" in asked.stdout
    gone, left = remove_example(folder)
    assert (len(gone), left) == (15, [])
    assert checked(folder).startswith("Rien à corriger")
    build(folder, settings_overrides={"AUDIENCE": "members"})
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
            and not {"output", ".divan", "__pycache__"} & {*path.relative_to(folder).parts}}  # fmt: skip
    assert {_shape(path) for path in kept} == {_shape(path) for path in plain}
    assert not (folder / "content/members").exists()


def _shape(path: str) -> str:
    return re.sub(r"-[a-z2-7]{4}\.md$", ".md", path)


def test_what_somebody_wrote_stays_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = founded(tmp_path / "forum", example="oui")
    thread = next(path for path in (folder / "content/topics").rglob("*.md") if "papiers" in path.read_text("utf-8"))
    reply = new_post(folder, "reply", thread=thread.stem)
    reply.write_text(reply.read_text("utf-8").replace('author: ""', "author: mésange") + "Chez moi aussi.\n", "utf-8")
    agenda = folder / "content/agenda.yaml"
    agenda.write_text(agenda.read_text("utf-8").replace("Exemple : réunion", "Réunion"), encoding="utf-8")
    answers = folder / "surveys/exemple-sondage/responses/sondage.csv"
    answers.parent.mkdir()
    answers.write_text("à nous", encoding="utf-8")
    assert main(["init", str(folder), "--remove-example"]) == 0
    told = capsys.readouterr().out
    left = {*json.loads((folder / LIST).read_text(encoding="utf-8"))}
    assert thread.relative_to(folder).as_posix() in left
    assert {f"content/replies/{thread.stem}/{path.name}" for path in reply.parent.iterdir() if path != reply} <= left
    assert {"content/agenda.yaml", "surveys/exemple-sondage/study.yaml", "surveys/exemple-sondage/poll.yaml"} <= left
    assert len(left) == 7  # le fil et ses deux réponses, l'agenda, le sondage et son fil
    assert all(f"gardé : {path}" in told and (folder / path).is_file() for path in left)
    assert not (folder / "surveys/exemple-organisation").exists()
    answers.unlink()
    assert checked(folder).startswith("Rien à corriger")


@pytest.mark.parametrize("written", [None, "[", "[]", '{"../ailleurs": "0"}', '{"content/../../x": "0"}'])
def test_without_its_list_nothing_is_taken_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str | None
) -> None:
    if written is not None:
        (tmp_path / LIST).write_text(written, encoding="utf-8")
    assert main(["init", str(tmp_path), "--remove-example"]) == 1
    assert "exemple.json: ce fichier doit dire" in capsys.readouterr().err


def test_the_example_is_dated_of_the_days_before(tmp_path: Path) -> None:
    folder = founded(tmp_path / "forum", example="oui")
    dated = [path.name[:10] for path in (folder / "content").rglob("20*.md")]
    assert len({*dated}) > 5
    assert max(dated) == date.today().isoformat()
