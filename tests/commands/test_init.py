"""A founder names the group and has a folder that checks and builds at once: in France, in Belgium, of any trade."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
import yaml

from divan.builder.settings import load_settings
from divan.commands.runs import main
from divan.forum.check import check_content, check_paths
from divan.forum.new import new_post
from divan.founding.folder import write_folder
from divan.founding.founder_answers import founding, read_answers
from divan.founding.founder_questions import QUESTIONS
from divan.members.keyring import drawn, give_key
from divan.members.where import keyring_file
from divan.site.build import build, build_editions
from divan.sources.problem import ProblemsFound
from surveys.check import check_studies

LANDES = {"name": "Aquitaine Sud", "trade": "médecins", "territory": "Landes et Pyrénées",
          "places": "40, Pyrénées-Atlantiques", "contact": "moderation@forum.example",
          "edition": "public"}  # fmt: skip
ARDENNE = {"name": "L'Écoute : « Ardenne »", "trade": "sages-femmes", "country": "be", "territory": "Wallonie",
           "places": "Namur, wlx", "areas": "Grossesse, Éthique & droit, Grossesse !", "contact": "m@forum.example",
           "forge": "gitlab", "repository": "https://gitlab.example/a/b/", "edition": "members"}  # fmt: skip
MENU = 'SITEURL = "https://forum.example"\nMENU = [("Par année", "annees/")]\n'
SECTORS = {"name": "Vétos", "trade": "vétérinaires", "country": "free", "territory": "Le pays",
           "places": "nord=Secteur nord, sud=Secteur sud", "contact": "v@forum.example",
           "forge": "forgejo", "repository": "https://codeberg.example/a/b"}  # fmt: skip


@pytest.mark.parametrize("said", [LANDES, ARDENNE, SECTORS], ids=["fr", "be", "free"])
def test_the_folder_checks_and_builds_at_once_and_leads_nowhere_that_is_not(
    tmp_path: Path, said: dict[str, str]
) -> None:
    folder = tmp_path / "forum"
    write_folder(folder, founding(said, None))
    assert [*check_content(folder).problems, *check_studies(folder)] == []
    build(folder)
    assert missing(folder / "output") == set()
    home = (folder / "output/index.html").read_text(encoding="utf-8")
    assert f'href="tel:{ {"fr": "15", "be": "112"}.get(said.get("country", "fr"), "112") }"' in home
    text = "\n".join(page.read_text(encoding="utf-8") for page in (folder / "output").rglob("*.html"))
    if said["trade"] != "médecins":
        assert not re.search(r"médecin", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("country", "places", "zone"),
    [("qc", "Estrie", "America/Toronto"), ("ch", "VD", "Europe/Zurich"), ("fr", "974", "Indian/Reunion"),
     ("fr", "974, 40", "Europe/Paris"), ("fr", "40", "Europe/Paris"), ("free", "nord=Nord", "Europe/Paris")],
)  # fmt: skip
def test_days_are_counted_where_the_group_is(tmp_path: Path, country: str, places: str, zone: str) -> None:
    write_folder(tmp_path / "forum", founding({**LANDES, "country": country, "places": places}, None))
    assert load_settings(tmp_path / "forum").timezone == zone


def test_a_new_group_is_closed_unless_its_founder_says_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [f"--{name}={said}" for name, said in SECTORS.items()]
    assert main(["init", str(tmp_path / "forum"), *words]) == 0
    assert "divan members key VOTRE-NOM" in capsys.readouterr().out
    give_key(keyring_file(tmp_path / "forum"), "Anne", date.today(), drawn)
    build_editions(tmp_path / "forum", {})
    output = tmp_path / "forum/output"
    assert (output / "charte/index.html").is_file()
    assert not (output / "sujets").exists()
    assert "Bienvenue, et comment" not in "".join(page.read_text("utf-8") for page in output.rglob("*.html"))
    assert (output / "membres/contents").is_file()


def test_the_open_editions_set_nothing_closed(tmp_path: Path) -> None:
    for edition in ("public", "members"):
        write_folder(tmp_path / edition, founding(SECTORS | {"edition": edition}, None))
        assert "EDITION" not in (tmp_path / edition / "pelicanconf.py").read_text(encoding="utf-8")


def missing(output: Path) -> set[str]:
    """The addresses that a page leads to and that are not there."""
    lost = set()
    for page in output.rglob("*.html"):
        base = "/" + page.relative_to(output).as_posix()
        for link in re.findall(r'href="([^"#?]+)', page.read_text(encoding="utf-8")):
            address = urlparse(urljoin(base, link))
            target = output / unquote(address.path.lstrip("/"))
            if not address.scheme and not target.is_file() and not (target / "index.html").is_file():
                lost.add(address.path)
    return lost


def test_places_are_those_of_the_country(tmp_path: Path) -> None:
    write_folder(tmp_path / "forum", founding(ARDENNE, None))
    facts = yaml.safe_load((tmp_path / "forum/content/forum.yaml").read_text(encoding="utf-8"))
    assert (facts["place"], facts["places"]) == ("Province", {"WNA": "Namur", "WLX": "Luxembourg"})
    assert [area["id"] for area in facts["areas"]] == ["grossesse", "ethique_droit", "grossesse_2"]
    assert (tmp_path / "forum/.gitlab-ci.yml").is_file()
    assert not (tmp_path / "forum/.github").exists()


def test_every_fault_is_said_at_once_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["init", str(tmp_path / "forum"), "--name", "x", "--contact", "nous", "--forge", "svn", "--url", "forum"]
    assert main(words) == 1
    told = capsys.readouterr().err
    for said in ("--territory: il manque", "--places: il manque", "n'est pas une adresse", "« svn »", "https://"):
        assert said in told
    assert not (tmp_path / "forum").exists()


def test_a_code_of_elsewhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="« 99 » n'est pas un code connu"):
        founding(LANDES | {"places": "40, 99"}, None)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "forum").mkdir()
    (tmp_path / "forum/notes.txt").write_text("à moi", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="déjà quelque chose"):
        write_folder(tmp_path / "forum", founding(LANDES, None))
    assert [path.name for path in (tmp_path / "forum").iterdir()] == ["notes.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["forum"]


def test_a_founder_is_asked_what_was_not_said() -> None:
    asked = []

    def ask(question: str, default: str) -> str:
        asked.append(question)
        return {"Où ?": "", "Qui ": ""}.get(question[:4], "nord=Nord") if "parties" in question else ""

    group = founding(LANDES | {"country": "free", "places": ""}, ask)
    assert group.territory.places == {"nord": "Nord"}
    assert len(asked) == len(QUESTIONS) - 6


def test_answers_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text('name: Nous\nplaces: ["40", "64"]\n', encoding="utf-8")
    assert read_answers(path) == {"name": "Nous", "places": "40, 64"}
    path.write_text("nom: Nous\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="« nom » n'est pas une question"):
        read_answers(path)


def add_to(settings: Path, text: str) -> None:
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_one_may_write_in_it_at_once(tmp_path: Path) -> None:
    write_folder(tmp_path, founding(LANDES, None))
    post = new_post(tmp_path, "topic", title="Un premier sujet", area="soutien")
    text = post.read_text(encoding="utf-8").replace('author: ""', "author: merle") + "Qui sait faire ?\n"
    post.write_text(text.replace("hashtags: []", "hashtags: [organisation]"), encoding="utf-8")
    assert check_paths(tmp_path) == []


def test_settings_without_any_content_are_told_not_a_traceback(tmp_path: Path) -> None:
    write_folder(tmp_path, founding(LANDES, None))
    (tmp_path / "content").rename(tmp_path / "ailleurs")
    with pytest.raises(ProblemsFound, match="« divan init »"):
        build(tmp_path)


def test_a_groups_own_pages_stand_at_the_foot_of_every_page(tmp_path: Path) -> None:
    write_folder(tmp_path, founding(LANDES, None))
    add_to(tmp_path / "pelicanconf.py", MENU)
    build(tmp_path)
    for page, root in (("index.html", ""), ("cas/index.html", "../")):
        foot = (tmp_path / "output" / page).read_text(encoding="utf-8").partition("<footer")[2]
        assert re.search(rf'<a href="{root}annees/">Par année</a>', foot)


@pytest.mark.parametrize("menu", ['"annees/"', '["Par année", "annees/"]', '[("Par année",)]', '[("Par année", 3)]'])
def test_a_menu_that_is_no_list_of_pairs_is_told(menu: str, tmp_path: Path) -> None:
    write_folder(tmp_path, founding(LANDES, None))
    add_to(tmp_path / "pelicanconf.py", f"MENU = {menu}\n")
    with pytest.raises(ProblemsFound, match="« MENU » est une liste de paires"):
        build(tmp_path)
