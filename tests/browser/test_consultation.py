"""A consultation in a real browser: one page that asks, says that answers are grouped, votes, then tells."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.collector import Server, free_port
from divan.collector.export import admit, write_export
from surveys.grouping import group_answers
from tests import small_forum as forum
from tests.browser.served import served
from tests.places import HOUSE, demonstration_is_here

pytestmark = [pytest.mark.browser, pytest.mark.demonstration]

STUDY = "reseaux-2026"
REASONS = ["Trop de temps", "La crainte du jugement"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_from_a_question_to_the_reasons_that_people_chose(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not demonstration_is_here():
        pytest.skip("la démonstration n'est plus là")
    root = forum.make_forum(tmp_path / "forum", git=False)
    folder = root / "surveys" / STUDY
    shutil.copytree(HOUSE / "surveys" / STUDY, folder)
    whole = (folder / "study.yaml").read_text("utf-8")
    asks, vote = whole.split("  - id: votes")
    (folder / "study.yaml").write_text(asks, encoding="utf-8")
    for name in ("reasons.yaml", "vote.yaml"):
        (folder / name).unlink()
    port = free_port()
    monkeypatch.setattr("bench.collector.free_port", lambda: port)
    database = f"sqlite:///{root}/answers.sqlite"

    def built(day: date) -> None:
        forum.settle(root, day, SURVEYS_SENDING={"way": "collector", "url": f"http://127.0.0.1:{port}"})

    def answer(site: str, server_page: Page, fill: str) -> None:
        server_page.goto(f"{site}enquetes/{STUDY}/")
        server_page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")  # the phone of someone else
        server_page.reload()
        if fill in REASONS:
            server_page.get_by_label(fill).check()
        else:
            server_page.get_by_role("textbox").first.fill(fill)
        server_page.get_by_role("button", name="Envoyer").click()
        expect(server_page.locator("h1")).to_contain_text("Merci")

    server = Server(root, database)
    try:
        built(date(2026, 10, 10))
        with served(root / "output") as site:
            page.goto(f"{site}enquetes/{STUDY}/")
            expect(page.locator(".stages [aria-current=step]")).to_contain_text("Chacun répond")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            for n in range(6):
                answer(site, page, f"Réponse {n}")
        # plus vite écrites qu'un humain : un modérateur les regarde et les admet
        admit(root, STUDY, "asks", database, [f"asks-c{n:04d}" for n in range(1, 7)])
        write_export(root, STUDY, "asks", database, None, False)
        group_answers(root, STUDY)
        table = folder / "responses/reasons.csv"
        lines = table.read_text("utf-8").splitlines()
        grouped = [f"{line}{REASONS[n == 5]}" for n, line in enumerate(lines[1:])]
        table.write_text("\n".join([lines[0], *grouped]), encoding="utf-8")
        built(date(2026, 11, 1))
        with served(root / "output") as site:
            page.goto(f"{site}enquetes/{STUDY}/")
            expect(page.locator(".stages [aria-current=step]")).to_contain_text("Les modérateurs groupent")
            assert page.locator("form.survey").count() == 0
        group_answers(root, STUDY)
        (folder / "study.yaml").write_text(f"{asks}  - id: votes{vote}", encoding="utf-8")
        server.stop()
        server.start()
        built(date(2026, 11, 20))
        with served(root / "output") as site:
            page.goto(f"{site}enquetes/{STUDY}/")
            expect(page.locator(".stages [aria-current=step]")).to_contain_text("Chacun vote")
            expect(page.locator("#raisons tbody tr").nth(0)).to_contain_text("Trop de temps")
            expect(page.locator("#raisons tbody tr").nth(0).locator("td").first).to_have_text("5")
            expect(page.locator("#raisons tbody tr").nth(1)).to_contain_text("moins de 5")
            assert "Réponse 0" not in page.content()
            for _ in range(5):
                answer(site, page, REASONS[0])
        admit(root, STUDY, "votes", database, [f"votes-c{n:04d}" for n in range(7, 12)])
        write_export(root, STUDY, "votes", database, None, False)
        built(date(2026, 12, 20))
        with served(root / "output") as site:
            page.goto(f"{site}enquetes/{STUDY}/")
            expect(page.locator("#raisons tbody tr").nth(0).locator("td").nth(1)).to_have_text("5")
            assert page.locator("form.survey").count() == 0
    finally:
        server.stop()
