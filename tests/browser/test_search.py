"""The search in the browser: what physicians type finds its threads, in little, with one error forgiven."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from divan.site.build import build
from divan.site.search.indexing import index_search
from divan.site.search.stemming import TOO_COMMON, stem, stems
from tests.browser.conftest import A_DAY_OF_THE_SURVEY, FOLDER, ROOT, SITEURL, UnderFolder
from tests.browser.french_queries import OF_MEMBERS, PUBLIC
from tests.browser.served import served

pytestmark = pytest.mark.browser

OPEN = """async (folder) => {
  const script = document.querySelector('script[src*="search"]').src;
  const { Index } = await import(new URL("index.js", script));
  const { slug } = await import(new URL(document.getElementById("recherche").dataset.slug, location.href));
  const known = await (await fetch(new URL("abbreviations.json", script))).json();
  globalThis.index = new Index(new URL("../chercher/", location.href), known, slug, false);
  globalThis.words = await import(new URL("words.js", script));
  await index.open();
}"""
FIND = """async (queries) => Promise.all(queries.map(async (query) => {
  const { pages } = await index.find(query, []);
  return [pages.length, await Promise.all(pages.slice(0, 5).map(async (page) => (await index.card(page)).u))];
}))"""


@pytest.fixture
def search(reader) -> Page:
    page = reader(390).open("recherche/")
    page.evaluate(OPEN)
    return page


@pytest.mark.parametrize("asked", PUBLIC.values(), ids=PUBLIC)
def test_what_physicians_type_finds_its_thread_among_the_first_five(search: Page, asked: dict[str, str]) -> None:
    found = search.evaluate(FIND, [*asked])
    assert len(missed(found, asked)) <= 0.05 * len(asked), missed(found, asked)
    assert max(count for count, _ in found) < 30


def test_what_members_alone_read_is_found_by_nobody_else(search: Page) -> None:
    assert missed(search.evaluate(FIND, [*OF_MEMBERS]), OF_MEMBERS) == [*OF_MEMBERS]


@pytest.mark.slow
def test_members_find_theirs_in_their_edition(phone: Page, tmp_path: Path) -> None:
    overrides = {
        "OUTPUT_PATH": str(tmp_path / "site"),
        "CACHE_PATH": str(tmp_path / "cache"),
        "SITEURL": SITEURL,
        "AUDIENCE": "members",
    }
    build(ROOT, settings_overrides=overrides, full=True, today=A_DAY_OF_THE_SURVEY)
    index_search(ROOT, overrides)
    with served(tmp_path / "site", UnderFolder) as address:
        phone.goto(f"{address.rstrip('/')}{FOLDER}recherche/")
        phone.evaluate(OPEN)
        assert missed(phone.evaluate(FIND, [*OF_MEMBERS]), OF_MEMBERS) == []


def missed(found: list[tuple[int, list[str]]], asked: dict[str, str]) -> list[str]:
    """Queries whose thread is not among the first five."""
    pairs = zip(found, asked.items(), strict=True)
    return [query for (_, first), (query, thread) in pairs if not any(thread in url for url in first)]


@pytest.mark.parametrize("query", ["zzyzx", "de la", "x", "xqz wkv", "'\"<%_~"])
def test_what_leads_nowhere_finds_nothing(search: Page, query: str) -> None:
    assert search.evaluate(FIND, [query]) == [[0, []]]


def test_words_are_cut_alike_in_the_browser(search: Page, output) -> None:
    cards = [
        card for file in (output / "chercher/fils").glob("*.json") for card in json.loads(file.read_text()).values()
    ]
    texts = [f"{card['t']} {card['x']}" for card in cards] + ["œdèmes l’œsophage nævi ¼ n° 3 T4 β2 FŒTUS"]
    ours = [[*stems(text)] for text in texts]
    cut = "(texts) => texts.map((text) => index.stems(text).map(words.stem))"
    assert search.evaluate(cut, texts) == ours
    plain = sorted({word for found in ours for word in found} | TOO_COMMON)
    assert search.evaluate("(all) => all.map(words.stem)", plain) == [stem(word) for word in plain]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("amoxicilin", "amoxicillin", True), ("pnuemoni", "pneumoni", True), ("hematurri", "hematuri", True),
        ("vertig", "vertig", True), ("vertg", "vertig", True), ("asthm", "asthenn", False), ("rein", "rat", False),
        ("emoptysi", "hemoptysi", True), ("abcd", "badc", False),
    ],
)  # fmt: skip
def test_one_error_is_forgiven_and_no_more(search: Page, one: str, other: str, near: bool) -> None:
    assert search.evaluate("([a, b]) => [words.nearly(a, b), words.nearly(b, a)]", [one, other]) == [near, near]
    if near:
        starts = [other[:size] for size in range(1, 5)]
        assert search.evaluate("([all, word]) => all.every((start) => words.mayBegin(start, word))", [starts, one])


@pytest.mark.parametrize(
    ("one", "other"),
    [("chikoungounia", "chikungunya"), ("hemathurie", "hematurie"), ("farinx", "pharynx"), ("aucculte", "oculte")],
)
def test_words_that_sound_alike_are_one(search: Page, one: str, other: str) -> None:
    heard = search.evaluate("(all) => all.map(words.sounds)", [one, other])
    assert heard[0] == heard[1]


def test_a_first_search_fetches_little_and_moves_nothing(reader) -> None:
    page = reader(390)
    sizes: list[int] = []
    page.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.page.add_init_script(
        "globalThis.moved = 0; const note = (list) => { for (const one of list.getEntries()) moved += one.value; };"
        'new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });'
    )
    opened = page.open("recherche/?q=HTA")
    expect(opened.locator("#resultats > li").first).to_be_visible()
    assert sum(sizes) <= 150_000
    assert len(sizes) <= 25
    assert opened.evaluate("moved") < 0.1


def test_a_card_says_state_date_replies_and_marks_what_was_found(reader) -> None:
    card = reader(390).open("recherche/?q=" + quote("palpitations")).locator("#resultats > li").first
    expect(card.locator(".status")).to_be_visible()
    expect(card.locator(".meta")).to_contain_text("réponses")
    expect(card.locator("mark").first).to_be_visible()


def test_an_error_is_said_with_what_was_read_instead(reader) -> None:
    page = reader(390).open("recherche/?q=amoxiciline")
    expect(page.locator("#pistes")).to_contain_text("amoxiciline")
    expect(page.locator("#resultats > li").first).to_contain_text("moxicilline")


def test_an_ambiguous_abbreviation_is_asked_both_ways(reader) -> None:
    page = reader(390).open("recherche/?q=IPP")
    meant = page.locator("#pistes").get_by_role("link", name="inhibiteur de la pompe à protons")
    meant.tap()
    expect(page.get_by_role("searchbox")).to_have_value("inhibiteur de la pompe à protons")
    expect(page.locator("#resultats > li").first).to_be_visible()


def test_what_is_not_found_leads_to_the_nearest_hashtags(reader) -> None:
    page = reader(390).open("recherche/?q=" + quote("céphalodynie"))
    expect(page.locator("#bilan")).to_contain_text("Aucun résultat")
    page.locator("#pistes a").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("#céphalée")


def test_without_script_the_field_leads_to_the_index_of_words(reader) -> None:
    page = reader(390, javascript=False).open("recherche/")
    page.get_by_role("searchbox").fill("toux")
    page.get_by_role("button", name="Chercher").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hashtags")


def test_once_used_it_still_answers_without_network(reader) -> None:
    member = reader(390)
    page = member.open("recherche/?q=toux")
    expect(page.locator("#resultats > li").first).to_be_visible()
    page.route("**/chercher/**", lambda route: route.abort())
    page.evaluate("caches.keys()")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").fill("toux")
    expect(page.locator("#resultats > li").first).to_be_visible()
