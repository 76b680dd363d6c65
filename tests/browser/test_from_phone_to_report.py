"""The whole way of an answer: a phone, the collector, the export, the report; with script and without."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.collector import Server
from tests.browser.served import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDY = "pilote"
IN_THE_WINDOW = date(2023, 4, 1)


@pytest.fixture(scope="module")
def address(forum: Path, collector: Server) -> Iterator[str]:
    """The built form, served on loopback."""
    from divan.site.build import build

    sending = {"way": "collector", "url": f"http://127.0.0.1:{collector.port}"}
    build(forum, settings_overrides={"SURVEYS_SENDING": sending}, today=IN_THE_WINDOW)
    with served(forum / "output") as site:
        yield f"{site}enquetes/{STUDY}/before/"


def divan(forum: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "divan", "--root", forum, *words], check=True, capture_output=True)


def reported(forum: Path, folder: Path) -> tuple[int, int]:
    """How many before answers were received, and how many of them came from people who never joined.

    The report is made in a copy: a page that is published once takes no answer more.
    """
    copy = shutil.copytree(
        forum, folder / "copy", dirs_exist_ok=True, ignore=shutil.ignore_patterns(".divan", "output")
    )
    shutil.rmtree(copy / "content/results", ignore_errors=True)
    divan(copy, "report", STUDY)
    report = json.loads((copy / "content/results" / STUDY / "report.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(("javascript", "code"), [(True, "9042"), (False, "9043")])
def test_an_answer_given_on_a_phone_is_counted_in_the_report(
    forum: Path, collector: Server, address: str, chromium: Browser, tmp_path: Path, javascript: bool, code: str
) -> None:
    received, never_joined = reported(forum, tmp_path / "before")
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
    assert reported(forum, tmp_path / "after") == (received + 1, never_joined + 1)
