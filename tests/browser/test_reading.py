"""What a tired physician does: reach a case in two taps, think before opening, read without script, print."""

import re
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SITEURL

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_two_taps_lead_from_home_to_a_case_by_its_hashtag(reader, javascript: bool) -> None:
    page = reader(390, javascript=javascript).open("")
    hashtag = page.locator(".hashtags a.tag").first
    name = re.match(r"#\S+", hashtag.inner_text()).group()
    hashtag.tap()
    page.locator(".cards h2 a").first.tap()
    expect(page.locator(".thread h1")).to_be_visible()
    expect(page.locator(".thread .tags", has_text=name)).to_have_count(1)


def test_the_keyboard_skips_to_the_content_first(reader) -> None:
    page = reader(1280).open("cas/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Aller au contenu")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_focus_can_be_seen(reader) -> None:
    page = reader(1280).open("")
    for _ in range(30):
        page.keyboard.press("Tab")
        shown = page.evaluate("""(() => { const style = getComputedStyle(document.activeElement);
          return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none'; })()""")
        assert shown, page.evaluate("document.activeElement.outerHTML")


def folded_case(page) -> str:
    """The address of a case whose resolution is folded, found as a reader would: from the list."""
    for url in page.locator(".cards h2 a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(url)
        if page.locator("details.fold").count():
            return url
    raise AssertionError("aucun cas de la liste n'a de résolution repliée")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_resolution_stays_folded_until_the_keyboard_opens_it(reader, javascript: bool) -> None:
    page = reader(1280, javascript=javascript).open("cas/")
    if not javascript:
        page.goto(folded_case(reader(1280).open("cas/")))
    else:
        folded_case(page)
    inside = page.locator("details.fold p, details.fold li").first
    expect(inside).to_be_hidden()
    page.locator("details.fold summary").first.press("Enter")
    expect(inside).to_be_visible()


def test_print_opens_the_resolution_and_drops_the_navigation(reader) -> None:
    page = reader(1280).open("cas/")
    folded_case(page)
    page.emulate_media(media="print")
    expect(page.locator("details.fold p, details.fold li").first).to_be_visible()
    assert page.locator("details.fold").first.evaluate("fold => fold.getBoundingClientRect().height") > 60
    expect(page.locator(".site-footer")).to_be_hidden()
    expect(page.locator(".nav")).to_be_hidden()
    for way in page.locator(".report, .actions").all():
        expect(way).to_be_hidden()


def test_without_script_every_page_says_what_it_says(reader, one_of_each, output: Path) -> None:
    member = reader(390, javascript=False)
    for name, url in one_of_each.items():
        file = output / (url if url.endswith(".html") else f"{url}index.html")
        if 'http-equiv="refresh"' in file.read_text(encoding="utf-8"):
            continue  # a form that the collector serves: test_once_and_whole.py
        page = member.open(url)
        assert len(page.locator("main").inner_text().split()) >= 10, name
        assert page.locator("form[hidden]:visible").count() == 0, name


def test_without_script_the_search_page_leads_to_the_hashtags(reader) -> None:
    page = reader(390, javascript=False).open("recherche/")
    page.get_by_role("main").get_by_role("link", name="hashtags").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hashtags")


def test_a_reply_can_be_reached_by_its_anchor(reader, one_of_each) -> None:
    page = reader(390).open(one_of_each["case"])
    link = page.locator(".in-reply-to a").first
    target = link.get_attribute("href")
    link.tap()
    expect(page.locator(f"[id='{target[1:]}']")).to_be_in_viewport()


def test_the_menu_of_a_phone_leads_to_the_directories(reader) -> None:
    page = reader(390, javascript=False).open("")
    page.get_by_role("link", name="Menu").tap()
    annuaire = page.get_by_role("link", name="Annuaire des membres")
    expect(annuaire).to_be_in_viewport()
    annuaire.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annuaire")


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_first_thread_stands_within_the_first_screen(reader, javascript: bool) -> None:
    page = reader(390, javascript=javascript).open("")
    box = page.locator("h3 a").first.bounding_box()
    assert box is not None and box["y"] + box["height"] < 844


def test_a_poll_stands_apart_from_what_is_done_with_its_thread(reader, output: Path) -> None:
    polled = next(
        page for page in sorted(output.glob("sujets/20*/index.html")) if "note poll" in page.read_text("utf-8")
    )
    page = reader(390).open(polled.parent.relative_to(output).as_posix() + "/")
    poll, actions = page.locator(".poll").bounding_box(), page.locator(".thread > .actions").bounding_box()
    assert poll and actions and actions["y"] - poll["y"] - poll["height"] >= 16


def test_a_survey_put_off_is_one_line_from_then_on(reader) -> None:
    one = reader(390)
    survey = one.open("").locator(".pinned").first
    survey.get_by_role("button", name="Plus tard").tap()
    for _ in range(2):
        expect(survey.locator(".until")).to_be_hidden()
        assert survey.bounding_box()["height"] < 50
        one.open("")
    survey.get_by_role("link").tap()
    expect(one.page.locator("form.survey")).to_be_visible()


def test_a_survey_answered_on_this_device_is_one_line(reader) -> None:
    one = reader(390)
    one.page.add_init_script("localStorage.setItem('divan:envoye:entraide-2026:before', 'un reçu')")
    survey = one.open("").locator(".pinned").first
    expect(survey.locator(".until")).to_be_hidden()
    expect(survey.get_by_role("button")).to_have_count(0)


def test_the_agenda_goes_whole_into_the_calendar_of_a_phone(reader, tmp_path: Path) -> None:
    page = reader(390).open("agenda/")
    follow = page.get_by_role("link", name="Suivre dans mon agenda")
    expect(follow).to_have_attribute("href", f"{SITEURL.replace('https', 'webcal')}/agenda.ics")
    with page.expect_download() as download:
        page.get_by_role("link", name="Le fichier .ics").tap()
    download.value.save_as(tmp_path / "agenda.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "agenda.ics").read_bytes()).walk("VEVENT")
    told = {" ".join(title.split()) for title in page.locator(".card h2, .card h3").all_inner_texts()}
    assert told <= {" ".join(str(event["SUMMARY"]).split()) for event in events}
    assert told
