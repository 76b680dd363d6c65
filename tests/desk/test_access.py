"""No desk page without a session, no form without our own page; a link works once, a device can be revoked."""

import pytest
from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings
from divan.collector.identity import Key
from divan.desk.access import COOKIE
from divan.desk.full_app import desk_app, receiving_app
from divan.desk.moderators import Moderators
from divan.desk.secret import form_token
from divan.desk.sessions import Sessions
from tests.desk.moderating import FROM_US, browser, sign_in
from tests.proposals.sending import ORIGIN, REPLY, Opened

PAGES = ["/desk/", "/desk/retirer", "/desk/decisions", "/desk/quarantaine", "/desk/appareils"]


def desk_pages(forum: Opened) -> list[str]:
    forum.send()
    (kept,) = forum.desk.queue.waiting()
    own = [f"/desk/propositions/{kept.uid}", f"/desk/propositions/{kept.uid}/images/1"]
    return [*PAGES, *own, f"/desk/apercu/{kept.uid}/fil/x/"]


def test_no_page_without_a_session(small: Opened) -> None:
    for page in desk_pages(small):
        for cookie in ("", "x", "a" * 43):
            answer = small.client.get(page, headers={"cookie": f"{COOKIE}={cookie}"})
            assert answer.status_code == 401, page
            assert "enzyme" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://mechant.example"},
        {"origin": "null"},
        {"origin": "https://forum.example.mechant.example"},
    ],
)
def test_no_form_from_elsewhere(small: Opened, headers: dict[str, str]) -> None:
    small.send()
    (kept,) = small.desk.queue.waiting()
    at = sign_in(small)
    sent = {"token": at.token(), "version": "1", "action": "publish"}
    assert at.client.post(f"/desk/propositions/{kept.uid}", data=sent, headers=headers).status_code == 403
    assert not small.desk.queue.waiting()[0].publishing


def test_no_form_without_the_session_s_own_token(small: Opened) -> None:
    small.send()
    (kept,) = small.desk.queue.waiting()
    at, other = sign_in(small), sign_in(small, "Barnabé")
    for token in ("", "é", form_token("x"), other.token()):
        sent = {"token": token, "version": "1", "action": "refuse", "words": "Non"}
        assert at.client.post(f"/desk/propositions/{kept.uid}", data=sent, headers=FROM_US).status_code == 403


def test_a_link_works_once_and_looking_at_it_does_not_use_it(forum: Opened) -> None:
    token = Moderators(forum.store.engine).invite("Anouk")
    assert [browser(forum).get(f"/desk/entrer/{token}").status_code for _ in range(3)] == [200] * 3
    first = browser(forum).post(f"/desk/entrer/{token}", headers=FROM_US, data={"device": "a"}, follow_redirects=False)
    again = browser(forum).post(f"/desk/entrer/{token}", headers=FROM_US, data={"device": "b"}, follow_redirects=False)
    assert (first.status_code, again.status_code) == (303, 404)


def test_a_link_lasts_two_days(small: Opened) -> None:
    now = [1_000_000.0]
    moderators = Moderators(small.store.engine, lambda: now[0])
    token = moderators.invite("Anouk")
    now[0] += 48 * 3600 + 1
    assert not moderators.is_invited(token)
    assert moderators.accept(token, "Téléphone") is None


def test_the_session_is_ours_to_give(small: Opened) -> None:
    token = Moderators(small.store.engine).invite("Anouk")
    client = browser(small)
    client.cookies.set(COOKIE, "fixed-by-someone-else", domain="forum.example")
    entered = client.post(f"/desk/entrer/{token}", data={"device": "a"}, headers=FROM_US, follow_redirects=False)
    given = entered.headers["set-cookie"]
    assert "fixed-by-someone-else" not in given
    assert all(word in given for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"))
    assert "Domain" not in given
    assert Sessions(small.store.engine).signed_in("fixed-by-someone-else") is None


def test_who_is_revoked_is_out_at_once(forum: Opened) -> None:
    at = sign_in(forum)
    assert at.client.get("/desk/").status_code == 200
    assert Moderators(forum.store.engine).revoke("Anouk")
    assert at.client.get("/desk/").status_code == 401


def test_a_moderator_forgets_their_own_devices_only(small: Opened) -> None:
    first, second = sign_in(small), sign_in(small, "Barnabé")
    (_, theirs) = Moderators(small.store.engine).listed()
    sent = {"token": first.token(), "device": str(theirs.devices[0].id)}
    first.client.post("/desk/appareils", data=sent, headers=FROM_US)
    assert second.client.get("/desk/").status_code == 200


def test_leaving_closes_the_session_itself(small: Opened) -> None:
    at = sign_in(small)
    cookie = at.client.cookies[COOKIE]
    at.client.post("/desk/sortir", data={"token": at.token()}, headers=FROM_US)
    assert Sessions(small.store.engine).signed_in(cookie) is None


def test_links_cannot_be_guessed_in_series(stopped: Opened) -> None:
    sender = {"x-forwarded-for": "203.0.113.9"}
    statuses = [stopped.client.get(f"/desk/entrer/{n}", headers=sender).status_code for n in range(25)]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_no_page_can_be_framed_or_kept(small: Opened) -> None:
    at = sign_in(small)
    for page in [*PAGES, "/desk/entrer/x"]:
        headers = at.client.get(page).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["cache-control"]) == ("DENY", "no-store")


def test_each_process_answers_at_its_own_addresses_only(small: Opened) -> None:
    """``divan desk`` receives nothing; ``divan collect --without-desk`` has no desk."""
    key = CollectorSettings({}, small.store, Key("secret"))
    (small.root / "pelicanconf.py").write_text(f"from divan.settings import *\nSITEURL = {ORIGIN!r}\n")
    receiving, desk = (TestClient(made(small.root, key), base_url=ORIGIN) for made in (receiving_app, desk_app))
    assert (receiving.get("/desk/").status_code, desk.get("/desk/").status_code) == (404, 401)
    assert receiving.post("/proposals/", data=REPLY).status_code == 201
    for path in ("/proposals/", "/proposals/receipt", "/enquetes/x/y/", "/altcha"):
        assert desk.post(path, data=REPLY).status_code == 404
    assert (desk.get("/proposals/page.css").status_code, desk.get("/health").status_code) == (200, 200)
    assert len(small.desk.queue.waiting()) == 1
