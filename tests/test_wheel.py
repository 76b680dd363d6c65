"""The engine as a wheel, beside a group's folder that has its own plugin, study, page of results and piece of theme."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests import small_forum as forum
from tests.places import GROUP

pytestmark = [pytest.mark.slow]

PELICANCONF = '''"""Le groupe."""

import os

from divan.settings import *

SITENAME = "Le groupe"
SITEURL = os.environ.get("SITEURL", "https://groupe.example")
PAGE_SIZE = 3
PLUGINS = [*PLUGINS, "plugins.by_year", "welcome"]
'''
BY_YEAR, _, BY_YEAR_TEST = re.findall(
    r"```python\n(.*?)```", (forum.HOUSE / "docs/adding-a-plugin.md").read_text(encoding="utf-8"), re.DOTALL
)
TABLE_PAGE = (forum.HOUSE / "docs/adding-a-table.md").read_text(encoding="utf-8")
MOST_GIVEN, MOST_GIVEN_TEST = re.findall(r"```python\n(.*?)```", TABLE_PAGE, re.DOTALL)
MOST_GIVEN_ENTRY = re.findall(r"```yaml\n(.*?)```", TABLE_PAGE, re.DOTALL)[0]
WELCOME = '''"""A greeting."""

from divan.builder.page import Page
from divan.catalogue.site import site_pages


def pages(site):
    listing = {"title": "Bienvenue", "rows": (), "pages": ()}
    yield Page("bienvenue/", "listing.html", {"listing": listing}, title="Bienvenue")


def register():
    site_pages.connect(pages)
'''


@dataclass
class Group:
    """A group's folder, and an environment in which only a wheel of the engine is installed."""

    root: Path
    bin: Path

    def run(self, *words: str) -> str:
        """What a command says; it has nothing of the checkout on its path."""
        environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "DIVAN_TODAY": str(forum.TODAY), "HOME": str(self.root)}
        done = subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, wheel: Path) -> None:
        """Install a wheel in place of the one before."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "install", "-q", "--no-deps"]
        subprocess.run([*pip, "--no-index", "--force-reinstall", str(wheel)], check=True)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel of the last version, and one of the next, whose theme has changed."""
    folder = tmp_path_factory.mktemp("wheels")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=forum.HOUSE,
                   check=True, capture_output=True)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    newer = folder / "newer" / wheel.name.replace(".dev0", ".dev1")
    newer.parent.mkdir()
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "divan/theme/templates/search.html":
                content += b"{# une version de plus #}\n"
            if name.endswith("/METADATA"):
                content = content.replace(b".dev0", b".dev1")
            new.writestr(name.replace(".dev0.dist-info", ".dev1.dist-info"), content)
    return [wheel, newer]


@pytest.fixture
def group(tmp_path: Path, wheels: list[Path]) -> Group:
    root = forum.make_forum(tmp_path / "groupe", theme=False)
    shutil.rmtree(root / "content/members")  # des noms, que la vérification arrête
    forum.write(root, "pelicanconf.py", PELICANCONF)
    forum.write(root, "plugins/by_year.py", BY_YEAR)
    forum.write(root, "welcome.py", WELCOME)
    forum.commit(root)
    venv.create(tmp_path / "env", with_pip=False)
    (packages,) = (tmp_path / "env").glob("lib/*/site-packages")
    (packages / "dependencies.pth").write_text("".join(f"{path}\n" for path in sys.path if path.endswith("-packages")))
    group = Group(root, tmp_path / "env" / "bin")
    group.install(wheels[0])
    return group


def test_the_wheel_holds_code_theme_and_words_and_nothing_of_a_study(wheels: list[Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = set(wheel.namelist())
    assert {"divan/theme/static/style.css", "divan/theme/templates/base.html", "divan/settings.py",
            "divan/locale/en/LC_MESSAGES/divan.po", "surveys/schemas/questionnaire.schema.json"} <= names  # fmt: skip
    packages = {file.parent.relative_to(forum.HOUSE).as_posix() for file in (forum.HOUSE / "surveys").rglob("*.py")}
    folders = {name.rpartition("/")[0] for name in names if name.startswith("surveys/")}
    assert folders == {*packages, "surveys/schemas", "surveys/templates", "surveys/coding/page"}
    assert not [name for name in names if name.endswith(".csv") or name.startswith(("content/", "tests/"))]
    code = subprocess.run(["git", "ls-files", "divan/*.py", "surveys/*.py", "analysis/*.py", "plugins/*.py"],
                          cwd=forum.HOUSE, check=True, capture_output=True, text=True).stdout.split()  # fmt: skip
    assert set(code) <= names


def test_a_group_builds_checks_and_upgrades_beside_the_engine(group: Group, wheels: list[Path]) -> None:
    root = group.root
    assert "Rien à corriger." in group.run("divan", "check")
    group.run("divan", "build")
    assert "Année 2026" in (root / "output/annees/2026/index.html").read_text(encoding="utf-8")
    assert (root / "output/bienvenue/index.html").is_file()
    assert (root / "output/schemas/case.schema.json").is_file()

    forum.reply(root, "2026-02-02-aaaa", "2026-04-25-eeee")
    assert "aucune récrite" not in group.run("divan", "build")
    assert loads_pelican(group, "2026-04-26-eeee") == "False"
    assert_same_as_from_nothing(group)

    group.run("divan", "theme", "templates/search.html")
    mine = root / "theme/templates/search.html"
    mine.write_text(mine.read_text(encoding="utf-8").replace("{% block content %}", "{% block content %}<b>à nous</b>"))
    group.run("divan", "build")
    assert "<b>à nous</b>" in (root / "output/recherche/index.html").read_text(encoding="utf-8")
    assert "a changé" not in group.run("divan", "check")

    written, published = files_of(root), forum.site_of(root)
    group.install(wheels[1])
    assert "theme/templates/search.html : l'original a changé" in group.run("divan", "check")
    group.run("divan", "build")
    assert files_of(root) == written
    assert forum.differences(published, forum.site_of(root)) == []  # ce qui a changé du thème, le groupe l'a à lui
    assert_same_as_from_nothing(group)


def test_what_the_guides_add_is_one_file_and_one_test_each(group: Group) -> None:
    shutil.copytree(forum.HOUSE / "tests/group/surveys/pilote", group.root / "surveys/pilote")
    plan = group.root / "surveys/pilote/plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("tables:\n", f"tables:\n{MOST_GIVEN_ENTRY}", 1), encoding="utf-8")
    forum.write(group.root, "tests/test_by_year.py", BY_YEAR_TEST)
    forum.write(group.root, "analysis/most_given.py", MOST_GIVEN)
    forum.write(group.root, "tests/test_most_given.py", MOST_GIVEN_TEST.replace("mon-etude", "pilote"))
    assert "2 passed" in group.run("python", "-m", "pytest", "-q", "tests")


def test_the_pelican_command_makes_the_same_site(group: Group) -> None:
    group.run("divan", "build")
    group.run("python", "-m", "pelican", "-s", "pelicanconf.py", "-o", "output-pelican")
    assert forum.differences(forum.site_of(group.root), forum.site_of(group.root, "output-pelican")) == []


def test_a_report_is_written_in_the_groups_folder(group: Group) -> None:
    source = forum.HOUSE / "surveys/poitou-charentes-2023"
    subprocess.run(["cp", "-R", str(source), str(group.root / "surveys")], check=True)
    group.run("divan", "report", "poitou-charentes-2023")
    assert (group.root / "content/results/poitou-charentes-2023/report.json").is_file()
    group.run("divan", "build")
    assert (group.root / "output/resultats/poitou-charentes-2023/index.html").is_file()


def loads_pelican(group: Group, reply: str) -> str:
    """Whether a build after one more reply loads Pelican."""
    forum.reply(group.root, "2026-02-02-aaaa", reply)
    code = "import sys; from pathlib import Path; from divan.site.build import build; build(Path.cwd())"
    return group.run("python", "-c", f"{code}; print('pelican' in sys.modules)").strip()


def files_of(root: Path) -> dict[str, bytes]:
    """What the group has written, settings, plugins and theme included."""
    listed = subprocess.run(["git", "ls-files", "-z", "-c", "-o", "--exclude=output*", "--exclude=.divan"], cwd=root,
                            check=True, capture_output=True, text=True).stdout.split("\0")  # fmt: skip
    return {path: (root / path).read_bytes() for path in listed if path and "__pycache__" not in path}


def assert_same_as_from_nothing(group: Group) -> None:
    """The site built bit by bit is the one that a full build makes, byte for byte."""
    group.run("divan", "build")
    before = forum.site_of(group.root)
    group.run("divan", "build", "--full")
    assert forum.differences(before, forum.site_of(group.root)) == []
    assert os.listdir(group.root / "output")


def test_what_the_container_holds_starts_and_answers(group: Group, tmp_path: Path) -> None:
    """Its recipe replayed without a builder: wheel, settings, ``surveys``, an empty state, its command."""
    recipe = (forum.HOUSE / "deploy/Containerfile").read_text(encoding="utf-8")
    last = recipe.rpartition("\nFROM ")[2]
    assert re.findall(r"^COPY (?!--from)(\S+) ", last, re.MULTILINE) == [
        "requirements.lock",
        "pelicanconf.py",
        "surveys",
    ]
    home = tmp_path / "srv"
    shutil.copytree(GROUP / "surveys", home / "surveys")
    shutil.copy(forum.HOUSE / "pelicanconf.py", home)
    (home / ".divan").mkdir()
    command = json.loads(re.findall(r"^CMD (\[.*\])$", last, re.MULTILINE)[0])
    command = [{"8001": "0", "0.0.0.0": "127.0.0.1"}.get(word, word) for word in command]
    environment = {"PATH": f"{group.bin}:/usr/bin:/bin", "HOME": str(home)}
    with subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            where = re.findall(r"http://[\d.:]+", running.stdout.readline())[0]
            with urlopen(f"{where}/health") as told:
                assert json.load(told)["status"] == "ok"
            with pytest.raises(HTTPError) as closed:
                urlopen(f"{where}/enquetes/pilote/before/", b"code=0042")
            closed.value.close()
            assert closed.value.code == 403
        finally:
            running.terminate()
