"""The repository's own scripts of the detector, run in Debian's chromium as they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
SITE = "http://detecteur.example/"


def evaluate(script: str, given: Any) -> Any:
    """What ``script`` makes of ``given`` on an empty page that may import the repository's files."""
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium manque : sur Debian, .ci/system-packages l'installe")
    # in a thread: the browser's other tests leave a loop running in theirs
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_evaluate, script, given).result()


def _evaluate(script: str, given: Any) -> Any:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route(f"{SITE}**", _serve)
        page.goto(SITE)
        made = page.evaluate(script, given)
        browser.close()
    return made


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(SITE)
    kinds = {".js": "text/javascript", ".json": "application/json"}
    if path:
        route.fulfill(path=ROOT / path, content_type=kinds[Path(path).suffix])
    else:
        route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")
