"""Matrix, ranking, list to unroll, recall, calculation, drawn order, in a real browser on a phone, script or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from surveys.kinds.random_order import order_shown
from tests.browser.asked_page import AskedPage, asked_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDY = """
title: Essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici@essai.example}
waves:
  - {id: before, label: Avant, questionnaire: before.yaml, opens: "2026-01-01", closes: "2030-01-31"}
"""
TOWNS = ("Angoulême", "Bressuire", "Châtellerault", "Cognac", "Niort", "Poitiers", "Rochefort", "Royan", "Saintes")
ASKED = """
title: Essai
version: "1"
sections:
  - id: one
    title: Vous
    items:
      - {id: height, type: decimal, text: Votre taille, minimum: 1, maximum: 2.3, unit: m}
      - {id: weight, type: decimal, text: Votre poids, minimum: 30, maximum: 250, unit: kg}
      - {id: bmi, type: calculated, text: Votre indice, formula: weight / (height * height), decimals: 1, unit: kg/m²}
      - id: town
        type: single
        dropdown: true
        text: Votre ville
        choices: [TOWNS, {id: other, label: Autre, other: true}]
      - {id: why, type: short_text, text: "Vous avez dit « {town|votre ville} » : pourquoi y rester ?"}
  - id: two
    title: Le reste
    items:
      - id: pleased
        type: matrix
        required: true
        text: Êtes-vous satisfait de…
        choices: [{score: 1, label: Non}, {score: 2, label: Plutôt}, {score: 3, label: Oui}]
        rows: [{id: room, text: la salle}, {id: meal, text: le repas}]
      - id: first
        type: ranking
        ranks: 2
        text: Que faut-il changer d'abord ?
        choices: [{id: time, label: L'heure}, {id: place, label: Le lieu}, {id: topic, label: Le sujet}]
      - id: colour
        type: single
        order: random
        text: Votre couleur
        choices:
          - {id: red, label: Rouge}
          - {id: green, label: Vert}
          - {id: blue, label: Bleu}
          - {id: none, label: Sans avis, missing: true}
""".replace("TOWNS", ", ".join(f"{{id: t{n}, label: {town}}}" for n, town in enumerate(TOWNS)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskedPage]:
    with asked_page(tmp_path_factory.mktemp("essai"), STUDY, ASKED) as made:
        yield made


def first_page(page: Page) -> None:
    page.get_by_label("Votre taille").fill("1,75")
    page.get_by_label("Votre poids").fill("70")
    page.get_by_label("Votre ville", exact=True).select_option("Niort")


def ranked(page: Page, *labels: str) -> None:
    for rank, label in enumerate(labels, start=1):
        page.get_by_label(f"Rang {rank}").select_option(label)


def test_every_kind_reaches_the_collector(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    expect(phone.locator("#i-bmi")).to_have_text("Se calcule d’après vos réponses.")
    expect(phone.locator("#q-why .asked")).to_contain_text("votre ville")
    first_page(phone)
    expect(phone.locator("#i-bmi")).to_have_text("22,9")  # 70 / 1.75² = 22.857
    expect(phone.locator("#q-why .recall")).to_have_text("Niort")
    phone.get_by_role("button", name="Suivant").tap()
    phone.get_by_role("radio", name="Êtes-vous satisfait de… la salle Oui").tap()
    phone.get_by_role("radio", name="Êtes-vous satisfait de… le repas Plutôt").tap()
    ranked(phone, "Le sujet", "L’heure")
    phone.get_by_role("radio", name="Vert").tap()
    shown = phone.locator("#q-colour input").evaluate_all("all => all.map((one) => one.value)")
    phone.wait_for_timeout(3_000)  # whoever answers faster than anyone reads is set apart
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    row = site.received()[-1]
    told = {name: row[name] for name in ("bmi", "town", "room", "meal", "first", "colour")}
    assert told == {"bmi": "22.9", "town": "t4", "room": "3", "meal": "2", "first": "topic;time", "colour": "green"}
    # the seed that came with the answer tells the order that was shown, where « sans avis » stays last
    assert list(order_shown(site.study.wave("before").questionnaire, "colour", row["shown_order"])) == shown
    assert shown[-1] == "none"


def test_the_drawn_order_is_the_same_after_a_reload_and_not_for_everybody(site: AskedPage, chromium: Browser) -> None:
    orders = set()
    for _ in range(8):
        page = chromium.new_page()
        page.goto(site.url + "collector.html")
        page.get_by_label("Votre poids").fill("70")
        order = "all => all.map((one) => one.value).join()"
        before = page.locator("#q-colour input").evaluate_all(order)
        page.reload()
        assert page.locator("#q-colour input").evaluate_all(order) == before
        orders.add(before)
        page.close()
    assert len(orders) > 1  # of six orders, eight draws alike happen once in 6**7 = 279,936 runs


def test_a_ranking_is_held_to_one_place_each_and_no_gap(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("button", name="Suivant").tap()
    phone.get_by_role("radio", name="la salle Oui").tap()
    phone.get_by_role("radio", name="le repas Oui").tap()
    phone.get_by_label("Rang 2").select_option("Le lieu")
    expect(phone.get_by_label("Rang 1").locator("option", has_text="Le lieu")).to_be_disabled()
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.locator("#q-first .error")).to_contain_text("Un rang est resté vide")


def test_a_ranking_comes_back_after_a_reload(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("button", name="Suivant").tap()
    ranked(phone, "Le sujet", "L’heure")
    phone.reload()
    phone.get_by_role("button", name="Suivant").tap()
    values = phone.locator("#q-first select").evaluate_all("all => all.map((one) => one.value)")
    assert values == ["topic", "time"]


def test_the_list_is_searched_without_accents_and_by_keyboard(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    search = phone.get_by_role("searchbox", name="Chercher dans la liste")
    search.fill("chatel")
    options = phone.locator("#i-town option").all_inner_texts()
    assert options == ["Choisissez…", "Châtellerault", "Autre"]
    search.press("Enter")
    expect(phone.get_by_label("Votre ville", exact=True)).to_have_value("t2")
    expect(phone.get_by_label("Votre ville", exact=True)).to_be_focused()
    phone.get_by_label("Votre ville", exact=True).select_option("Autre")
    expect(phone.locator("#q-town .other-text")).to_be_visible()


def test_without_script_every_kind_is_there(site: AskedPage, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "collector.html")
    expect(page.locator("#q-why .asked")).to_contain_text("Vous avez dit « votre ville »")
    first_page(page)
    page.get_by_role("radio", name="la salle Non").click()
    page.get_by_role("radio", name="le repas Oui").click()
    ranked(page, "Le lieu")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    row = site.received()[-1]
    told = [row.get(name, "") for name in ("bmi", "town", "room", "meal", "first", "shown_order")]
    assert told == ["22.9", "t4", "1", "3", "place", ""]
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_overflows(site: AskedPage, chromium: Browser, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(site.url + "collector.html")
    for _ in range(2):
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']} {node['html'][:90]}" for one in found for node in one["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(".page-nav .button:visible").last.click()
    page.close()
