"""The whole way of an answer: a phone, the collector, the export, the report; with script and without."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.collector import Server

ROOT = Path(__file__).parents[2]
STUDY = "poitou-charentes-2023"
IN_THE_WINDOW = date(2023, 4, 1)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the forum, so that its answers and results can change."""
    copy = tmp_path_factory.mktemp("forum")
    for name in ("content", "surveys", "theme", "locale"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "pelicanconf.py", copy)
    return copy


@pytest.fixture(scope="module")
def collector(forum: Path) -> Iterator[Server]:
    server = Server(forum, f"sqlite:///{forum}/answers.sqlite")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def address(forum: Path, collector: Server) -> Iterator[str]:
    """The built form, served on loopback."""
    from divan.site.build import build

    sending = {"way": "collector", "url": f"http://127.0.0.1:{collector.port}"}
    build(forum, settings_overrides={"SURVEYS_SENDING": sending}, today=IN_THE_WINDOW)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(forum / "output")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/enquetes/{STUDY}/before/"
    server.shutdown()
    server.server_close()


def divan(forum: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "divan", "--root", forum, *words], check=True, capture_output=True)


def published(forum: Path) -> tuple[int, int]:
    """How many before answers were received, and how many of them came from people who never joined."""
    report = json.loads((forum / "content/results" / STUDY / "report.json").read_text(encoding="utf-8"))
    never = next(loss["n"] for step in report["flow"] for loss in step["excluded"] if loss["reason"] == "never_joined")
    return report["waves"]["before"]["received"], never


def answer(page: Page, code: str) -> None:
    """Tick the first choice of each question, as a thumb would, page after page."""
    page.get_by_label("quatre derniers chiffres").fill(code)
    while True:
        for question in page.locator("fieldset.question:visible").all():
            question.locator("label").first.tap()
        following = page.get_by_role("button", name="Suivant")
        if not following.count() or not following.is_visible():
            return
        following.tap()


@pytest.mark.slow
@pytest.mark.parametrize(("javascript", "code"), [(True, "0042"), (False, "0043")])
def test_an_answer_given_on_a_phone_is_counted_in_the_report(
    forum: Path, collector: Server, address: str, chromium: Browser, javascript: bool, code: str
) -> None:
    divan(forum, "report", STUDY)
    received, never_joined = published(forum)
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=javascript
    )
    page = context.new_page()
    page.goto(address)
    answer(page, code)
    if javascript:
        page.wait_for_timeout(3_000)  # whoever answers faster than anyone reads is set apart
    page.get_by_role("button", name="Envoyer").tap()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("reçu").first).to_be_visible()
    context.close()

    divan(forum, "export", STUDY, "before", "--database", f"sqlite:///{forum}/answers.sqlite")
    divan(forum, "report", STUDY)
    assert published(forum) == (received + 1, never_joined + 1)
