"""The real site, built once, served on loopback under a folder, and Debian's chromium to read it as a member does.

DIVAN_SITE names a site already built (with SITEURL as below), to look into a failure without building again.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.collector import Server
from tests.browser.served import Quiet, served
from tests.places import GROUP, demonstration_is_here
from tests.small_forum import make_forum

ROOT = Path(__file__).parents[2]
FOLDER = "/groupe/"
SITEURL = "https://divan.example/groupe"
A_DAY_OF_THE_SURVEY = date(2026, 11, 22)
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong


def missing(what: str) -> None:
    """Skip, and say why; in CI nothing may be missing."""
    reason = f"{what} manque : sur Debian, .ci/system-packages l'installe"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def leave_out_without_the_demonstration() -> None:
    """What is read in the browser is this repository's own site: a group that replaced it has nothing to read here."""
    if not demonstration_is_here():
        pytest.skip("la démonstration n'est plus là")


@pytest.fixture
def ask_missing() -> Callable[[str], None]:
    """For tests that need a program of the system."""
    return missing


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site, search index included."""
    leave_out_without_the_demonstration()
    if "DIVAN_SITE" in os.environ:
        return Path(os.environ["DIVAN_SITE"])
    from divan.site.build import build
    from divan.site.search.indexing import index_search

    folder = tmp_path_factory.mktemp("site")
    state = tmp_path_factory.mktemp("state")
    overrides = {"OUTPUT_PATH": str(folder), "SITEURL": SITEURL, "CACHE_PATH": str(state)}
    build(ROOT, settings_overrides=overrides, full=True, today=A_DAY_OF_THE_SURVEY)
    index_search(ROOT, overrides)
    return folder


class UnderFolder(Quiet):
    """The site as a shared host serves it: not at the root, with its own page for what is not found."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(FOLDER):
            return os.path.join(self.directory, "no-such-file")
        return super().translate_path(path.removeprefix(FOLDER.rstrip("/")))


@pytest.fixture(scope="session")
def base(output: Path) -> Iterator[str]:
    """The address of the served site."""
    with served(output, UnderFolder) as address:
        yield address + FOLDER.removeprefix("/")


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small forum with the small group's studies, so that what it holds can change."""
    root = make_forum(tmp_path_factory.mktemp("forum"), git=False, theme=False)
    for name in ("surveys", "content/topics"):
        shutil.copytree(GROUP / name, root / name, dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def collector(forum: Path) -> Iterator[Server]:
    """The collector of that forum, in a process of its own."""
    server = Server(forum, f"sqlite:///{forum}/answers.sqlite")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    if not shutil.which(CHROMIUM):
        missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Reader:
    """A member before a screen; ``complaints`` are requests that left the site, CSP violations and script errors."""

    base: str
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self._asked(request.url))
        self.context.on("console", lambda message: self._said(message.type, message.text))
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.context.new_page()

    def open(self, url: str) -> Page:
        """Go to a page of the site."""
        answer = self.page.goto(self.base + url, wait_until="load")
        assert answer is not None and answer.ok, f"{url} : {answer and answer.status}"
        return self.page

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"requête hors du site : {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(text)


MakeReader = Callable[..., Reader]


@pytest.fixture
def reader(chromium: Browser, base: str) -> Iterator[MakeReader]:
    """Makes readers: of a given width, colour scheme, with or without script; no complaint may be left at the end."""
    readers: list[Reader] = []

    def make(width: int = 390, scheme: str = "light", javascript: bool = True, **more: object) -> Reader:
        phone = width < 600
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if phone else 900}, color_scheme=scheme, locale="fr-FR",
            has_touch=phone, is_mobile=phone, java_script_enabled=javascript, reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        readers.append(Reader(base, context))
        return readers[-1]

    yield make
    for one in readers:
        one.context.close()
    assert [complaint for one in readers for complaint in one.complaints] == []


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page on a phone; no script may fail there, and nothing may be asked that the page forbids."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="fr-FR"
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone without script."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    context.set_default_timeout(8_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def one_of_each(output: Path) -> dict[str, str]:
    """The address of one page of every template, by the template's name."""

    def first(pattern: str, holding: str) -> str:
        found = (page for page in sorted(output.glob(pattern)) if holding in page.read_text(encoding="utf-8"))
        page = next(found, None)
        assert page is not None, f"aucune page {pattern} qui contienne {holding!r}"
        return page.parent.relative_to(output).as_posix() + "/"

    return {
        "home": "",
        "case": first("cas/20*/index.html", 'class="in-reply-to"'),
        "case without replies": first("cas/20*/index.html", 'class="empty"'),
        "topic": first("sujets/20*/index.html", 'class="reply'),
        "listing": "cas/",
        "unanswered": "sans-reponse/",
        "hashtags": "mots/",
        "specialties": "specialites/",
        "agenda": "agenda/",
        "activity of the forum": "activite/forum/",
        "offline": "hors-ligne/",
        "hashtag": first("mots/*/index.html", 'class="card"'),
        "members": "annuaire/",
        "services": "services/",
        "page": "charte/",
        "guide": "guides/contribuer/",
        "compose": "proposer/",
        "search": "recherche/",
        "not found": "404.html",
        "surveys": "enquetes/",
        "consultation": "enquetes/reseaux-2026/",
        "survey open": "enquetes/entraide-2026/before/",
        "survey not yet open": "enquetes/entraide-2026/after/",
        "survey closed": "enquetes/poitou-charentes-2023/after/",
        "survey thanks": "enquetes/entraide-2026/before/merci/",
        "entry": "enquetes/entree/demande/",
        "results index": "resultats/",
        "results": "resultats/poitou-charentes-2023/",
        "long table": "resultats/poitou-charentes-2023/reconciliation/",
    }
