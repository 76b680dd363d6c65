"""What one has read stays readable without a network when one asked for it, and only then; it says so and forgets."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import small_forum as forum
from tests.browser.conftest import UnderFolder
from tests.browser.served import served

pytestmark = pytest.mark.browser

CASE = "cas/2026-02-01-aaaa/"
OTHER = "cas/2026-02-02-aaaa/"
FOLDER = "groupe/"


class Host:
    """A folder served at one address, which may be cut off and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.down = threading.Event()
        self._open = ExitStack()
        self.address = self._open.enter_context(served(folder, self._handler()))

    def _handler(self) -> type[UnderFolder]:
        down = self.down

        class UnlessDown(UnderFolder):
            def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
                if not down.is_set():  # a browser holds connections open before it needs them
                    super().do_GET()

        return UnlessDown

    def cut(self) -> None:
        """No network any more."""
        self.down.set()
        self._open.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small forum's folder, its site built with its search index."""
    from divan.site.search.indexing import index_search

    root = forum.make_forum(tmp_path_factory.mktemp("offline"))
    forum.settle(root, SITEURL="https://divan.example/groupe")
    index_search(root, {"SITEURL": "https://divan.example/groupe"})
    return root


@pytest.fixture
def host(small: Path, tmp_path: Path) -> Iterator[Host]:
    """That site, served from a copy that a test may change."""
    shutil.copytree(small / "output", tmp_path / "site")
    found = Host(tmp_path / "site")
    yield found
    found.cut()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR", timezone_id="Europe/Paris")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def begin(phone: BrowserContext, host: Host) -> Page:
    """A page of a reader who asked to keep what is read."""
    page = phone.new_page()
    page.goto(f"{host.address}{FOLDER}hors-ligne/")
    expect(page.locator("#etat")).to_contain_text("ne garde rien")
    page.get_by_role("button", name="Garder ce que je lis").click()
    expect(page.locator("#etat")).to_contain_text("Cet appareil garde ce que vous lisez", timeout=30_000)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def kept(page: Page, path: str) -> bool:
    return bool(page.evaluate("async (url) => Boolean(await caches.match(url))", path))


def wait_kept(page: Page, url: str) -> None:
    page.wait_for_function("async (url) => Boolean(await caches.match(url))", arg=url)


def test_what_was_read_is_read_again_without_a_network_and_says_since_when(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    page.goto(f"{host.address}{FOLDER}{CASE}")
    assert page.locator(".offline").count() == 0
    wait_kept(page, f"{host.address}{FOLDER}{CASE}")
    host.cut()
    page.goto(f"{host.address}{FOLDER}{CASE}")
    expect(page.locator("h1")).to_have_text("Titre de 2026-02-01-aaaa")
    expect(page.locator(".offline")).to_contain_text("Pas de réseau")
    expect(page.locator(".offline time")).to_contain_text("20")
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 20


@pytest.mark.parametrize("path", ["", "charte/", "annuaire/", "enquetes/", "enquetes/aide/hiver/", "proposer/"])
def test_charter_directory_and_forms_are_there_before_one_reads_them(
    path: str, phone: BrowserContext, host: Host
) -> None:
    page = begin(phone, host)
    host.cut()
    page.goto(f"{host.address}{FOLDER}{path}")
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_page_never_read_leads_to_what_is_kept(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    host.cut()
    page.goto(f"{host.address}{FOLDER}{OTHER}")
    expect(page.locator("#etat")).to_contain_text("la page demandée n’est pas sur cet appareil")
    page.locator("#gardees").get_by_role("link", name="charte").click()
    expect(page.locator(".offline")).to_be_visible()


def test_the_search_answers_again_without_a_network_once_used(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    page.goto(f"{host.address}{FOLDER}recherche/?q=hypertension")
    found = page.locator("#resultats li h2")
    expect(found.first).to_be_visible()
    titles = found.all_text_contents()
    wait_kept(page, f"{host.address}{FOLDER}recherche/")
    page.reload()  # ses scripts, cette fois, passent par ce qui garde
    expect(found.first).to_be_visible()
    host.cut()
    page.goto(f"{host.address}{FOLDER}recherche/?q=hypertension")
    expect(found.first).to_be_visible()
    assert found.all_text_contents() == titles


def test_who_did_not_ask_keeps_nothing(phone: BrowserContext, host: Host) -> None:
    page = phone.new_page()
    page.goto(f"{host.address}{FOLDER}{CASE}")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_a_withdrawn_page_goes_from_the_device_and_a_corrected_one_replaces_it(
    phone: BrowserContext, host: Host
) -> None:
    page = begin(phone, host)
    for path in (CASE, OTHER):
        page.goto(f"{host.address}{FOLDER}{path}")
        wait_kept(page, f"{host.address}{FOLDER}{path}")
    (host.folder / CASE / "index.html").unlink()
    corrected = host.folder / OTHER / "index.html"
    corrected.write_text(corrected.read_text("utf-8").replace("Texte de", "Texte corrigé de"), encoding="utf-8")
    page.goto(f"{host.address}{FOLDER}hors-ligne/")
    # la relecture de chaque jour, hier pour la dernière fois
    page.evaluate(
        "async (mark) => (await caches.open('divan-files-1')).put(mark, new Response('0'))",
        f"{host.address}{FOLDER}sw.js",
    )
    page.goto(f"{host.address}{FOLDER}charte/")
    page.wait_for_function("async (url) => !(await caches.match(url))", arg=f"{host.address}{FOLDER}{CASE}")
    page.wait_for_function(
        "async (url) => (await (await caches.match(url)).text()).includes('Texte corrigé')",
        arg=f"{host.address}{FOLDER}{OTHER}",
    )


def test_all_is_forgotten_at_one_touch(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    page.get_by_role("button", name="Tout oublier").click()
    expect(page.locator("#etat")).to_contain_text("ne garde rien")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_no_more_than_so_many_pages_are_kept_and_the_oldest_goes_first(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    many = [f"cas/lu-{n}/" for n in range(90)]
    for path in many:
        folder = host.folder / path
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<!DOCTYPE html><title>Lu</title><main><h1>Lu</h1></main>", encoding="utf-8")
    for path in many:
        page.goto(f"{host.address}{FOLDER}{path}")
    wait_kept(page, f"{host.address}{FOLDER}{many[-1]}")
    page.wait_for_function("async () => (await (await caches.open('divan-pages-1')).keys()).length <= 80")
    assert not kept(page, f"{host.address}{FOLDER}{many[0]}")
    assert kept(page, f"{host.address}{FOLDER}charte/")


def test_the_members_edition_keeps_nothing_and_removes_what_the_public_one_kept(
    small: Path, phone: BrowserContext, host: Host
) -> None:
    page = begin(phone, host)
    forum.settle(small, SITEURL="https://divan.example/groupe", AUDIENCE="members", OUTPUT_PATH="output-members")
    shutil.rmtree(host.folder)
    shutil.copytree(small / "output-members", host.folder)
    assert not (host.folder / "hors-ligne").exists()
    page.goto(f"{host.address}{FOLDER}{CASE}")
    assert not kept(page, f"{host.address}{FOLDER}{CASE}")  # avant même que le nouveau sw.js soit là
    page.wait_for_function("async () => (await caches.keys()).length === 0", timeout=30_000)
    page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")


def test_a_new_version_takes_the_place_of_the_former_by_itself(phone: BrowserContext, host: Host) -> None:
    page = begin(phone, host)
    worker = host.folder / "sw.js"
    worker.write_text(worker.read_text("utf-8").replace('"charte/"', '"charte/", "a-propos/"'), encoding="utf-8")
    page.evaluate("caches.open('divan-pages-0')")  # celle d'une version d'avant
    page.goto(f"{host.address}{FOLDER}cas/")
    wait_kept(page, f"{host.address}{FOLDER}a-propos/")
    page.wait_for_function("async () => !(await caches.keys()).includes('divan-pages-0')")
