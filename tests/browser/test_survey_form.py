"""The questionnaire in a real browser, on a phone: answered, kept, sent to a real collector, script or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from divan.privacy.pairing_codes import phrase_code
from surveys.importing import import_wave
from tests.browser.asked_page import AskedPage, asked_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
STUDY = """
title: Essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici@essai.example}
waves:
  - {id: before, label: Avant, questionnaire: before.yaml, opens: "2026-01-01", closes: "2030-01-31"}
salt: sel-de-l-essai
"""
ASKED = """
title: Essai
version: "1"
sections:
  - id: one
    title: Vous
    items:
      - {id: code, type: code, format: phrase, text: Votre phrase}
      - id: smokes
        type: single
        required: true
        text: Fumez-vous ?
        choices: [{id: "yes", label: Oui}, {id: "no", label: Non}]
      - id: packs
        type: integer
        minimum: 1
        maximum: 40
        unit: cigarettes
        required: true
        shown_if: smokes = yes
        fallback: Si oui, combien par jour ?
        text: Combien par jour ?
      - id: quit
        type: single
        shown_if: smokes = yes and packs >= 10
        text: Voulez-vous arrêter ?
        choices: [{id: "yes", label: Oui}, {id: "no", label: Non}]
      - {id: rpps, type: code, format: rpps, text: Votre numéro RPPS}
      - {id: post, type: short_text, text: Le message}
  - id: two
    title: Le reste
    items:
      - id: sports
        type: several
        text: Quels sports ?
        choices:
          - {id: run, label: Course}
          - {id: swim, label: Natation}
          - {id: other, label: Autre, other: true}
          - {id: none, label: Aucun, exclusive: true}
      - {id: mood, type: scale, text: Votre humeur, low_label: noire, high_label: rose}
      - {id: words, type: long_text, text: Un mot de plus}
"""
IN_ENGLISH = """
title: Trial
notice: {who: us, why: to see, kept: nothing, rights: all}
sections: {one: {title: You}, two: {title: The rest}}
items:
  code: {text: Your phrase}
  smokes: {text: "Do you smoke?", choices: {"yes": "Yes", "no": "No"}}
  packs: {text: How many a day?, fallback: "If so, how many a day?"}
  quit: {text: Do you want to stop?, choices: {"yes": "Yes", "no": "No"}}
  rpps: {text: Your RPPS number}
  post: {text: The message}
  sports: {text: Which sports?, choices: {run: Running, swim: Swimming, other: Other, none: None}}
  mood: {text: Your mood, low_label: black, high_label: rosy}
  words: {text: A word more}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskedPage]:
    with asked_page(tmp_path_factory.mktemp("essai"), STUDY, ASKED, IN_ENGLISH) as made:
        yield made


def answer(page: Page) -> None:
    page.get_by_label("Votre phrase").fill("Demain, dès l'aube !")
    page.get_by_role("radio", name="Fumez-vous ? Oui").tap()
    page.get_by_label("Combien par jour").fill("12")
    page.get_by_role("button", name="Suivant").tap()
    page.get_by_role("checkbox", name="Natation").tap()
    page.get_by_role("radio", name="Votre humeur 7").tap()
    page.get_by_label("Un mot de plus").fill("Merci")


def test_a_filled_form_reaches_the_collector_and_leaves_the_device(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    answer(phone)
    phone.wait_for_timeout(3_000)  # whoever answers faster than anyone reads is set apart
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    expect(phone.locator("#recu")).to_be_visible()
    assert len(phone.locator("#recu code").inner_text()) == len("ABCD-EFGH-JKLM")
    assert phone.evaluate("Object.keys(localStorage)") == ["divan:envoye:essai:before"]
    row = site.received()[-1]
    code = phrase_code("demain des l aube", "sel-de-l-essai")
    assert [row[name] for name in ("code", "smokes", "packs", "sports", "mood", "words")] == [
        code,
        "yes",
        "12",
        "swim",
        "7",
        "Merci",
    ]


def test_conditions_nest_and_hide_what_does_not_apply(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    packs, quit_ = phone.locator("#q-packs"), phone.locator("#q-quit")
    expect(packs).to_be_hidden()
    phone.get_by_role("radio", name="Fumez-vous ? Oui").tap()
    expect(packs).to_be_visible()
    expect(quit_).to_be_hidden()
    phone.get_by_label("Combien par jour").fill("10")
    expect(quit_).to_be_visible()
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    expect(packs).to_be_hidden()
    expect(quit_).to_be_hidden()


def test_a_fault_is_said_beside_its_question_and_in_a_summary_that_leads_there(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.locator("#q-smokes.invalid .error")).to_have_text("Cette question attend une réponse.")
    phone.get_by_role("link", name="Fumez-vous ? — Cette question attend une réponse.", exact=True).tap()
    expect(phone.get_by_role("radio", name="Fumez-vous ? Oui")).to_be_focused()


def test_a_phrase_makes_the_code_that_the_collector_would_make(site: AskedPage, phone: Page) -> None:
    phrase = "ŒæÆßẞøØđĐłŁıðþº№ŉʼʹˈˊ, cœur ﬁer, x² ς"
    phone.goto(site.url + "collector.html")
    phone.get_by_label("Votre phrase").fill(phrase)
    phone.get_by_label("Votre phrase").blur()
    expect(phone.locator("#q-code-code")).to_contain_text(phrase_code(phrase, "sel-de-l-essai"))


def test_a_free_answer_says_what_may_point_at_someone_and_is_not_held_back(site: AskedPage, phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(site.url + "collector.html")
    phone.get_by_label("Votre phrase").fill("Demain, dès l'aube !")
    assert not [url for url in asked if "tagger" in url]  # 115 kB that nobody has needed yet
    answer(phone)
    words = phone.get_by_label("Un mot de plus")
    words.fill("Comme le Dr Moreau, au 06 39 98 12 34.")
    told = phone.locator("#words-hint")
    expect(told).to_contain_text("«\u00a0Dr Moreau\u00a0», «\u00a006 39 98 12 34\u00a0»")
    words.fill("Comme un confrère.")
    expect(told).to_have_text("")  # never a word that all is well
    words.fill("Comme le Dr Moreau.")
    expect(told).to_contain_text("Dr Moreau")
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()


def test_an_exclusive_answer_unticks_the_others(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    phone.get_by_role("button", name="Suivant").tap()
    phone.get_by_role("checkbox", name="Course").tap()
    phone.get_by_role("checkbox", name="Aucun").tap()
    expect(phone.get_by_role("checkbox", name="Course")).not_to_be_checked()


def test_answers_wait_on_the_device_when_the_collector_is_away(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    answer(phone)
    phone.route("**/enquetes/**", lambda route: route.abort())
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Elle reste sur cet appareil")
    phone.reload()
    expect(phone.get_by_text("Vos réponses ont été retrouvées")).to_be_visible()
    expect(phone.get_by_role("radio", name="Fumez-vous ? Oui")).to_be_checked()
    expect(phone.get_by_label("Votre phrase")).to_have_value("")  # the phrase itself was never written
    expect(phone.get_by_text("Votre code : ")).to_be_visible()
    assert "aube" not in phone.evaluate("JSON.stringify(localStorage)")


def test_a_browser_that_lends_no_cryptography_asks_for_a_code_as_without_script(site: AskedPage, phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    phone.goto(site.url + "collector.html")
    phone.get_by_label("Votre code").fill("mnopqrst")
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    phone.get_by_role("button", name="Suivant").tap()
    phone.wait_for_timeout(3_000)
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert site.received()[-1]["code"] == "mnopqrst"


def test_a_proof_that_has_waited_too_long_is_made_again(site: AskedPage, phone: Page) -> None:
    phone.clock.install()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if "/altcha" in request.url else None)
    phone.goto(site.url + "collector.html")
    answer(phone)
    phone.clock.fast_forward("03:00:00")
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert len(asked) == 2


def test_without_script_every_question_is_there_and_the_answer_arrives(site: AskedPage, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "collector.html")
    expect(page.get_by_text("Si oui, combien par jour ?")).to_be_visible()
    expect(page.get_by_text("Seulement si « Fumez-vous ? » : Oui")).to_be_visible()
    before = len(site.received())
    page.get_by_role("radio", name="Fumez-vous ? Non").click()
    page.get_by_label("Votre code").fill("abcdefgh")
    page.get_by_label("Un mot de plus").fill("Sans script")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    rows = site.received()
    assert len(rows) == before + 1
    assert [rows[-1].get(name, "") for name in ("code", "smokes", "packs", "words")] == [
        "abcdefgh",
        "no",
        "",
        "Sans script",
    ]
    context.close()


def test_without_a_server_the_page_makes_a_file_that_the_import_reads(
    site: AskedPage, phone: Page, tmp_path: Path
) -> None:
    phone.goto(site.url + "file.html")
    answer(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Faire le fichier").tap()
    name = download.value.suggested_filename
    download.value.save_as(tmp_path / name)
    assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["date"] == date.today().isoformat()
    expect(phone.get_by_role("alert")).to_contain_text("ici@essai.example")
    report = import_wave(site.folder, "essai", "before", tmp_path, dry_run=True)
    assert report.received == 1


def test_any_endpoint_receives_the_fields_and_the_answers_stay_until_the_respondent_is_sure(
    site: AskedPage, phone: Page
) -> None:
    phone.goto(site.url + "endpoint.html")
    answer(phone)
    phone.wait_for_timeout(3_000)
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()  # the endpoint's own page
    assert site.received()[-1]["words"] == "Merci"
    phone.goto(site.url + "endpoint.html")
    expect(phone.get_by_text("Vous avez déjà envoyé ces réponses")).to_be_visible()
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Les effacer").tap()
    expect(phone.get_by_text("Vous avez déjà envoyé")).to_be_hidden()
    assert phone.evaluate("localStorage.length") == 0


def test_a_keyboard_is_enough(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.locator("#q-smokes input").first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.type("12")
    phone.keyboard.press("Enter")  # on a page that is not the last, Enter goes on
    expect(phone.get_by_role("heading", name="Le reste")).to_be_focused()
    for key in ("Tab", "Space", "Tab", "Space"):  # two boxes
        phone.keyboard.press(key)
    expect(phone.get_by_role("checkbox", name="Natation")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_even_among_errors(site: AskedPage, phone: Page, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)
    phone.goto(site.url + "collector.html")
    phone.get_by_role("button", name="Suivant").tap()
    found = Axe().run(phone).response["violations"]
    assert [f"{one['id']} {node['html'][:90]}" for one in found for node in one["nodes"]] == []
