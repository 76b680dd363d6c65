"""Every kind of page, on a phone by day and by night, on a desk: axe finds nothing, nothing leaves the site."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": RULES}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a dark scheme changes
ROWS_ALIKE = """() => document.querySelectorAll("tbody").forEach((body) => {
  const seen = {};
  for (const row of [...body.rows]) {
    const shape = row.outerHTML.replace(/>[^<]+</g, "><").replace(/\\d+/g, "");
    seen[shape] = (seen[shape] ?? 0) + 1;
    if (seen[shape] > 5) row.remove();
  }
})"""


@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [(390, "light", EVERY_RULE), (390, "dark", RULES_OF_COLOUR), (1280, "light", EVERY_RULE)],
)
def test_axe_finds_no_violation(reader, one_of_each, width: int, scheme: str, rules: dict[str, object]) -> None:
    """Of the rows of a table that differ by their words alone, five: axe takes a minute over a thousand."""
    member = reader(width, scheme)
    found = []
    for name, url in one_of_each.items():
        page = member.open(url)
        page.evaluate(ROWS_ALIKE)
        results = Axe().run(page, options={"runOnly": rules})
        found += [
            f"{name} : {violation['id']} : {node['target']} : {node['failureSummary']}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(reader, one_of_each, width: int) -> None:
    member = reader(width)
    excess = {}
    for name, url in one_of_each.items():
        page = member.open(url)
        excess[name] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {name: pixels for name, pixels in excess.items() if pixels > 0} == {}


def test_what_is_tapped_is_large_enough_for_a_thumb(reader, one_of_each) -> None:
    """44 px for navigation, buttons and answers; links inside a sentence are exempt."""
    small = """
      [...document.querySelectorAll(`nav a, .button, button, summary, .tags a, .links a, .choice, label.level,
          input:not([type=radio], [type=checkbox], [type=hidden]), select`)]
        .filter(e => e.checkVisibility({checkVisibilityCSS: true}) && !e.closest('.trap'))
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, box]) => box.height < 43.5)
        .map(([e, box]) => `${e.outerHTML.slice(0, 90)} : ${box.height} px`)"""
    member = reader(390)
    assert {name: found for name, url in one_of_each.items() if (found := member.open(url).evaluate(small))} == {}
