"""A form posted to the collector: kept, refused with a clear page, or set apart; never lost, never an error 500."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from divan.collector.posted_fields import UnreadableError, read_form
from divan.collector.rate import TOGETHER
from divan.collector.store import AnswerStore
from tests.collector.sending import ADDRESS, AFTERWARDS, ANSWER, STUDY, client_for, kept


@pytest.fixture
def client(store: AnswerStore) -> Iterator[TestClient]:
    with client_for(store) as opened:
        yield opened


def test_an_answer_is_kept_before_it_is_thanked_for(client: TestClient, store: AnswerStore) -> None:
    page = client.post(ADDRESS, data=ANSWER)
    assert page.status_code == 200
    assert "Votre reçu" in page.text
    assert kept(store) == [
        {
            "code": "0042", "sex": "woman", "age": "40_60", "family": "couple;children", "situation": "gp",
            "practice": "established", "uses": "no", "why_not": "Le temps",
            "cases": "4", "moral": "2", "referral": "4",
        }
    ]  # fmt: skip
    (answer,) = store.kept(STUDY.id, "before")
    assert (answer.day, answer.definition) == ("2023-04-01", STUDY.wave("before").questionnaire.digest)


def test_a_retry_gives_the_same_receipt_and_no_second_answer(client: TestClient, store: AnswerStore) -> None:
    accept = {"accept": "application/json"}
    receipts = [client.post(ADDRESS, data=ANSWER, headers=accept).json()["receipt"] for _ in range(3)]
    assert len(set(receipts)) == 1
    assert len(kept(store)) == 1


def test_the_form_may_be_sent_as_multipart(client: TestClient, store: AnswerStore) -> None:
    fields = [
        (name, (None, value))
        for name, values in ANSWER.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    assert client.post(ADDRESS, files=fields).status_code == 200
    assert kept(store)[0]["family"] == "couple;children"


def test_every_fault_is_shown_at_once_and_nothing_is_kept(client: TestClient, store: AnswerStore) -> None:
    wrong = ANSWER | {"code": "12a", "sex": "autre", "cases": "9"}
    page = client.post(ADDRESS, data=wrong, headers={"accept": "application/json"})
    assert page.status_code == 422
    assert [fault["item"] for fault in page.json()["problems"]] == ["code", "sex", "cases"]
    assert "12a" not in page.text
    assert kept(store) == []


@pytest.mark.parametrize(
    ("request_words", "status", "said"),
    [
        ({"method": "GET", "url": ADDRESS}, 405, "POST"),
        ({"method": "PUT", "url": ADDRESS, "data": ANSWER}, 405, "POST"),
        ({"method": "POST", "url": "/enquetes/inconnue/before/", "data": ANSWER}, 404, "n&#39;existe pas"),
        ({"method": "POST", "url": "/enquetes/pilote/jamais/", "data": ANSWER}, 404, "n&#39;existe pas"),
        ({"method": "POST", "url": "/ailleurs", "data": ANSWER}, 404, "n&#39;existe pas"),
        ({"method": "POST", "url": ADDRESS, "json": ANSWER}, 415, "que des formulaires"),
        ({"method": "POST", "url": ADDRESS, "content": b"code=0042"}, 415, "que des formulaires"),
        ({"method": "POST", "url": ADDRESS, "data": ANSWER | {"why_not": "x" * 200_000}}, 413, "trop lourd"),
        ({"method": "POST", "url": ADDRESS, "data": {f"f{n}": "" for n in range(2000)}}, 400, "illisible"),
        ({"method": "POST", "url": ADDRESS, "data": ANSWER | {"why_not": "a\0b"}}, 400, "caractère nul"),
        ({"method": "POST", "url": ADDRESS, "files": {"why_not": ("a.txt", b"un fichier")}}, 400, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_page(
    client: TestClient, store: AnswerStore, request_words: dict[str, object], status: int, said: str
) -> None:
    page = client.request(**request_words)  # type: ignore[arg-type]
    assert page.status_code == status
    assert "Votre réponse n&#39;a pas été enregistrée" in page.text
    assert said in page.text
    assert kept(store) == []


FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FORM, b"code=%ff%fe"),
        (FORM, b"code"),
        (FORM, "code=é".encode()),
        (MULTIPART, b'--limite\r\nContent-Disposition: form-data; name="code"\r\n\r\n00'),
        (MULTIPART, b"--limite--"),
        (MULTIPART, b""),
        ("multipart/form-data", b"--limite--"),
    ],
)
def test_a_truncated_or_garbled_body_is_refused(client: TestClient, store: AnswerStore, kind: str, body: bytes) -> None:
    page = client.post(ADDRESS, content=body, headers={"content-type": kind})
    assert page.status_code in (400, 422)
    assert kept(store) == []


@pytest.mark.parametrize(("today", "said"), [(date(2023, 3, 25), "pas encore ouverte"), (AFTERWARDS, "est close")])
def test_outside_its_window_an_answer_is_refused_unless_told_otherwise(
    store: AnswerStore, today: date, said: str
) -> None:
    with client_for(store, today) as closed:
        page = closed.post(ADDRESS, data=ANSWER)
        assert (page.status_code, said in page.text) == (403, True)
    with client_for(store, today, ignore_window=True) as opened:
        assert opened.post(ADDRESS, data=ANSWER).status_code == 200


def test_a_doubtful_answer_is_thanked_for_and_set_apart(client: TestClient, store: AnswerStore) -> None:
    assert client.post(ADDRESS, data=ANSWER | {"website": "http://exemple.example"}).status_code == 200
    assert kept(store) == []
    assert len(kept(store, quarantined=True)) == 1


def test_a_formula_is_kept_as_typed(client: TestClient, store: AnswerStore) -> None:
    client.post(ADDRESS, data=ANSWER | {"why_not": "=HYPERLINK(1)"})
    assert kept(store)[0]["why_not"] == "=HYPERLINK(1)"


def test_too_many_answers_from_one_address_must_wait(store: AnswerStore) -> None:
    with client_for(store, per_minute=1) as limited:
        statuses = [
            limited.post(
                ADDRESS, data=ANSWER | {"submission": str(n)}, headers={"x-forwarded-for": "203.0.113.9"}
            ).status_code
            for n in range(TOGETHER + 1)
        ]
        assert statuses == [200] * TOGETHER + [429]
        other = limited.post(ADDRESS, data=ANSWER, headers={"x-forwarded-for": "198.51.100.9"})
        assert other.status_code == 200


def test_no_cookie_no_cache_and_a_strict_policy(client: TestClient) -> None:
    page = client.post(ADDRESS, data=ANSWER)
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_way_back_is_where_the_form_came_from(client: TestClient) -> None:
    for origin, home in [("https://forum.example", "https://forum.example/"), ('"><script>', "/"), ("null", "/")]:
        assert f'<a href="{home}">' in client.post(ADDRESS, data=ANSWER, headers={"origin": origin}).text
    strayed = client.get("/")  # after « Merci ! », whoever goes there must not read that nothing was saved
    assert strayed.status_code == 404
    assert "pas été enregistrée" not in strayed.text


def test_a_body_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent() -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("divan.collector.posted_fields.LONGEST_WAIT", 0.01)
    head = {"type": "http", "method": "POST", "headers": [(b"content-type", FORM.encode()), (b"content-length", b"9")]}
    # in a thread: the browser's tests leave a loop running in theirs
    with ThreadPoolExecutor(1) as apart, pytest.raises(UnreadableError) as refused:
        apart.submit(lambda: asyncio.run(read_form(Request(head, silent)))).result()  # type: ignore[arg-type]
    assert refused.value.status == 408


def test_health_and_challenge_answer(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "quarantined": 0}
    assert set(client.get("/altcha").json()) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}
