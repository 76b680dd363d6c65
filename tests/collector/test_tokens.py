"""One answer a code, whoever sends it and however often; what admits it is refused in words, beside the field."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from divan.collector.export import write_export
from divan.collector.spending import counted, hand_out
from divan.collector.store import AnswerStore
from divan.tokens.invitation_code import draw_code
from surveys.codebook import codebook_rows
from surveys.responses import read_responses
from surveys.study import load_study
from tests.collector.invited import Invitations, invite
from tests.collector.sending import ADDRESS, ANSWER, client_for
from tests.places import GROUP
from tests.tokens.blinding_phone import blinding, packed


@pytest.fixture
def invited(store: AnswerStore, tmp_path: Path) -> Iterator[Invitations]:
    made = invite(store, tmp_path / "keys", 3)
    with made.client:
        yield made


def said(response) -> str:  # type: ignore[no-untyped-def]
    (fault,) = response.json()["problems"]
    assert (response.status_code, fault["item"]) == (422, "invitation")
    return str(fault["message"])


def test_a_token_admits_one_answer_and_the_same_one_sent_again(invited: Invitations) -> None:
    token = invited.token(invited.codes[0])
    first = invited.answer(token=token)
    assert first.status_code == 200
    again = invited.answer(token=token)
    assert again.json()["receipt"] == first.json()["receipt"]
    assert "a déjà servi" in said(invited.answer(token=token, submission="s-another"))
    assert invited.admitted() == ["token"]


def test_a_code_gives_the_same_signature_to_the_phone_that_asks_again_and_none_to_another(invited: Invitations) -> None:
    phone = blinding(invited.signing.public)
    first, again = invited.sign(invited.codes[0], phone), invited.sign(invited.codes[0].lower(), phone)
    assert first.json() == again.json()
    assert "a déjà servi" in said(invited.sign(invited.codes[0], blinding(invited.signing.public)))
    assert counted(invited.store.engine, "pilote", "before") == (3, 1)


def test_without_script_a_code_admits_one_answer_and_the_same_one_sent_again(invited: Invitations) -> None:
    code = invited.codes[1]
    receipts = {invited.answer(invitation=code).json()["receipt"] for _ in range(2)}
    assert len(receipts) == 1
    assert "a déjà servi" in said(invited.answer(invitation=code, submission="s-another"))
    assert "a déjà servi" in said(invited.sign(code, blinding(invited.signing.public)))
    assert invited.admitted() == ["code"]


def test_a_code_changed_for_a_token_admits_nothing_by_itself(invited: Invitations) -> None:
    invited.token(invited.codes[0])
    assert "a déjà servi" in said(invited.answer(invitation=invited.codes[0]))
    assert invited.admitted() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Donnez le code"), ("K7F2-QMXA", "mal recopié"), ("0000-0000-0000", "n'est pas de cette enquête")],
)
def test_what_is_no_code_is_told_beside_its_field(invited: Invitations, typed: str, told: str) -> None:
    assert told in said(invited.answer(invitation=typed))
    assert told in said(invited.sign(typed, blinding(invited.signing.public)))
    assert invited.admitted() == []


def test_a_token_that_nobody_signed_admits_nothing(invited: Invitations) -> None:
    number, signature = invited.token(invited.codes[0]).split(".")
    for forged in ("x", "é.é", f"{number}.{packed(bytes(256))}", f"{packed(bytes(32))}.{signature}", f"{number}."):
        assert "n'est pas de cette enquête" in said(invited.answer(token=forged))


def test_a_code_of_one_wave_admits_nothing_to_another(invited: Invitations) -> None:
    answered = invited.client.post(ADDRESS.replace("before", "after"), data=ANSWER | {"invitation": invited.codes[0]})
    assert answered.status_code in (403, 422)
    assert counted(invited.store.engine, "pilote", "before") == (3, 0)


def test_what_no_phone_would_have_blinded_costs_no_code(invited: Invitations) -> None:
    for blinded in ("", "A", packed(bytes(256)), packed(b"\xff" * 256)):
        asked = {"invitation": invited.codes[0], "blinded": blinded}
        assert invited.client.post(f"{ADDRESS}jeton", data=asked).status_code == 400
    assert counted(invited.store.engine, "pilote", "before") == (3, 0)


def test_a_refused_answer_spends_nothing(invited: Invitations) -> None:
    wrong = {**ANSWER, "cases": "99", "invitation": invited.codes[0]}
    assert invited.client.post(ADDRESS, data=wrong).status_code == 422
    assert invited.answer(invitation=invited.codes[0]).status_code == 200


def test_without_script_the_form_comes_back_filled_with_what_is_wrong_beside_the_code(invited: Invitations) -> None:
    page = invited.client.post(ADDRESS, data=ANSWER | {"invitation": "K7F2-QMXA", "why_not": "Le temps"}).text
    assert 'value="K7F2-QMXA"' in page
    assert "Ce code est mal recopié" in page.partition('id="q-invitation"')[2].partition("</div>")[0]
    assert "Le temps" in page


def test_colleagues_behind_one_address_answer_all_while_guesses_are_counted(store: AnswerStore, tmp_path: Path) -> None:
    made = invite(store, tmp_path / "keys", 12, per_minute=2)
    behind = {"x-forwarded-for": "192.0.2.7"}
    with made.client as client:
        client.headers.update(behind)
        statuses = [made.answer(token=made.token(code), submission=f"s-{code}").status_code for code in made.codes[:10]]
        assert statuses == [200] * 10
        tried = [made.answer(invitation=draw_code(), submission=f"t-{n}").status_code for n in range(10)]
        assert tried == [422] * 8 + [429] * 2  # four minutes' worth at once, as for any sender
        assert made.answer(invitation=made.codes[10], submission="late").status_code == 429
    assert made.admitted() == ["token"] * 10


def test_a_study_open_to_all_signs_no_token(invited: Invitations, store: AnswerStore) -> None:
    with client_for(store) as client:
        assert client.post(f"{ADDRESS}jeton", data={"invitation": invited.codes[0]}).status_code == 404


def test_the_export_says_how_each_answer_was_admitted_and_the_codebook_what_that_means(
    invited: Invitations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    invited.answer(token=invited.token(invited.codes[0]), submission="s-1", elapsed="60000")
    invited.answer(invitation=invited.codes[1], submission="s-2", elapsed="60000")
    root = tmp_path / "group"
    shutil.copytree(GROUP, root)
    with (root / "surveys/pilote/study.yaml").open("a", encoding="utf-8") as study:
        study.write("admission: tokens\n")
    database = invited.store.engine.url.render_as_string(hide_password=False)
    told: list[str] = []
    assert write_export(root, "pilote", "before", database, "-", tell=told.append) == 2
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["admission"] for row in rows] == ["token", "code"]
    assert told == ["admission : 1 par jeton signé à l'aveugle, 1 par code d'invitation, sans script"]
    wave = load_study(root / "surveys/pilote").wave("before")
    explained = {row["column"]: row["values"] for row in codebook_rows(wave.questionnaire, by_token=True)}
    assert set(explained["admission"]) == {"token", "code"}
    file = root / "surveys/pilote/responses/before.csv"
    assert {row["admission"] for row in read_responses(load_study(root / "surveys/pilote"), "before").rows} == {""}
    write_export(root, "pilote", "before", database, None)
    again = read_responses(load_study(root / "surveys/pilote"), "before").rows
    assert [row["admission"] for row in again][-2:] == ["token", "code"], file


def test_a_proof_of_work_is_told_where_no_token_is_asked_for(store: AnswerStore) -> None:
    with client_for(store) as client:
        challenge = client.get("/altcha").json()
        number = next(
            n
            for n in range(challenge["maxnumber"] + 1)
            if hashlib.sha256(f"{challenge['salt']}{n}".encode()).hexdigest() == challenge["challenge"]
        )
        proof = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
        solved = base64.b64encode(json.dumps(proof).encode()).decode()
        assert client.post(ADDRESS, data=ANSWER | {"altcha": solved}).status_code == 200
        assert client.post(ADDRESS, data=ANSWER | {"submission": "s-2"}).status_code == 200
    assert [answer.admission for answer in store.kept("pilote", "before")] == ["proof", ""]


def test_codes_asked_for_at_the_same_instant_serve_once_each_and_none_is_forgotten(store: AnswerStore) -> None:
    codes = [f"code-{n}" for n in range(12)]
    hand_out(store.engine, "pilote", "before", codes)
    asked = [(code, blinded) for code in codes for blinded in ("one", "other")]
    with ThreadPoolExecutor(6) as phones:
        got = [*phones.map(lambda pair: store.spend("pilote", "before", *pair), asked)]
    served = [code for (code, _blinded), signed in zip(asked, got, strict=True) if signed]
    assert served == codes
    assert counted(store.engine, "pilote", "before") == (12, 12)
