"""The search in the browser: what physicians type finds its threads, in little, with one error forgiven."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from divan.site.search.stemming import TOO_COMMON, stem, stems
from tests.browser.french_queries import FRENCH_QUERIES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

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


def test_what_physicians_type_finds_its_thread_among_the_first_five(search: Page) -> None:
    found = search.evaluate(FIND, [*FRENCH_QUERIES])
    missed = [query for (_, first), (query, thread) in zip(found, FRENCH_QUERIES.items(), strict=True)
              if not any(thread in url for url in first)]  # fmt: skip
    assert len(missed) <= 0.05 * len(FRENCH_QUERIES), missed
    assert max(count for count, _ in found) < 30


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
    assert sum(sizes) <= 200_000
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
