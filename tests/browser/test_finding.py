"""Search and filters, under the same strict policy as every page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser


def tally(page: Page) -> int:
    """The count that the page announces, once it does."""
    said = page.get_by_role("main").get_by_role("status").first
    expect(said).to_have_text(re.compile(r"^\d+ résultats?$"))
    return int(said.inner_text().split()[0])


def test_a_search_from_home_finds_cases_without_minding_accents(reader) -> None:
    page = reader(390).open("")
    page.get_by_role("searchbox").fill("hypertension arterielle")
    page.get_by_role("button", name="Chercher").tap()
    assert tally(page) > 0
    page.locator("#resultats h2 a").first.tap()
    expect(page.locator(".thread h1, .prose h1")).to_be_visible()


def test_a_filter_narrows_the_search(reader) -> None:
    page = reader(1280).open("recherche/")
    page.get_by_text("Affiner").click()
    page.get_by_label("Type").select_option("cas")
    cases = tally(page)
    specialty = page.get_by_label("Spécialité")
    specialty.select_option(index=1)
    announced = int(re.search(r"\((\d+)\)", specialty.locator("option").nth(1).inner_text()).group(1))
    page.wait_for_function("n => document.querySelectorAll('#resultats > li').length <= n", arg=announced)
    assert 0 < tally(page) <= min(cases, announced)


def test_filters_opened_before_the_script_has_come_are_filled_all_the_same(reader) -> None:
    member = reader(1280)
    held: list[Route] = []
    member.context.route("**/search.*/page.js", lambda route: held.append(route))
    page = member.context.new_page()
    page.goto(member.base + "recherche/", wait_until="commit")
    page.get_by_text("Affiner").click()
    (script,) = held
    script.continue_()
    page.get_by_label("Type").select_option("cas")


def test_a_search_that_finds_nothing_says_what_to_try(reader) -> None:
    page = reader(390).open("recherche/?q=zzyzx")
    expect(page.locator("#bilan")).to_have_text("Aucun résultat.")


def test_the_filter_of_hashtags_ignores_accents_and_hides_empty_letters(reader) -> None:
    page = reader(390).open("mots/")
    word = page.locator("#mots li a").first.inner_text().split()[0]
    page.get_by_label("Filtrer les hashtags").fill(word.upper())
    shown = page.locator("#mots li:visible")
    expect(shown.first).to_contain_text(word)
    assert tally(page) == shown.count() < page.locator("#mots li").count()
    assert page.locator("#mots section:visible").count() == len(
        set(shown.evaluate_all("items => items.map(item => item.closest('section').id)"))
    )


def test_the_directory_is_filtered_as_one_types(reader) -> None:
    page = reader(390).open("annuaire/")
    town = re.match(r"[^(]+", page.locator("#fiches li p:not(.kind)").first.inner_text()).group().strip()
    page.get_by_label(re.compile("^Filtrer")).fill(town)
    for entry in page.locator("#fiches > li:visible").all():
        expect(entry).to_contain_text(town)
    page.get_by_label(re.compile("^Filtrer")).fill("")
    expect(page.locator("#fiches > li:visible")).to_have_count(page.locator("#fiches > li").count())
