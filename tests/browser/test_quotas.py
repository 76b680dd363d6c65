"""On a phone, a category that has its answers is said as soon as it is chosen, and the next page stays shut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked_page import AskedPage, asked_page
from tests.browser.test_survey_form import STUDY

pytestmark = pytest.mark.browser

ASKED = """title: Deux pages
version: "1"
sections:
  - id: you
    title: Vous
    items:
      - id: where
        type: single
        required: true
        text: Où exercez-vous ?
        choices: [{id: town, label: En ville, quota: 1}, {id: country, label: À la campagne}]
  - id: more
    title: La suite
    items: [{id: word, type: short_text, text: Un mot}]
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[AskedPage]:
    with asked_page(tmp_path, STUDY, ASKED) as made:
        yield made


def test_a_full_category_is_said_before_the_rest_and_another_goes_on(site: AskedPage, phone: Page) -> None:
    address = f"http://127.0.0.1:{site.port}/enquetes/essai/before/"
    urlopen(address, urlencode({"where": "town", "submission": "first-one", "elapsed": "60000"}).encode()).close()
    assert len(site.received()) == 1
    with phone.expect_response("**/formulaire/complet"):
        phone.goto(site.url + "collector.html")
    expect(phone.get_by_role("status")).to_have_count(0)
    phone.get_by_role("radio", name="En ville").tap()
    expect(phone.get_by_role("status")).to_contain_text("vous pouvez vous arrêter là")
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.get_by_role("alert")).to_contain_text("vous pouvez vous arrêter là")
    expect(phone.get_by_label("Un mot")).to_be_hidden()
    phone.get_by_role("radio", name="À la campagne").tap()
    phone.get_by_role("button", name="Suivant").tap()
    expect(phone.get_by_label("Un mot")).to_be_visible()
