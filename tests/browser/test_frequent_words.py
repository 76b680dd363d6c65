"""A word of very many pages: its best ones at first, all of them for whoever reads on or crosses it with another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from divan.site.search import postings
from divan.site.search.indexing import index_search
from tests import small_forum as forum
from tests.browser.served import served

pytestmark = pytest.mark.browser

FIRST, ALL, OLDEST = 12, 26, "2024-01-01-zzzz"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A forum in which a word stands in more threads than a first search fetches."""
    root = forum.make_forum(tmp_path_factory.mktemp("frequent"))
    for number in range(1, ALL):
        forum.topic(root, f"2024-02-{number:02}-zzzz", title=f"Un vertige {number}", author="grive")
    forum.topic(root, OLDEST, title="Un vertige et une hypoacousie", author="grive")
    forum.settle(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "LONGEST", FIRST)
        index_search(root)
    with served(root / "output") as address:
        yield address


@pytest.fixture
def search(chromium: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """The search page, and what of the rest of frequent words is fetched."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page, rest = context.new_page(), list[str]()
    page.on("request", lambda request: rest.append(request.url) if "/reste/" in request.url else None)
    page.goto(f"{site}/recherche/?q=vertige")
    expect(page.locator("#resultats > li")).to_have_count(10)
    yield page, rest
    context.close()


def test_the_best_pages_come_first_and_the_others_to_whoever_reads_on(search: tuple[Page, list[str]]) -> None:
    page, rest = search
    expect(page.locator("#bilan")).to_have_text(f"Plus de {FIRST} résultats")
    assert rest == []
    for shown in (20, ALL):
        page.locator("#suite").click()
        expect(page.locator("#resultats > li")).to_have_count(shown)
    expect(page.locator("#suite")).to_be_hidden()
    titles = page.locator("#resultats h2").all_inner_texts()
    assert len({*titles}) == ALL
    assert len(rest) == 1


def test_a_frequent_word_with_a_rare_one_finds_what_is_not_among_its_best(search: tuple[Page, list[str]]) -> None:
    page, rest = search
    page.get_by_role("searchbox").fill("vertige hypoacousie")
    expect(page.locator("#resultats h2").first).to_have_text("Un vertige et une hypoacousie")
    assert rest
