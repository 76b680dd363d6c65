"""The doctor before real servers on this machine: what is well, what lacks with its remedy, what was not looked at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.collector import free_port
from divan.builder.settings import make_settings
from divan.collector.health import mark_backup
from divan.collector.serving import state_folder
from divan.doctor.checks import CHECKS, examine
from divan.doctor.observation import Diagnosis, Observation
from tests.desk.on_loopback import served_by
from tests.desk.postbox import postbox

LOCATIONS = {
    "github": ("https://github.com/g/f", "/repos/g/f", "/repos/g/f/branches/main", {"permissions": {"push": True}}),
    "forgejo": ("https://codeberg.org/g/f", "/repos/g/f", "/repos/g/f/branches/main", {"permissions": {"push": True}}),
    "gitlab": ("https://gitlab.com/g/f", "/projects/g%2Ff", "/projects/g%2Ff/repository/branches/main",
               {"permissions": {"project_access": None, "group_access": {"access_level": 30}}}),
}  # fmt: skip
READER = {"github": {"permissions": {"push": False}}, "forgejo": {"permissions": {"push": False}},
          "gitlab": {"permissions": {"project_access": {"access_level": 20}, "group_access": None}}}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside of git, for whom nobody said who commits, nor gave a token."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "nobody"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("DIVAN_FORGE_TOKEN", "DIVAN_COLLECTOR"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "forum"
    folder.mkdir()
    return folder


def look(root: Path, check: str, **settings: Any) -> Observation:
    return CHECKS[check](make_settings(root, settings))


def git(root: Path, *words: str, **more: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_a_folder_outside_of_git_is_told_how_to_enter_it(root: Path) -> None:
    found = look(root, "dépôt")
    assert (found.state, "git init" in found.remedy) == (Diagnosis.LACKING, True)
    assert look(root, "identité").remedy.count("git config --global") == 2
    git(root, "init", "-b", "main")
    git(root, "config", "user.name", "Anne Aulne")
    assert "user.email" in look(root, "identité").said and "user.name" not in look(root, "identité").said
    git(root, "config", "user.email", "anne@exemple.fr")
    git(root, "commit", "--allow-empty", "-m", "Le forum")
    assert [look(root, name).state for name in ("dépôt", "identité")] == [Diagnosis.WELL, Diagnosis.WELL]


def test_a_backup_is_wanted_where_something_was_received_and_not_older_than_a_week(root: Path) -> None:
    assert look(root, "sauvegarde").state == Diagnosis.UNSEEN
    state_folder(root).mkdir(parents=True)
    assert look(root, "sauvegarde").remedy == "divan backup"
    mark_backup(root)
    assert look(root, "sauvegarde").state == Diagnosis.WELL
    (mark,) = root.rglob("last-backup")
    mark.write_text((datetime.now(UTC) - timedelta(days=9)).isoformat(), encoding="ascii")
    assert "9" in look(root, "sauvegarde").said and look(root, "sauvegarde").state == Diagnosis.LACKING


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, {"status": "ok", "days_since_backup": 2}, Diagnosis.WELL),
        (200, {"status": "ok", "days_since_backup": None}, Diagnosis.LACKING),
        (503, {"status": "unavailable"}, Diagnosis.LACKING),
        (200, [], Diagnosis.LACKING),
        (404, b"<h1>Nothing</h1>", Diagnosis.LACKING),
    ],
)
def test_the_collector_is_asked_whether_it_would_save_an_answer(
    root: Path, status: int, body: Any, state: Diagnosis
) -> None:
    asked: list[str] = []

    def reply(_method: str, path: str, _sent: Any, _headers: Mapping[str, str]) -> tuple[int, Any]:
        asked.append(path)
        return status, body

    with served_by(reply) as url:
        assert look(root, "collecteur", PROPOSALS_URL=f"{url}/proposals/").state == state
        assert look(root, "collecteur", PROPOSALS_URL="/proposals/", SITEURL=url).state == state
    assert asked == ["/health", "/health"]


def test_a_collector_that_nobody_named_is_not_said_missing(root: Path) -> None:
    assert look(root, "collecteur").state == Diagnosis.UNSEEN
    away = f"http://127.0.0.1:{free_port()}/proposals/"
    assert look(root, "collecteur", PROPOSALS_URL=away).state == Diagnosis.LACKING
    assert look(root, "collecteur", PROPOSALS_URL="https://forum.invalid/proposals/").state == Diagnosis.UNSEEN


def test_the_clock_is_held_to_that_of_whoever_answers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reply(*_asked: Any) -> tuple[int, Any]:
        return 200, {}

    with served_by(reply) as url:
        assert look(root, "horloge", SITEURL=url).state == Diagnosis.WELL
        monkeypatch.setattr("divan.doctor.machine.datetime", Late)
        assert "avance de 36" in look(root, "horloge", SITEURL=url).said
    assert look(root, "horloge", SITEURL="https://forum.invalid").state == Diagnosis.UNSEEN


class Late(datetime):
    """A clock an hour ahead."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(hours=1)


def test_a_mail_server_is_entered_and_nothing_is_sent(root: Path) -> None:
    assert look(root, "courriel").state == Diagnosis.UNSEEN
    with postbox() as box:
        letter = {"host": "127.0.0.1", "port": box.port, "from": "forum@forum.example"}
        assert look(root, "courriel", LETTER=letter).state == Diagnosis.WELL
        assert box.received == []
        found = look(root, "courriel", LETTER=letter, NEWS={**letter, "user": "forum"})
        assert found.state == Diagnosis.LACKING and "NEWS" in found.said and "LETTER" not in found.said
    assert look(root, "courriel", LETTER={**letter, "port": free_port()}).state == Diagnosis.LACKING
    assert "LETTER demande" in look(root, "courriel", LETTER={"host": "127.0.0.1"}).said


@pytest.fixture(params=LOCATIONS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DIVAN_FORGE_TOKEN", f"jeton-{request.param}")
    yield request.param


@pytest.mark.parametrize("case", ["well", "reader", "open", "refused"])
def test_the_forge_says_what_the_token_may_do_and_whether_the_branch_is_protected(
    root: Path, kind: str, case: str
) -> None:
    repository, project, branch, rights = LOCATIONS[kind]
    answers = {project: READER[kind] if case == "reader" else rights, branch: {"protected": case != "open"}}

    def reply(_method: str, path: str, _sent: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        assert any(f"jeton-{kind}" in value for value in headers.values())
        return (401, {}) if case == "refused" else (200, answers[path]) if path in answers else (404, {})

    with served_by(reply) as url:
        settings = {"FORGE": kind, "REPOSITORY_URL": repository, "PUBLISHING": {"api": url}}
        states = [look(root, name, **settings).state for name in ("jeton", "branche")]
    expected = {"well": [Diagnosis.WELL, Diagnosis.WELL], "reader": [Diagnosis.LACKING, Diagnosis.WELL],
                "open": [Diagnosis.WELL, Diagnosis.LACKING],
                "refused": [Diagnosis.LACKING, Diagnosis.UNSEEN]}  # fmt: skip
    assert states == expected[case]


def test_a_forge_out_of_reach_or_without_a_token_is_not_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"FORGE": "github", "REPOSITORY_URL": "https://github.com/g/f",
                "PUBLISHING": {"api": f"http://127.0.0.1:{free_port()}"}}  # fmt: skip
    assert "DIVAN_FORGE_TOKEN" in look(root, "jeton", **settings).said
    monkeypatch.setenv("DIVAN_FORGE_TOKEN", "jeton")
    assert look(root, "jeton", **settings).said == "la forge ne répond pas"
    assert look(root, "branche", **settings).state == Diagnosis.UNSEEN


def test_offline_nobody_is_asked_and_every_check_says_something(root: Path) -> None:
    asked: list[str] = []

    def reply(_method: str, path: str, *_more: Any) -> tuple[int, Any]:
        asked.append(path)
        return 200, {"status": "ok"}

    with served_by(reply) as url:
        found = dict(examine(make_settings(root, {"SITEURL": url, "PROPOSALS_URL": "/proposals/"}), offline=True))
    assert asked == []
    assert [*found] == [*CHECKS]
    assert all(one.said for one in found.values())
    assert all(one.remedy for one in found.values() if one.state == Diagnosis.LACKING)


def test_the_command_ends_with_1_when_something_lacks(root: Path) -> None:
    (root / "pelicanconf.py").write_text("from divan.settings import *\n", encoding="utf-8")
    words = [sys.executable, "-m", "divan", "doctor", "--offline"]
    ended = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "à faire      dépôt" in ended.stdout and "choses à faire" in ended.stdout
    git(root, "init", "-b", "main")
    for name in ("user.name", "user.email"):
        git(root, "config", name, "anne@exemple.fr")
    git(root, "commit", "--allow-empty", "-m", "Le forum")
    assert subprocess.run(words, cwd=root, capture_output=True, check=False).returncode == 0
