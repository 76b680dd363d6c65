"""A trial beside a study: any wave at any date, every page marked, a summary that says where people stopped."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from divan.builder.settings import load_settings
from divan.collector.store import AnswerStore
from divan.pilot.trying import Trial, open_to_all
from divan.pilot.visits import Visits
from surveys.study import load_study
from tests.collector.sending import ADDRESS, ANSWER
from tests.places import GROUP
from tests.small_forum import make_forum

MARK = "Essai\u00a0: rien de ce que vous envoyez n’est gardé."
HEADED = {"origin": "http://testserver"}


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_forum(tmp_path_factory.mktemp("forum"), git=False, theme=False)
    for study in ("pilote", "accueil"):
        copytree(GROUP / f"surveys/{study}", root / f"surveys/{study}")
    return root


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    with AnswerStore(f"sqlite:///{tmp_path}/essai.sqlite") as opened:
        yield opened


def trial_of(root: Path, tmp_path: Path, study: str = "pilote") -> Trial:
    known = load_study(root / "surveys" / study)
    return Trial(known, known.waves, date(2020, 1, 1), tmp_path / "report")


def client_of(trial: Trial, root: Path, tmp_path: Path, store: AnswerStore) -> TestClient:
    settings = load_settings(root, {"CACHE_PATH": f"{tmp_path}/cache", "SITEURL": ""}, trial.today)
    return TestClient(trial.application(settings, store))


def test_a_wave_by_invitation_is_tried_without_spending_a_code(group: Path, tmp_path: Path, store: AnswerStore) -> None:
    folder = copytree(group / "surveys/pilote", tmp_path / "surveys/invitee")
    study = folder / "study.yaml"
    study.write_text(f"{study.read_text('utf-8')}admission: tokens\n", encoding="utf-8")
    assert all(wave.by_token for wave in load_study(folder).waves)
    known = open_to_all(load_study(folder))
    with client_of(Trial(known, known.waves, date(2020, 1, 1), tmp_path / "report"), group, tmp_path, store) as client:
        page = client.get("/enquetes/invitee/before/").text
        sent = client.post("/enquetes/invitee/before/", data=ANSWER, headers=HEADED)
    assert 'name="invitation"' not in page and "form-token.js" not in page
    assert sent.status_code == 200
    assert len([*store.kept("invitee", "before"), *store.kept("invitee", "before", quarantined=True)]) == 1


def test_each_wave_is_shown_at_any_date_with_all_that_its_page_names(
    group: Path, tmp_path: Path, store: AnswerStore
) -> None:
    client = client_of(trial_of(group, tmp_path), group, tmp_path, store)
    for wave in ("before", "after"):
        page = client.get(f"/enquetes/pilote/{wave}/").text
        assert page.count(MARK) == 1
        assert 'class="survey"' in page
        named = [part.split('"')[0] for part in page.split('src="../../../')[1:]]
        assert len(named) > 3
        assert {client.get(f"/{name}").status_code for name in [*named, "essai/visite.js"]} == {200}


def test_the_pages_of_the_collector_are_marked_too_in_the_language_of_the_form(
    group: Path, tmp_path: Path, store: AnswerStore
) -> None:
    client = client_of(trial_of(group, tmp_path, "accueil"), group, tmp_path, store)
    assert "Trial: nothing that you send is kept." in client.get("/enquetes/accueil/before/formulaire?lang=en").text
    shown = client.get("/enquetes/accueil/before/formulaire")
    assert MARK in shown.text
    assert int(shown.headers["content-length"]) == len(shown.content)
    assert MARK in client.get("/nulle-part").text


def test_the_summary_counts_answers_times_and_stops(group: Path, tmp_path: Path, store: AnswerStore) -> None:
    trial = trial_of(group, tmp_path)
    with client_of(trial, group, tmp_path, store) as client:
        for seconds, last, sent in ((10, "p2", False), (30, "p3", True), (20, "p2", False)):
            told = {"visit": f"v{seconds}", "study": "pilote", "wave": "before", "last": last, "sent": sent}
            client.post("/essai/visite", content=json.dumps({**told, "seconds": {"p1": seconds, "p2": 4}}))
        assert client.post(ADDRESS, data={**ANSWER, "elapsed": "60000"}, headers=HEADED).status_code == 200
        assert client.post(ADDRESS, data={**ANSWER, "submission": "s-2", "elapsed": "5"}).status_code == 200
    said = "\n".join(trial.told(store)).replace("\u00a0", " ")
    assert "Avant (before) : 2 réponses, 3 ouvertures du formulaire" in said
    assert "  Vous : 20 s (médiane de 3 personnes)\n" in said
    assert "  Les réseaux sociaux : 4 s (médiane de 3 personnes), 2 arrêts sur cette page\n" in said
    assert "  L'aide reçue : jamais vue\n" in said
    assert "la réponse 2 irait en quarantaine : le formulaire a été rempli en moins de temps" in said
    assert "Après (after) : 0 réponse, 0 ouverture" in said


def test_a_fault_that_the_report_would_meet_is_known_before_the_study_opens(
    group: Path, tmp_path: Path, store: AnswerStore
) -> None:
    root = tmp_path / "faulty"
    copytree(group, root)
    plan = root / "surveys/pilote/plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("moral", "morale"), encoding="utf-8")
    trial = trial_of(root, tmp_path)
    with client_of(trial, root, tmp_path, store) as client:
        client.post(ADDRESS, data={**ANSWER, "elapsed": "60000"}, headers=HEADED)
    said = "\n".join(trial.told(store))
    assert "à corriger avant d'ouvrir" in said
    assert "« morale »" in said
    assert not (root / "content/results/pilote").exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"seconds": 3}', b"\xff", b"[" * 5000, b"x" * 30_000])
def test_what_no_page_of_ours_tells_is_dropped(body: bytes, group: Path, tmp_path: Path, store: AnswerStore) -> None:
    trial = trial_of(group, tmp_path)
    trial.visits.heard(body)
    assert trial.visits == Visits()
