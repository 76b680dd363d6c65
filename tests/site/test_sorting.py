"""A directory is cut into pages, and a way to sort with many values into a page of its own."""

from collections import Counter

from divan.site.sorting import PER_PAGE, SHOWN, EntryPage, Facet, FacetIndex, sorted_pages

PARITY = Facet[int]("Reste", "reste", lambda number: [(str(number % 2), str(number % 2))])
TENS = Facet[int]("Dizaine", "dizaine", lambda number: [(f"d{number // 10:02}", f"d{number // 10:02}")])


def test_every_entry_stands_once_under_all_and_once_under_each_value() -> None:
    numbers = range(2 * PER_PAGE + 1)
    pages = [page for page in sorted_pages(numbers, (PARITY,), "liste/", "Liste") if isinstance(page, EntryPage)]
    whole = [page for page in pages if page.url in {"liste/", "liste/page/2/", "liste/page/3/"}]
    assert [len(page.entries) for page in whole] == [PER_PAGE, PER_PAGE, 1]
    assert [number for page in whole for number in page.entries] == [*numbers]
    sorted_by = Counter(number for page in pages if "reste" in page.url for number in page.entries)
    assert sorted_by == Counter(numbers)
    assert {page.total for page in whole} == {2 * PER_PAGE + 1}


def test_the_pages_around_lead_to_the_first_the_last_and_their_neighbours() -> None:
    pages = [page for page in sorted_pages(range(10 * PER_PAGE), (), "liste/", "Liste") if isinstance(page, EntryPage)]
    (fifth,) = (page for page in pages if page.url == "liste/page/5/")
    assert [one["number"] for one in fifth.around] == [1, 3, 4, 5, 6, 7, 10]
    assert [one["url"] for one in fifth.around if one["current"]] == ["liste/page/5/"]
    assert {one["url"] for page in pages for one in page.around} <= {page.url for page in pages}


def test_a_directory_of_one_page_has_no_list_of_pages_and_an_empty_one_still_its_page() -> None:
    for numbers in ((), range(PER_PAGE)):
        (page,) = sorted_pages(numbers, (), "liste/", "Liste")
        assert isinstance(page, EntryPage) and page.around == [] and len(page.entries) == len(numbers)


def test_a_way_with_many_values_shows_its_most_common_and_the_one_that_was_chosen() -> None:
    numbers = [*range(300), *range(150, 160)]  # d15 is the most common, d00 to d29 are thirty
    pages = list(sorted_pages(numbers, (TENS,), "liste/", "Liste"))
    by_url = {page.url: page for page in pages}
    first, late = by_url["liste/"], by_url["liste/dizaine/d29/"]
    assert isinstance(first, EntryPage) and isinstance(late, EntryPage)
    labels = [entry["label"] for entry in first.facets[0]["entries"]]
    assert len(labels) == SHOWN and "d15" in labels and labels == sorted(labels)
    assert [entry["label"] for entry in late.facets[0]["entries"] if entry["current"]] == ["d29"]
    assert first.facets[0]["all"] == {"count": 30, "url": "liste/dizaine/"}
    every = by_url["liste/dizaine/"]
    assert isinstance(every, FacetIndex) and [link["count"] for link in every.links] == [10] * 15 + [20] + [10] * 14


def test_a_way_with_few_values_has_no_page_of_its_own() -> None:
    pages = list(sorted_pages(range(10), (PARITY,), "liste/", "Liste"))
    assert [page.url for page in pages] == ["liste/", "liste/reste/0/", "liste/reste/1/"]
    assert all(page.facets[0]["all"] is None for page in pages if isinstance(page, EntryPage))
