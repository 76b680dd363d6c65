"""PUBLISHING in pelicanconf.py and the forge's token: each setting says what it says, and a wrong one is named."""

import base64
from pathlib import Path

import pytest

from divan.builder.settings import make_settings
from divan.desk.configuration import TOKEN, Publishing, publishing
from divan.desk.github import GitHub
from divan.sources.problem import ProblemsFound
from tests.proposals.sending import git, small_forum

FORGE = {"FORGE": "github", "REPOSITORY_URL": "https://github.com/groupe/forum"}
AWAY = {"remote": "https://github.com/groupe/forum"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(TOKEN, raising=False)
    return small_forum(tmp_path)[0]


def read(root: Path, said: dict[str, object] | None = None, **settings: object) -> Publishing:
    return publishing(make_settings(root, {"PUBLISHING": said, **settings}), root / "clone")


def test_said_nothing_the_desk_asks_the_remote_of_the_repository_and_rebuilds(root: Path) -> None:
    found = read(root)
    assert (found.way, found.forge, found.merges, found.rebuild) == ("pull_request", None, True, True)
    assert found.repository.remote == str(root.parent / "forum.git")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"way": "directly"}, "way doit valoir pull_request ou direct, pas « directly »"),
        ({"way": "direct", "rebuilt": True}, "« rebuilt » n'est pas connu"),
    ],
)
def test_a_wrong_setting_is_named(root: Path, said: dict[str, object], message: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        read(root, said)
    (problem,) = found.value.problems
    assert message in problem.message
    assert "api, push_options, rebuild, remote, way" in problem.remedy


def test_a_repository_without_a_remote_is_published_into_itself(root: Path) -> None:
    git(root, "remote", "remove", "origin")
    assert read(root).repository.remote == str(root)


@pytest.mark.parametrize(
    ("origin", "remote"),
    [("../forum.git", "{root}/forum.git"), ("git@forge.example:groupe/forum.git", "git@forge.example:groupe/forum.git"),
     ("https://forge.example/forum", "https://forge.example/forum")],
)  # fmt: skip
def test_a_remote_beside_is_a_folder_and_one_elsewhere_stays_as_it_is_written(
    origin: str, remote: str, root: Path
) -> None:
    git(root, "remote", "set-url", "origin", origin)
    assert read(root).repository.remote == remote.format(root=root.parent)


def test_on_this_machine_the_branch_is_the_one_that_there_is(root: Path) -> None:
    bare = root.parent / "forum.git"
    assert read(root, REPOSITORY_BRANCH="main").repository.branch == "main"
    git(bare, "branch", "-m", "main", "trunk")
    assert read(root, REPOSITORY_BRANCH="main").repository.branch == "trunk"


def test_a_forge_is_spoken_to_with_a_token_and_not_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(root, AWAY, **FORGE).forge is None
    monkeypatch.setenv(TOKEN, "secret")
    assert isinstance(read(root, AWAY, **FORGE).forge, GitHub)
    assert read(root, AWAY, **FORGE | {"FORGE": "inconnue"}).forge is None
    assert read(root, **FORGE).forge is None  # the remote is a folder of this machine


def test_the_token_goes_to_git_over_https_alone_and_in_no_word_of_a_command(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "secret")
    given = read(root, AWAY, **FORGE).repository._credentials
    assert given["GIT_CONFIG_KEY_0"] == f"http.{AWAY['remote']}.extraHeader"
    coded = base64.b64encode(b"x-access-token:secret").decode()
    assert given["GIT_CONFIG_VALUE_0"] == f"Authorization: Basic {coded}"
    assert read(root, {"remote": "http://forge.example/forum"}, **FORGE).repository._credentials == {}


@pytest.mark.parametrize(("options", "merges"), [((), True), (("merge_request.create",), False)])
def test_the_desk_merges_by_itself_where_nothing_else_would(root: Path, options: tuple[str, ...], merges: bool) -> None:
    found = read(root, {"push_options": options})
    assert (found.merges, found.repository.push_options) == (merges, options)
