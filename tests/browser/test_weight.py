"""What a reader on a poor network downloads, and how many keys lead from the home page to writing a reply."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

HEAVIEST = 15_000  # bytes of a page with its style and icon, compressed as hosts do
TABS = 30
NARROW = ("home", "case", "topic", "listing", "members", "services", "compose", "search", "unanswered", "guide")
LONG = ("guides/etude/", "guides/moderer/")  # ce que lisent qui mène une étude, qui modère


def weight(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_a_page_that_people_read_weighs_at_most_15_kb(output: Path) -> None:
    (style,), (icon,) = output.glob("theme/style.*.css"), output.glob("theme/favicon.*.svg")
    pages = [page for page in output.rglob("*.html") if "resultats" not in page.parts]
    found = {page.relative_to(output).as_posix(): weight(page, style, icon) for page in pages}
    assert {page: bytes_ for page, bytes_ in found.items() if bytes_ > HEAVIEST and not page.startswith(LONG)} == {}


def test_three_requests_at_most_without_script(reader, one_of_each) -> None:
    for name in ("home", "case without replies", "topic", "listing", "hashtag", "members", "page", "unanswered"):
        one = reader(390, javascript=False)
        asked: list[str] = []
        one.context.on("request", lambda request, asked=asked: asked.append(request.url))
        one.open(one_of_each[name])
        images = [url for url in asked if "/images/" in url]
        assert len(asked) - len(images) <= 3, (name, asked)


def test_from_home_to_a_reply_in_thirty_tabs(chromium: Browser, base: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(base)
    tabs = 0

    def tab_to(selector: str) -> None:
        nonlocal tabs
        while not page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Tab")
            tabs += 1
            assert tabs <= TABS, f"{tabs} fois Tab sans arriver à {selector}"

    tab_to(".card h3 a")
    page.keyboard.press("Enter")
    expect(page.locator("article.thread")).to_be_visible()
    tab_to(".thread > .actions .button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*reponse*")
    assert tabs <= TABS
    page.close()


@pytest.mark.parametrize("size", [100, 200])
def test_at_320_pixels_nothing_overlaps_nor_leaves_the_screen(size: int, reader, one_of_each) -> None:
    one = reader(320)
    for name in NARROW:
        page = one.open(one_of_each[name])
        page.evaluate(
            "size => document.styleSheets[0].insertRule(`html { font-size: ${size * 1.0625}% !important }`, "
            "document.styleSheets[0].cssRules.length)",
            size,
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, size)
        boxes = page.evaluate(
            "[...document.querySelectorAll('.site-header a')].map(a => a.getBoundingClientRect())"
            ".filter(box => box.width).map(box => [box.left, box.top, box.right, box.bottom])"
        )
        for at, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = right <= other[0] + 1 or other[2] <= left + 1 or bottom <= other[1] + 1 or other[3] <= top + 1
                assert apart, (name, size, boxes)


def test_a_wide_table_scrolls_in_its_own_box(reader, output: Path) -> None:
    holding = (page for page in sorted(output.glob("*/*/index.html")) if 'class="scroll"' in page.read_text("utf-8"))
    page = reader(320).open(next(holding).parent.relative_to(output).as_posix() + "/")
    box = page.locator(".scroll").first
    assert box.evaluate("box => getComputedStyle(box).overflowX") == "auto"
    assert box.evaluate("box => parseFloat(getComputedStyle(box).borderLeftWidth)") >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
