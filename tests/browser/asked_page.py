"""A page that asks, beside the collector that it sends to: what the tests of the form open in a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import uvicorn
from playwright.sync_api import Page, Route

from divan.collector.app import CollectorSettings, create_app
from divan.collector.export import tidy_rows
from divan.collector.serving import load_key, open_store, signing_keys
from plugins.compose import published_detector
from surveys.form import form_scripts, render_form, render_notice
from surveys.model import Sending, Study
from surveys.study import load_study
from tests.browser.served import served

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self';
 img-src 'self' data:; connect-src 'self' {origin}; form-action 'self' {origin}; base-uri 'none'">
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="survey.css"></head>
<body><main><h1>Essai</h1><div class="notice">{notice}</div><div data-detector="{detector}">{form}</div></main>
{scripts}</body></html>"""


@dataclass
class AskedPage:
    """A page that asks, and the collector that it sends to."""

    url: str
    study: Study
    folder: Path
    port: int

    @property
    def plain_url(self) -> str:
        """Where the collector itself shows the form, for phones without script."""
        return f"http://127.0.0.1:{self.port}/enquetes/essai/before/formulaire"

    def received(self) -> list[dict[str, str]]:
        with open_store(self.folder, None) as store:
            kept = ((answer, answer.answers) for answer in store.kept("essai", "before"))
            return list(tidy_rows(self.study.wave("before"), kept))

    def write(self, way: str) -> None:
        collector = f"http://127.0.0.1:{self.port}"
        urls = {"collector": collector, "endpoint": f"{collector}/enquetes/essai/before/", "file": ""}
        sending = Sending(way, urls[way])
        wave = self.study.wave("before")
        scripts = form_scripts(wave.questionnaire, sending, by_token=wave.by_token)
        page = PAGE.format(
            origin=collector, notice=render_notice(self.study),
            form=render_form(self.study, wave, sending=sending, thanks_url="merci.html"),
            detector=published_detector()[0].url,
            scripts="".join(f'<script type="module" src="{name}"></script>' for name in scripts),
        )  # fmt: skip
        (self.folder / "page" / f"{way}.html").write_text(page, encoding="utf-8")


def first_acknowledgement_lost(phone: Page, address: str) -> list[int]:
    """What is sent to ``address`` arrives, the first answer does not; the list takes the status of that answer."""
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.route(address, lose_the_first)
    return lost


@contextmanager
def asked_page(folder: Path, study_text: str, asked_text: str, english: str = "") -> Iterator[AskedPage]:
    """The form of the wave ``before`` of a study, at collector.html, endpoint.html and file.html."""
    home = folder / "surveys" / "essai"
    home.mkdir(parents=True, exist_ok=True)
    (home / "study.yaml").write_text(study_text, encoding="utf-8")
    (home / "before.yaml").write_text(asked_text, encoding="utf-8")
    if english:
        (home / "before.en.yaml").write_text(english, encoding="utf-8")
    (folder / "page").mkdir()
    for script in (
        *(ROOT / "theme/static").glob("form*.js"),
        ROOT / "theme/static/thanks.js",
        *(ROOT / "theme/static" / f"{name}.css" for name in ("style", "survey")),
    ):
        copy(script, folder / "page")
    for file in published_detector():
        (folder / "page" / file.url).parent.mkdir(parents=True, exist_ok=True)
        copy(file.source, folder / "page" / file.url)
    thanks = '<!doctype html><html lang="fr"><title>Merci</title><h1>Merci</h1><p id="recu" hidden><code></code></p>'
    (folder / "page" / "merci.html").write_text(
        thanks + '<script type="module" src="thanks.js"></script>', encoding="utf-8"
    )
    study = load_study(home)
    settings = CollectorSettings(
        studies={"essai": study},
        store=open_store(folder, None),
        key=load_key(folder / ".divan/collector"),
        signing_keys=signing_keys(folder),
    )
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, access_log=False, log_level="error")
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    with served(folder / "page") as address:
        made = AskedPage(address, study, folder, server.servers[0].sockets[0].getsockname()[1])
        for way in ("collector", "endpoint", "file"):
            made.write(way)
        try:
            yield made
        finally:
            server.should_exit = True
            running.join()
