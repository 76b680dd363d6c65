"""A category that has its answers is closed: said before the rest is filled, held to, told by codebook and import."""

from __future__ import annotations

import threading
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings, create_app
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from divan.sources.problem import ProblemsFound
from surveys.codebook import codebook_csv
from surveys.form import form_scripts, render_form
from surveys.model import Sending, Study
from surveys.observing import observations
from surveys.responses import Responses
from surveys.study import load_study
from tests.collector.sending import ADDRESS, ANSWER, DURING, kept
from tests.places import GROUP

FULL = f"{ADDRESS}formulaire/complet"
MAN = {**ANSWER, "sex": "man"}


def study_with(folder: Path, was: str, now: str) -> Study:
    copytree(GROUP / "surveys/pilote", folder / "pilote")
    path = folder / "pilote/before.yaml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    return load_study(folder / "pilote")


@pytest.fixture
def two_women(tmp_path: Path) -> Study:
    return study_with(tmp_path, "label: Une femme}", "label: Une femme, quota: 2}")


@pytest.fixture
def three_in_all(tmp_path: Path) -> Study:
    return study_with(tmp_path, 'version: "1"', 'version: "1"\nquota: 3')


def client_of(study: Study, store: AnswerStore) -> TestClient:
    settings = CollectorSettings({study.id: study}, store, Key("secret"), today=lambda: DURING, per_minute=1000)
    return TestClient(create_app(settings), client=("127.0.0.1", 50000))


def send(client: TestClient, answer: dict[str, object], number: str, **more: str) -> int:
    return client.post(ADDRESS, data={**answer, "submission": number, **more}).status_code


def test_a_category_closes_once_it_has_its_answers_and_the_others_go_on(two_women: Study, store: AnswerStore) -> None:
    with client_of(two_women, store) as client:
        assert client.get(FULL).json() == {"whole": False, "choices": {}}
        assert [send(client, ANSWER, f"s-{n}") for n in range(3)] == [200, 200, 422]
        assert client.get(FULL).json() == {"whole": False, "choices": {"sex": ["woman"]}}
        assert send(client, ANSWER, "s-1") == 200  # sent again, it is the one that counts
        assert send(client, MAN, "s-4") == 200
        refused = client.post(ADDRESS, data={**ANSWER, "submission": "s-5"}, headers={"accept": "application/json"})
        assert refused.json()["problems"] == [{"item": "sex", "message": "Complet : « Une femme »."}]
        assert "vous pouvez vous arrêter là" in refused.json()["message"]
    assert [one["sex"] for one in kept(store)] == ["woman", "woman", "man"]


def test_a_wave_closes_whole_and_its_form_says_so(three_in_all: Study, store: AnswerStore) -> None:
    with client_of(three_in_all, store) as client:
        assert [send(client, answer, f"s-{n}") for n, answer in enumerate((ANSWER, MAN, MAN, ANSWER))] == [
            200,
            200,
            200,
            403,
        ]
        assert client.get(FULL).json()["whole"] is True
        assert "a reçu toutes les réponses" in client.get(f"{ADDRESS}formulaire").text
        assert "has received all the answers" in client.get(f"{ADDRESS}formulaire?lang=en").text


def test_what_is_doubted_takes_nobody_s_place(two_women: Study, store: AnswerStore) -> None:
    with client_of(two_women, store) as client:
        for n in range(4):
            send(client, ANSWER, f"d-{n}", website="x")
        assert [send(client, ANSWER, f"s-{n}") for n in range(3)] == [200, 200, 422]


def test_many_at_once_fill_a_category_and_no_more(two_women: Study, store: AnswerStore) -> None:
    with client_of(two_women, store) as client:
        found: list[int] = []
        senders = [threading.Thread(target=lambda n=n: found.append(send(client, ANSWER, f"s-{n}"))) for n in range(12)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    assert sorted(found) == [200] * 2 + [422] * 10
    assert len(kept(store)) == 2


def test_the_form_without_script_says_it_beside_the_question(two_women: Study, store: AnswerStore) -> None:
    with client_of(two_women, store) as client:
        form = client.get(f"{ADDRESS}formulaire")
        assert "Complet" not in form.text
        for n in range(2):
            send(client, ANSWER, f"s-{n}")
        form = client.get(f"{ADDRESS}formulaire")
        assert form.status_code == 200
        assert "Complet : « Une femme »." in form.text
        assert "Qui vous interroge" in form.text


def test_only_a_form_with_a_quota_asks_for_them(two_women: Study) -> None:
    here, file = Sending("collector", ""), Sending("file")
    wave, plain = two_women.wave("before"), two_women.wave("after")
    assert 'data-full="./formulaire/complet"' in render_form(two_women, wave, sending=here)
    assert "data-full" not in render_form(two_women, plain, sending=here)
    assert "data-full" not in render_form(two_women, wave, sending=file)
    assert ("form-full.js" in form_scripts(wave.questionnaire, here)) is True
    assert ("form-full.js" in form_scripts(wave.questionnaire, file)) is False


def test_codebook_and_import_tell_it(two_women: Study) -> None:
    wave = two_women.wave("before")
    assert "woman = Une femme (quota : 2)" in codebook_csv(wave.questionnaire)
    rows = tuple({"response": f"before-{n}", "date": "2023-04-01", "sex": "woman"} for n in range(3))
    assert "quota de « sex », « Une femme » : 3 sur 2, dépassé" in [*observations(Responses(wave, rows))]


def test_a_quota_that_nobody_would_count_is_a_fault(two_women: Study) -> None:
    study = two_women.folder / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8") + "sending: {way: file}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="un quota demande un collecteur"):
        load_study(two_women.folder)


def test_a_ranking_has_no_quota(tmp_path: Path) -> None:
    ranked = """      - id: uses
        type: ranking
        required: true
        text: Vous en servez-vous pour votre métier ?
        choices: [{id: "yes", label: Oui, quota: 4}"""
    was = """      - id: uses
        type: single
        required: true
        text: Vous en servez-vous pour votre métier ?
        choices: [{id: "yes", label: Oui}"""
    with pytest.raises(ProblemsFound, match="un classement n'a pas de quota"):
        study_with(tmp_path, was, ranked)
