"""Whatever is sent to any address of the collector: no error 5xx, no exception, and nothing decided by it.

DIVAN_FUZZ_EXAMPLES=20000 pytest tests/desk/test_fuzz.py     (about ten minutes)
"""

import os
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from divan.collector.identity import Key
from divan.collector.shown_versions import load_studies
from divan.proposals.model import ProposalState
from tests.desk.moderating import FROM_US, AtDesk, sign_in
from tests.places import GROUP
from tests.proposals.sending import JSON, REPLY, THREAD, TODAY, Opened, opened, photograph

FUZZ = settings(
    max_examples=int(os.environ.get("DIVAN_FUZZ_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KINDS = ["case", "topic", "reply", "resolution", "correction", "member", "service", "hashtag", "withdrawal", "report"]
TEXT = some.one_of(
    some.text(max_size=40),
    some.sampled_from(["\0", "é" * 30_000, "../..", THREAD, f"{THREAD}#r-{THREAD}", "\ud800", "<b>", "---\na: b\n---"]),
)
NAMES = some.sampled_from(
    ["target", "text", "author", "title", "question", "reason", "who", "word", "receipt", "action", "submission",
     "homepage", "email", "image_alt", "version", "token", "credential", "device", "change", "hashtags"]
)  # fmt: skip
FIELDS = some.dictionaries(NAMES, some.lists(TEXT.filter(lambda text: "\ud800" not in text), max_size=3), max_size=8)
SENT, BOTH = "/proposals/", "/proposals/receipt"
SURVEYS = ["/enquetes/accueil/before/", "/enquetes/entree/demande/", "/enquetes/x/y", "/altcha", "/health", "/"]
SOUND = {
    "case": {"title": "Un genou", "question": "Que faire ?", "context": "La quarantaine.", "findings": "Froid.",
             "hashtags": "toux", "specialty": "rhumatologie", "author": "merle"},
    "topic": {"title": "Une pénurie", "text": "Qui en a ?", "author": "merle", "area": "sanitary"},
    "reply": {"target": THREAD, "text": "Pensez au reflux.", "author": "merle"},
    "resolution": {"target": THREAD, "text": "Guéri.", "author": "merle"},
    "correction": {"target": THREAD, "passage": "Auscultation normale.", "replacement": "Des sibilants."},
    "member": {"name": "Ada Lambertine", "specialty": "pédiatrie", "town": "Melle", "departement": "79",
               "consent": "yes"},
    "service": {"name": "École du dos", "service_kind": "etp", "town": "Melle", "departement": "79"},
    "hashtag": {"word": "reflux"},
    "withdrawal": {"target": THREAD, "who": "patient"},
    "report": {"target": THREAD, "reason": "recognised"},
}  # fmt: skip
ACTIONS = ["publish", "second", "return", "refuse", "", "x"]
DESK = ["/desk/", "/desk/retirer", "/desk/appareils", "/desk/sortir", "/desk/quarantaine", "/desk/cle/verifier",
        "/desk/cle/garder", "/desk/cle/demander", "/desk/cle/entrer", "/desk/entrer/", "/desk/propositions/",
        "/desk/apercu/", "/desk/decisions"]  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, AtDesk, str]]:
    folder = tmp_path_factory.mktemp("fuzz")
    with opened(folder, f"sqlite:///{folder}/answers.sqlite", load_studies(GROUP)) as forum:
        receipt = forum.send({"image_alt": "Une plaie"}, files=[("image", ("a.jpg", photograph(), "image/jpeg"))])
        yield forum, sign_in(forum), receipt


@FUZZ
@given(kind=some.one_of(some.sampled_from(KINDS), TEXT), fields=FIELDS, image=some.none() | some.binary(max_size=200))
def test_any_proposal(running: tuple[Opened, AtDesk, str], kind: str, fields: object, image: bytes | None) -> None:
    forum, _, _ = running
    data = {"kind": kind.encode("utf-8", "replace").decode(), **fields}  # type: ignore[dict-item]
    files = None if image is None else [("image", ("a", image, "image/png"))]
    assert forum.client.post(SENT, data=data, files=files).status_code in (201, 400, 413, 422, 429)


@FUZZ
@given(action=some.sampled_from(["", "complete", "publish", "x"]), fields=FIELDS, right=some.booleans())
def test_any_receipt(running: tuple[Opened, AtDesk, str], action: str, fields: dict[str, object], right: bool) -> None:
    forum, _, receipt = running
    data = {**fields, "action": action} | ({"receipt": receipt} if right else {})
    assert forum.client.post(BOTH, data=data).status_code in (200, 400, 404, 409, 413, 422, 429)


@FUZZ
@given(
    place=some.sampled_from([*DESK, *SURVEYS, SENT, BOTH]), tail=some.text(max_size=12), signed=some.booleans(),
    method=some.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"]), body=some.binary(max_size=200),
    kind=some.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ";"]),
)  # fmt: skip
def test_any_request(
    running: tuple[Opened, AtDesk, str], place: str, tail: str, signed: bool, method: str, body: bytes, kind: str
) -> None:
    forum, at, _ = running
    client = at.client if signed else forum.client
    decided = sum(one.publishing for one in forum.desk.queue.waiting())
    headers = {"content-type": kind, **FROM_US}
    page = client.request(method, place + quote(tail, errors="replace"), content=body, headers=headers)
    assert page.status_code < 500
    assert sum(one.publishing for one in forum.desk.queue.waiting()) == decided


@FUZZ
@given(kind=some.sampled_from(KINDS), changed=FIELDS, actions=some.lists(some.sampled_from(ACTIONS), max_size=4),
       words=TEXT.filter(lambda text: "\ud800" not in text), publishes=some.booleans())  # fmt: skip
def test_a_proposal_a_little_wrong_and_whatever_is_decided_of_it(
    running: tuple[Opened, AtDesk, str], kind: str, changed: dict[str, object], actions: list[str], words: str,
    publishes: bool,
) -> None:  # fmt: skip
    forum, at, _ = running
    sent = {"kind": kind, **SOUND[kind], **changed, "submission": ""}
    answer = forum.client.post(SENT, data=sent, headers=JSON)
    assert answer.status_code in (201, 400, 413, 422, 429)
    if answer.status_code != 201:
        return
    store = forum.desk.queue.store
    kept = store.by_receipt(Key("secret").stored_receipt(answer.json()["receipt"]))
    assert kept
    for action in actions:
        now = store.by_uid(kept.uid)
        assert now and at.client.get(f"/desk/apercu/{kept.uid}/fil/x/").status_code < 500
        decision = {"token": at.token(), "version": str(now.version), "action": action, "words": words}
        assert at.client.post(f"/desk/propositions/{kept.uid}", data=decision, headers=FROM_US).status_code < 500
    if publishes:
        forum.desk.publisher.run()
    now = store.by_uid(kept.uid)
    assert now
    forum.desk.queue.settle(now, ProposalState.REFUSED, "Non", TODAY)


@FUZZ
@given(fields=FIELDS, place=some.sampled_from(DESK))
def test_any_form_of_a_moderator(running: tuple[Opened, AtDesk, str], fields: dict[str, object], place: str) -> None:
    forum, at, _ = running
    if place in ("/desk/sortir", "/desk/appareils"):
        return
    uid = forum.desk.queue.waiting()[0].uid if forum.desk.queue.waiting() else "x"
    address = f"{place}{uid}" if place.endswith("propositions/") else place
    sent = {**fields, "token": at.token(), "action": "return"}
    assert at.client.post(address, data=sent, headers=FROM_US, follow_redirects=False).status_code < 500


def test_the_reply_of_these_tests_is_a_sound_one(running: tuple[Opened, AtDesk, str]) -> None:
    forum, _, _ = running
    assert forum.client.post(SENT, data=REPLY | {"submission": "other"}).status_code == 201
