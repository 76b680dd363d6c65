"""On a phone, an answer is neither lost nor doubled: gone back to, loaded again, cut off, corrected, script or not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked_page import AskedPage, first_acknowledgement_lost
from tests.browser.test_survey_form import answer, site

__all__ = ["site"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

READ_FIRST = 3_000  # whoever answers faster than anyone reads is set apart


def send(page: Page) -> None:
    answer(page)
    page.wait_for_timeout(READ_FIRST)
    page.get_by_role("button", name="Envoyer").tap()


def test_back_and_reload_say_that_it_is_sent_and_another_person_may_answer(site: AskedPage, phone: Page) -> None:
    before = len(site.received())
    phone.goto(site.url + "collector.html")
    send(phone)
    receipt = phone.locator("#recu code").inner_text()
    phone.reload()
    expect(phone.locator("#recu code")).to_have_text(receipt)
    phone.go_back()
    expect(phone.get_by_role("heading", name="Déjà envoyé")).to_be_visible()
    expect(phone.get_by_text(receipt)).to_be_visible()
    expect(phone.locator("form.survey")).to_be_hidden()
    phone.reload()
    expect(phone.get_by_role("heading", name="Déjà envoyé")).to_be_visible()
    assert "Merci" not in phone.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    phone.get_by_role("button", name="Une autre personne répond").tap()
    expect(phone.get_by_role("radio", name="Fumez-vous ? Oui")).to_be_visible()
    expect(phone.get_by_role("radio", name="Fumez-vous ? Oui")).not_to_be_checked()
    send(phone)
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert phone.locator("#recu code").inner_text() != receipt
    assert len(site.received()) == before + 2


def test_an_answer_leaves_by_itself_when_the_network_returns(site: AskedPage, phone: Page) -> None:
    before = len(site.received())
    phone.goto(site.url + "collector.html")
    answer(phone)
    phone.wait_for_timeout(READ_FIRST)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("alert")).to_contain_text("On ne sait pas si votre réponse est arrivée")
    expect(phone.get_by_role("alert")).not_to_contain_text("pas été enregistrée")
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert len(site.received()) == before + 1


def test_an_acknowledgement_that_is_lost_does_not_count_twice(site: AskedPage, phone: Page) -> None:
    before = len(site.received())
    lost = first_acknowledgement_lost(phone, "**/enquetes/essai/before/")
    phone.goto(site.url + "collector.html")
    send(phone)
    expect(phone.get_by_role("alert")).to_contain_text("elle ne comptera qu'une fois".replace("'", "’"))
    phone.reload()  # she closes the page, and opens it again: it goes on by itself
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert lost == [200]
    assert len(site.received()) == before + 1


def test_what_is_kept_for_one_message_is_never_anothers(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html?post=AAA")
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    phone.goto(site.url + "collector.html?post=BBB")
    expect(phone.get_by_role("radio", name="Fumez-vous ? Non")).not_to_be_checked()
    assert phone.locator("#i-post").input_value() == "BBB"
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    phone.get_by_role("button", name="Suivant").tap()
    phone.wait_for_timeout(READ_FIRST)
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert site.received()[-1]["post"] == "BBB"
    phone.goto(site.url + "collector.html?post=AAA")
    assert phone.locator("#i-post").input_value() == "AAA"
    expect(phone.get_by_role("radio", name="Fumez-vous ? Non")).to_be_checked()


def test_a_miscopied_number_of_the_register_is_told_on_its_page(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    phone.get_by_label("Votre numéro RPPS").fill("10000000013")
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.locator("#q-rpps.invalid .error")).to_contain_text("sa clé ne va pas")
    phone.get_by_label("Votre numéro RPPS").fill("10000000017")
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.get_by_role("heading", name="Le reste")).to_be_focused()


def test_a_radio_that_need_not_be_answered_can_be_unticked(site: AskedPage, phone: Page) -> None:
    phone.goto(site.url + "collector.html")
    phone.get_by_role("radio", name="Fumez-vous ? Non").tap()
    expect(phone.locator("#q-smokes .untick")).to_have_count(0)
    phone.get_by_role("button", name="Suivant").tap()
    phone.get_by_role("radio", name="Votre humeur 7").tap()
    phone.get_by_role("button", name="Effacer ce choix").tap()
    expect(phone.get_by_role("radio", name="Votre humeur 7")).not_to_be_checked()
    expect(phone.get_by_role("button", name="Effacer ce choix")).to_be_hidden()


def test_a_fault_that_the_collector_finds_opens_its_page(site: AskedPage, phone: Page) -> None:
    fault = '{"message": "Une réponse est à corriger.", "problems": [{"item": "smokes", "message": "À revoir."}]}'
    phone.route(
        "**/enquetes/essai/before/",
        lambda route: route.fulfill(
            status=422, body=fault, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    phone.goto(site.url + "collector.html")
    answer(phone)
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.locator("#q-smokes .error")).to_be_visible()


def test_without_script_the_form_is_corrected_and_sent_once(site: AskedPage, plain: Page) -> None:
    before = len(site.received())
    plain.goto(site.url + "collector.html")
    plain.get_by_role("link", name="ouvrez plutôt ce formulaire-ci").tap()
    plain.get_by_label("Votre code").fill("abcdefgh")
    plain.get_by_label("Votre numéro RPPS").fill("10000000013")  # its check digit is 7
    plain.get_by_role("radio", name="Fumez-vous ? Non").tap()
    plain.get_by_role("radio", name="Votre humeur Sans réponse").tap()
    plain.get_by_label("Un mot de plus").fill("Deux lignes\nsans script")
    plain.get_by_role("button", name="Envoyer").tap()
    expect(plain.locator("#q-rpps .error")).to_contain_text("clé comprise")
    expect(plain.get_by_label("Un mot de plus")).to_have_value("Deux lignes\nsans script")
    expect(plain.get_by_role("radio", name="Fumez-vous ? Non")).to_be_checked()
    plain.get_by_label("Votre numéro RPPS").fill("")
    assert plain.locator("main").bounding_box()["width"] <= 390  # type: ignore[index]
    plain.get_by_role("button", name="Envoyer").tap()
    expect(plain.get_by_role("heading", name="Merci")).to_be_visible()
    receipt = plain.locator(".receipt strong").inner_text()
    plain.reload()
    expect(plain.locator(".receipt strong")).to_have_text(receipt)
    assert len(site.received()) == before + 1


def test_without_script_two_taps_send_once_and_going_back_tells_it(site: AskedPage, plain: Page) -> None:
    before = len(site.received())
    plain.goto(site.plain_url)
    plain.get_by_label("Votre code").fill("abcdefgh")
    plain.get_by_role("radio", name="Fumez-vous ? Non").tap()
    plain.get_by_role("button", name="Envoyer").dblclick()
    expect(plain.get_by_role("heading", name="Merci")).to_be_visible()
    assert len(site.received()) == before + 1
    receipt = plain.locator(".receipt strong").inner_text()
    plain.go_back()
    expect(plain.get_by_role("heading", name="Déjà envoyé")).to_be_visible()
    expect(plain.locator(".receipt strong")).to_have_text(receipt)
    plain.get_by_role("link", name="Une autre personne répond sur cet appareil").tap()
    expect(plain.get_by_label("Votre code")).to_have_value("")
    expect(plain.get_by_role("radio", name="Fumez-vous ? Non")).not_to_be_checked()


def test_an_english_form_is_english_to_the_end(site: AskedPage, plain: Page) -> None:
    plain.goto(f"{site.plain_url}?lang=en")
    assert plain.locator("html").get_attribute("lang") == "en"
    plain.get_by_role("radio", name="Do you smoke? No").tap()
    plain.get_by_label("Your RPPS number").fill("10000000013")
    plain.get_by_role("button", name="Send my answers").tap()
    expect(plain.get_by_role("heading", name="Your answer is not saved yet")).to_be_visible()
    expect(plain.locator("#q-rpps .error")).to_contain_text("check digit included")
    plain.get_by_label("Your RPPS number").fill("10000000017")
    plain.get_by_role("button", name="Send my answers").tap()
    expect(plain.get_by_role("heading", name="Thank you!")).to_be_visible()
    assert "Votre" not in plain.locator("main").inner_text()
