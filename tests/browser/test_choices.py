"""« Qu'auriez-vous fait ? »: one chooses, then sees what the others chose; without script or collector one reads it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from bench.collector import Server
from tests import small_forum
from tests.browser.served import served

pytestmark = pytest.mark.browser

CASE = "2026-02-01-aaaa"
CHOICES = ["Adresser", "Revoir dans 48 heures", "Attendre"]


def choose(port: int, choice: int, device: str) -> None:
    urlopen(f"http://127.0.0.1:{port}/avis/{CASE}", f"choice={choice}&submission={device}".encode()).close()


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    """A forum and its collector, where four already chose the first of three choices."""
    root = small_forum.make_forum(tmp_path_factory.mktemp("choices"), git=False)
    small_forum.case(root, CASE, tags=["toux"], choices=CHOICES)
    server = Server(root, f"sqlite:///{root}/answers.sqlite")
    for device in range(4):
        choose(server.port, 0, f"device{device}")
    yield root, server
    server.stop()


def site(root: Path, name: str, url: str | None) -> Path:
    sending = {"way": "collector", "url": url} if url else {"way": "file"}
    small_forum.settle(root, OUTPUT_PATH=str(root / name), CACHE_PATH=str(root / f".{name}"), SURVEYS_SENDING=sending)
    return root / name


def test_the_distribution_comes_after_the_choice_and_stays(counted: tuple[Path, Server], chromium: Browser) -> None:
    root, server = counted
    with served(site(root, "live", f"http://127.0.0.1:{server.port}")) as base:
        page = chromium.new_page(locale="fr-FR")
        page.goto(f"{base}cas/{CASE}/")
        asked = page.locator("#avis")
        expect(asked.get_by_role("button")).to_have_text(CHOICES)
        assert "%" not in asked.inner_text()
        asked.get_by_role("button", name=CHOICES[1]).click()
        expect(asked.get_by_role("status")).to_have_text("5 choix en tout")
        expect(asked.locator("li")).to_have_text(
            ["Adresser 80\u00a0% (4)", "Revoir dans 48 heures 20\u00a0% (1), votre choix", "Attendre 0\u00a0% (0)"]
        )
        page.reload()
        expect(asked.locator(".chosen")).to_contain_text("votre choix")
        assert asked.get_by_role("button").count() == 0
        page.close()


def test_without_script_the_question_is_read(counted: tuple[Path, Server], chromium: Browser) -> None:
    root, server = counted
    with served(site(root, "live", f"http://127.0.0.1:{server.port}")) as base:
        page = chromium.new_page(java_script_enabled=False)
        page.goto(f"{base}cas/{CASE}/")
        expect(page.locator("#avis li")).to_have_text(CHOICES)
        assert page.locator("#avis button").count() == 0
        page.close()


def test_without_collector_the_last_export_is_shown_and_else_nothing(
    counted: tuple[Path, Server], chromium: Browser
) -> None:
    from divan.forum.asked import seal_of_choices

    root, _ = counted
    with served(site(root, "alone", None)) as base:
        page = chromium.new_page(locale="fr-FR")
        page.goto(f"{base}cas/{CASE}/")
        expect(page.locator(".ago").first).to_be_visible()  # the script has run
        assert page.locator("#avis button").count() == 0
        small_forum.write(
            root, "surveys/choices.csv",
            f"case,choices,counts,day\n{CASE},{seal_of_choices(tuple(CHOICES))},6 3 1,2026-03-20\n",
        )  # fmt: skip
        site(root, "alone", None)
        page.reload()
        page.locator("#avis").get_by_role("button", name="Attendre").click()
        expect(page.locator("#avis").get_by_role("status")).to_have_text("10 choix au 20 mars 2026")
        expect(page.locator("#avis li").last).to_have_text("Attendre 10\u00a0% (1), votre choix")
        page.close()
