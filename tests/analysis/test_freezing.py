"""A plan is frozen once, as git holds it, and its page says where its digest lies and whether it is still that one."""

import hashlib
import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from analysis.plan.freezing import freeze, frozen_path
from analysis.report.building import RESULTS, build_report
from divan.commands.runs import main
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.dated_repository import STUDY, DatedRepository, dated_repository

DAY = date(2023, 3, 22)
OSF = "OSF, https://osf.io/ab12c"


@pytest.fixture
def repository(tmp_path: Path) -> DatedRepository:
    return dated_repository(tmp_path)


def record(root):
    return json.loads(frozen_path(load_study(root / "surveys" / STUDY)).read_text(encoding="utf-8"))


def page_of(root):
    build_report(root, STUDY)
    return unescape((root / RESULTS / STUDY / "index.md").read_text(encoding="utf-8")).replace("\u00a0", " ")


def test_the_digest_is_that_of_sha256sum_on_the_file_and_names_the_commit(repository):
    said = freeze(repository.root, STUDY, today=DAY)
    digest = hashlib.sha256(repository.plan.read_bytes()).hexdigest()
    assert digest in said.splitlines()
    (told,) = record(repository.root)
    assert (told["sha256"], told["day"], told["commit"]) == (digest, "2023-03-22", repository.git("rev-parse", "HEAD"))


def test_the_page_shows_the_deposit_and_says_that_the_plan_is_the_same(repository):
    freeze(repository.root, STUDY, today=DAY)
    assert "Plan arrêté le 22 mars 2023, sous l'empreinte SHA-256" in page_of(repository.root)
    freeze(repository.root, STUDY, OSF, today=date(2023, 3, 24))
    page = page_of(repository.root)
    digest = record(repository.root)[0]["sha256"]
    assert f"Plan arrêté et déposé ({OSF}) le 22 mars 2023, sous l'empreinte SHA-256 {digest}" in page
    assert "Celui d'aujourd'hui est le même, octet pour octet." in page


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: Population", "title:  Qui", "demande la même chose ; seuls ses mots ou ses espaces ont changé"),
        ("test: sign}", "test: signed_rank}", "Il a changé depuis"),
    ],
)  # fmt: skip
def test_the_page_tells_a_change_of_words_from_a_change_of_plan(repository, old, new, says):
    freeze(repository.root, STUDY, today=DAY)
    repository.change(old, new)
    repository.commit("2023-03-23")
    assert says in page_of(repository.root)


def test_a_plan_frozen_too_late_is_said_to_be(repository):
    assert "ce dépôt ne prouvera rien" in freeze(repository.root, STUDY, today=date(2023, 9, 1))
    assert "Plan arrêté le 1er septembre 2023, après les premières réponses" in page_of(repository.root)


def test_freezing_twice_changes_nothing(repository):
    freeze(repository.root, STUDY, OSF, today=DAY)
    before = frozen_path(load_study(repository.root / "surveys" / STUDY)).read_bytes()
    assert "était déjà arrêté ainsi, le 22\u00a0mars\u00a02023" in freeze(
        repository.root, STUDY, today=date(2023, 3, 25)
    )
    assert frozen_path(load_study(repository.root / "surveys" / STUDY)).read_bytes() == before


def test_a_plan_that_git_does_not_hold_is_not_frozen(repository):
    repository.change("title: Population", "title: Qui")
    with pytest.raises(ProblemsFound, match="ce texte n'y est pas"):
        freeze(repository.root, STUDY, today=DAY)
    assert not frozen_path(load_study(repository.root / "surveys" / STUDY)).exists()


def test_without_git_the_digest_is_given_all_the_same(copied):
    assert "aucun, faute de git" in freeze(copied(), STUDY, today=DAY)


@pytest.mark.parametrize("deposit", ["Mme Lefèvre, 06 39 98 12 34", "x" * 201, "OSF\nautre ligne"])
def test_a_deposit_is_one_line_that_names_nobody(repository, deposit):
    with pytest.raises(ProblemsFound) as found:
        freeze(repository.root, STUDY, deposit, today=DAY)
    assert "Lefèvre" not in str(found.value) and "98 12 34" not in str(found.value)
    assert not frozen_path(load_study(repository.root / "surveys" / STUDY)).exists()


def test_the_command_says_the_digest(repository, capsys):
    assert main(["--root", str(repository.root), "plan", "freeze", STUDY]) == 0
    assert record(repository.root)[0]["sha256"] in capsys.readouterr().out
    assert main(["--root", str(repository.root), "plan", "freeze", "pilot"]) == 1
    assert "vouliez-vous « pilote »" in capsys.readouterr().err.replace("\u00a0", " ")
