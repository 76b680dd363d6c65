"""From the form on the site to the letter and out of it, in a real browser, with a real mail server."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.collector import Server, free_port
from tests import small_forum as forum
from tests.browser.served import served
from tests.desk.postbox import Postbox, postbox

pytestmark = pytest.mark.browser

READER = "lecteur@exemple.example"
WEEK = "2026-W09"


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as running:
        yield running


def test_asked_on_the_site_confirmed_received_read_and_left(
    chromium: Browser, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from divan.commands.runs import main

    root = forum.make_forum(tmp_path / "forum", git=False)
    collector = free_port()
    monkeypatch.setattr("bench.collector.free_port", lambda: collector)
    conf = root / "pelicanconf.py"
    conf.write_text(
        conf.read_text("utf-8") + f'SITEURL = "http://127.0.0.1:{free_port()}"\nSITENAME = "Le forum"\n'
        f'PROPOSALS_URL = "http://127.0.0.1:{collector}/proposals/"\n'
        f'LETTER = {{"host": "127.0.0.1", "port": {box.port}, "from": "lettre@forum.example"}}\n',
        encoding="utf-8",
    )
    forum.settle(root, date(2026, 3, 9))
    database = f"sqlite:///{root}/answers.sqlite"
    server = Server(root, database)
    page = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR").new_page()
    try:
        with served(root / "output") as site:
            page.goto(site)
            page.locator("footer").get_by_role("link", name="La lettre").click()
            page.get_by_label("Votre adresse de courriel").fill(READER)
            page.get_by_role("button", name="Recevoir la lettre").click()
            expect(page.locator("h1")).to_have_text("Presque fini")
        _, asked = box.received[0]
        page.goto(re.search(r"http://\S+/confirm/\S+", asked.get_content())[0])  # type: ignore[index]
        page.get_by_role("button", name="Recevoir la lettre").click()
        expect(page.locator("h1")).to_have_text("C'est fait")
        words = ["--root", str(root), "digest", "--send", "--week", WEEK, "--database", database]
        assert main(words) == 0
        to, letter = box.received[1]
        assert to == READER
        page = page.context.new_page()  # la page du collecteur interdit tout style qui n'est pas le sien
        page.set_content(letter.get_body(("html",)).get_content())
        expect(page.get_by_role("heading", name="1 nouveau sujet")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        grounds = set()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert len(grounds) == 2
        page.get_by_role("link", name="Ne plus recevoir cette lettre").click()
        page.get_by_role("button", name="Ne plus la recevoir").click()
        expect(page.get_by_text("Votre adresse est effacée.")).to_be_visible()
        assert main(words) == 0
        assert len(box.received) == 2
    finally:
        page.context.close()
        server.stop()
