"""What is new since the last visit is told by the device itself, which alone knows what it saw."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

DAY = 86_400_000


def seen_by(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate("localStorage.getItem('divan-seen')"))


def as_if_seen(page: Page, seen: dict[str, Any]) -> None:
    """What the device will find it saw at its last visit, two days ago."""
    seen["last"] = page.evaluate("Date.now()") - 2 * DAY
    page.evaluate("seen => localStorage.setItem('divan-seen', JSON.stringify(seen))", seen)


def test_a_first_visit_finds_nothing_new_and_sends_nothing(reader) -> None:
    page = reader(390).open("")
    expect(page.locator(".card").first).to_be_visible()
    assert page.locator(".new").count() == 0
    assert len(seen_by(page)["now"]) == page.locator(".card").count()


def test_a_thread_never_seen_is_new_and_so_are_replies_that_came(reader) -> None:
    page = reader(390).open("")
    cards = page.locator(".card")
    paths = cards.locator("h3 a").evaluate_all("links => links.map(link => link.pathname)")
    answered = next(at for at in range(cards.count()) if int(cards.nth(at).get_attribute("data-replies")) > 0)
    seen = seen_by(page)
    # le jour du fil le plus récent : les essais ne dépendent pas de celui où on les lance
    newest = page.evaluate("Date.parse(document.querySelector('.card time').dateTime)")
    del seen["now"][paths[0]]
    seen["now"][paths[answered]] -= 1
    as_if_seen(page, seen)
    page.evaluate("newest => { const s = JSON.parse(localStorage.getItem('divan-seen')); s.last = newest;"
                  "localStorage.setItem('divan-seen', JSON.stringify(s)); }", newest)  # fmt: skip
    page.reload()
    expect(cards.nth(0).locator(".new")).to_have_text("Nouveau")
    expect(cards.nth(answered).locator(".new")).to_have_text("1 nouvelle réponse")
    expect(page.locator(".card .new")).to_have_count(2)
    page.reload()  # la même visite : toujours nouveau
    expect(page.locator(".card .new")).to_have_count(2)
    as_if_seen(page, seen_by(page))
    page.reload()  # la visite d'après : plus rien
    expect(cards.first).to_be_visible()
    expect(page.locator(".card .new")).to_have_count(0)


def test_a_thread_read_before_leads_to_its_first_new_reply(reader) -> None:
    opened = reader(390)
    page = opened.open("activite/")
    answered = page.locator('.card:not([data-replies="0"]) h2 a').first
    answered.tap()
    replies = page.locator(".reply:not(.withdrawn)")
    expect(replies.first).to_be_visible()
    assert page.locator(".new").count() == 0
    seen = seen_by(page)
    path = page.evaluate("location.pathname")
    last = seen["read"][path].pop()
    as_if_seen(page, seen)
    page.reload()
    link = page.locator(".thread > header a.new")
    expect(link).to_have_text("1 nouvelle réponse")
    link.tap()
    expect(page.locator(f"[id='{last}']")).to_be_in_viewport()
    expect(page.locator(f"[id='{last}'] h3 .new")).to_have_text("Nouveau")
    page.reload()
    expect(page.locator(".new")).to_have_count(0)


def test_a_device_that_keeps_nothing_reads_as_before(reader) -> None:
    opened = reader(390)
    opened.context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('non') }})")
    page = opened.open("")
    expect(page.locator(".card").first).to_be_visible()
    assert page.locator(".new").count() == 0
