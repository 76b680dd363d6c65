"""The engine names no trade: what it must know of physicians stands in a few places, each with its reason."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from divan.founding.folder import write_folder
from divan.founding.founder_answers import founding
from divan.site.build import build
from tests.places import HOUSE

ENGINE = ("divan", "plugins", "theme", "analysis", "locale", "surveys/*.py", "surveys/*/*.py", "surveys/wording")
ALLOWED = {
    "divan/privacy/": "the detector reads what is written of patients and of physicians",
    "divan/site/search/equivalents.yaml": "words that a search takes for one another, of any trade",
    "theme/static/search/abbreviations.json": "what a search for « MG » stands for",
    "divan/founding/skeleton/surveys/entree/request.yaml.j2": "the one trade that « divan members verify » can check",
}
PHYSICIANS = re.compile(r"m[ée]decin", re.IGNORECASE)
CARE = re.compile(r"m[ée]decin|m[ée]dica|patient|cliniq|docteur|ordonnance|g[ée]n[ée]raliste|\bRPPS\b|soignant", re.I)
#: What a page carries and shows to nobody here: a value sent, what a script says of a number that no question asks.
UNSEEN = re.compile(r'value="patient"|need_rpps&#34;: &#34;.*?&#34;')
TEACHERS = {"name": "Salle des profs", "trade": "enseignants", "country": "free", "territory": "Le pays",
            "places": "nord=Secteur nord, sud=Secteur sud", "areas": "Classe, Parents",
            "contact": "profs@forum.example", "edition": "public", "example": "oui"}  # fmt: skip


def test_the_engine_names_no_trade() -> None:
    listed = subprocess.run(["git", "ls-files", "-z", *ENGINE], cwd=HOUSE, capture_output=True, check=True).stdout
    files = [name for name in listed.decode().split("\0") if name]
    assert len(files) > 500
    found = {name for name in files if PHYSICIANS.search((HOUSE / name).read_bytes().decode("utf-8", "replace"))}
    assert {name for name in found if not name.startswith(tuple(ALLOWED))} == set()
    assert [place for place in ALLOWED if not any(name.startswith(place) for name in found)] == []


@pytest.fixture(scope="module")
def teachers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A group of teachers, as ``divan init`` makes it, built."""
    folder = tmp_path_factory.mktemp("teachers") / "forum"
    write_folder(folder, founding(TEACHERS, None))
    build(folder)
    return folder


def test_no_page_of_a_group_of_teachers_speaks_of_care(teachers: Path) -> None:
    pages = sorted((teachers / "output").rglob("*.html"))
    assert len(pages) > 20
    said = {f"{page.relative_to(teachers)}: {found[0]}" for page in pages
            for found in CARE.finditer(UNSEEN.sub("", page.read_text(encoding="utf-8")))}  # fmt: skip
    assert said == set()


def test_nothing_that_the_group_is_given_to_edit_speaks_of_care(teachers: Path) -> None:
    given = [file for file in teachers.rglob("*") if file.is_file() and not {"output", ".divan"} & {*file.parts}]
    assert len(given) > 15
    said = {f"{file.relative_to(teachers)}: {found[0]}" for file in given
            for found in CARE.finditer(file.read_text(encoding="utf-8"))}  # fmt: skip
    assert said == set()
