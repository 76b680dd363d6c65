"""An invitation on a phone, with script and without: changed for a token unseen, cut off, miscopied, spent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from divan.collector.identity import load_key
from divan.collector.serving import open_store, signing_keys
from divan.collector.spending import counted, hand_out
from divan.tokens.invitation_code import draw_code
from divan.tokens.signing_key import make_signing_key
from tests.browser.asked_page import ROOT, AskedPage, asked_page, first_acknowledgement_lost
from tests.browser.served import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDY = """
title: Essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici@essai.example}
admission: tokens
waves:
  - {id: before, label: Avant, questionnaire: before.yaml, opens: "2026-01-01", closes: "2030-01-31"}
"""
ASKED = """
title: Essai
version: "1"
sections:
  - id: one
    title: Vous
    items:
      - {id: mood, type: scale, text: Votre humeur, low_label: noire, high_label: rose, required: true}
  - id: two
    title: Le reste
    items:
      - {id: words, type: long_text, text: Un mot de plus}
"""
READ_FIRST = 1_100  # two questions are answered in a second


@dataclass
class InvitingPage:
    """The page, and codes that nobody has used."""

    page: AskedPage
    codes: Iterator[str]

    @property
    def url(self) -> str:
        return f"{self.page.url}collector.html"

    @property
    def plain_url(self) -> str:
        return self.page.plain_url

    def admitted(self) -> list[str]:
        return [row["admission"] for row in self.page.received()]

    def spent(self) -> int:
        with open_store(self.page.folder, None) as store:
            return counted(store.engine, "essai", "before")[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitingPage]:
    folder = tmp_path_factory.mktemp("essai")
    home = folder / "surveys/essai"
    home.mkdir(parents=True)
    key = make_signing_key(signing_keys(folder), "essai", "before")
    (home / "before.pem").write_text(key.public, encoding="ascii")
    codes = [draw_code() for _ in range(12)]
    with open_store(folder, None) as store:
        secret = load_key(folder / ".divan/collector")
        hand_out(store.engine, "essai", "before", [secret.invitation("essai", "before", code) for code in codes])
    with asked_page(folder, STUDY, ASKED) as made:
        yield InvitingPage(made, iter(codes))


def fill(phone: Page) -> None:
    phone.get_by_role("radio", name="Votre humeur 7").tap()
    phone.get_by_role("button", name="Suivant").tap()
    phone.get_by_label("Un mot de plus").fill("Merci")
    phone.wait_for_timeout(READ_FIRST)


def send(phone: Page) -> None:
    phone.get_by_role("button", name="Envoyer").tap()


def thanked(phone: Page) -> None:
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()


def test_the_numbers_of_the_rfc_are_found_by_the_device(phone: Page, tmp_path: Path) -> None:
    vector = json.loads((ROOT / "tests/tokens/rfc9474.json").read_text(encoding="utf-8"))
    (tmp_path / "page.html").write_text("<!doctype html><title>RFC 9474</title>", encoding="utf-8")
    (tmp_path / "form-blind.js").write_bytes((ROOT / "theme/static/form-blind.js").read_bytes())
    with served(tmp_path) as address:
        phone.goto(f"{address}page.html")
        found = phone.evaluate(
            """async (vector) => {
              const { blind, finish, pack } = await import("./form-blind.js");
              const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
              const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
              const jwk = { kty: "RSA", n: pack(bytes(vector.n)), e: "AQAB" };
              const way = { name: "RSA-PSS", hash: "SHA-384" };
              const verifying = await crypto.subtle.importKey("jwk", jwk, way, true, ["verify"]);
              const key = { verifying, modulus: BigInt("0x" + vector.n), exponent: 65537n, bits: 4096, size: 512 };
              const [message, factor] = [bytes(vector.msg), BigInt("0x" + vector.factor)];
              const { blinded, unmask } = await blind(key, message, factor, bytes(vector.salt));
              const signature = await finish(key, message, bytes(vector.blind_sig), unmask);
              return { blinded: hex(blinded), inv: hex(unmask), sig: hex(signature) };
            }""",
            {**vector, "factor": f"{pow(int(vector['inv'], 16), -1, int(vector['n'], 16)):x}"},
        )
    assert found == {"blinded": vector["blinded_msg"], "inv": vector["inv"], "sig": vector["sig"]}


def test_the_link_of_an_invitation_answers_once_and_its_code_never_leaves_with_the_answer(
    site: InvitingPage, phone: Page
) -> None:
    code, before, sent = next(site.codes), site.admitted(), list[Request]()
    phone.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    phone.goto(f"{site.url}#{code}")
    expect(phone.get_by_label("Votre code d’invitation")).to_have_value(code)
    assert "#" not in phone.url
    expect(phone.get_by_text("signe sans le voir")).to_be_visible()
    fill(phone)
    send(phone)
    thanked(phone)
    assert site.admitted() == [*before, "token"]
    asking, answering = sent
    assert code in (asking.post_data or "")
    assert code not in (answering.post_data or "")
    assert "mood" not in (asking.post_data or "")
    assert "jeton" not in phone.evaluate("Object.keys(localStorage).join()")


def test_a_code_is_asked_for_told_miscopied_unknown_and_spent_beside_its_field(site: InvitingPage, phone: Page) -> None:
    spent = next(site.codes)
    phone.goto(f"{site.url}#{spent}")
    fill(phone)
    send(phone)
    thanked(phone)
    phone.goto(site.url)
    phone.get_by_role("button", name="Une autre personne").tap()
    expect(phone.get_by_label("Votre code d’invitation")).to_be_visible()
    fill(phone)
    field, error = phone.locator("#i-invitation"), phone.locator("#q-invitation.invalid .error")
    send(phone)
    expect(error).to_contain_text("Donnez le code")
    for typed, told in (
        (spent[:-1], "mal recopié"),
        (draw_code(), "n'est pas de cette enquête"),
        (spent.lower(), "a déjà servi"),
    ):
        field.fill(typed)
        phone.get_by_role("button", name="Suivant").tap()
        send(phone)
        expect(error).to_contain_text(told)
    field.fill(next(site.codes).replace("-", " ").lower())
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.get_by_label("Un mot de plus")).to_have_value("Merci")
    send(phone)
    thanked(phone)


def test_a_phone_cut_off_after_the_signing_spends_its_code_once_and_its_answer_leaves_by_itself(
    site: InvitingPage, phone: Page
) -> None:
    code, before, spent = next(site.codes), site.admitted(), site.spent()
    lost = first_acknowledgement_lost(phone, "**/enquetes/essai/before/jeton")
    phone.goto(f"{site.url}#{code}")
    fill(phone)
    send(phone)
    expect(phone.get_by_role("alert")).to_contain_text("repartira d’elle-même")
    assert site.spent() == spent + 1
    phone.reload()  # she closes the page, and opens it again without the code
    thanked(phone)
    assert lost == [200]
    assert site.spent() == spent + 1
    assert site.admitted() == [*before, "token"]


def test_an_answer_lost_on_its_way_leaves_again_with_the_same_token(site: InvitingPage, phone: Page) -> None:
    code, before = next(site.codes), site.admitted()
    lost = first_acknowledgement_lost(phone, "**/enquetes/essai/before/")
    phone.goto(f"{site.url}#{code}")
    fill(phone)
    send(phone)
    expect(phone.get_by_role("alert")).to_contain_text("ne comptera qu’une fois")
    phone.reload()
    thanked(phone)
    assert lost == [200]
    assert site.admitted() == [*before, "token"]


def test_a_server_that_signs_with_another_key_is_refused_by_the_device(site: InvitingPage, phone: Page) -> None:
    before = site.admitted()
    phone.route("**/jeton", lambda route: route.fulfill(json={"signature": "A" * 342}))
    phone.goto(f"{site.url}#{next(site.codes)}")
    fill(phone)
    send(phone)
    expect(phone.get_by_role("alert")).to_contain_text("une autre clé que celle de cette page")
    assert site.admitted() == before


def test_without_script_the_page_says_what_the_server_is_trusted_with_and_takes_the_code_once(
    site: InvitingPage, plain: Page
) -> None:
    code, before = next(site.codes), site.admitted()
    plain.goto(site.plain_url)
    expect(plain.get_by_text("le serveur le raye de sa liste")).to_be_visible()
    plain.get_by_role("radio", name="Votre humeur 7").tap()
    plain.get_by_label("Un mot de plus").fill("Sans script")
    plain.get_by_label("Votre code d’invitation").fill("K7F2")
    plain.get_by_role("button", name="Envoyer").tap()
    expect(plain.locator("#q-invitation.invalid .error")).to_contain_text("mal recopié")
    expect(plain.get_by_label("Un mot de plus")).to_have_value("Sans script")
    plain.get_by_label("Votre code d’invitation").fill(code.lower())
    plain.get_by_role("button", name="Envoyer").tap()
    thanked(plain)
    plain.reload()
    thanked(plain)
    assert site.admitted() == [*before, "code"]
    plain.goto(site.plain_url)
    plain.get_by_role("radio", name="Votre humeur 7").tap()
    plain.get_by_label("Votre code d’invitation").fill(code)
    plain.get_by_role("button", name="Envoyer").tap()
    expect(plain.locator("#q-invitation.invalid .error")).to_contain_text("a déjà servi")
    assert site.admitted() == [*before, "code"]
