"""What the tests of proposals send: a collector with its desk over a small repository, a reply, an image."""

import io
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image
from starlette.testclient import TestClient

from divan.builder.settings import make_settings
from divan.collector.app import CollectorSettings, create_app
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from divan.desk.full_app import Desk, desk_of
from surveys.model import Study
from tests.places import GROUP, HOUSE

TODAY = date(2026, 11, 28)
THREAD = "2026-03-14-k7f2"
JSON = {"accept": "application/json"}
ORIGIN = "https://forum.example"
REPLY = {
    "kind": "reply", "target": THREAD, "text": "Pensez à l'enzyme de conversion.", "author": "hirondelle",
    "submission": "s-1",
}  # fmt: skip
CASE = """\
---
title: "Une toux qui dure"
date: 2026-03-14 10:00
author: merle
hashtags: [toux]
specialty: pneumologie
status: open
visibility: public
---

## Question

Que chercher ?

## Contexte

Un adulte, non fumeur.

## Constatations

Auscultation normale.
"""


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def small_forum(folder: Path) -> tuple[Path, Path]:
    """A group's repository with one case, and the bare one that it was cloned from."""
    bare, root = folder / "forum.git", folder / "forum"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    subprocess.run(["git", "clone", "-q", str(bare), str(root)], check=True, capture_output=True)
    for path, text in {
        f"content/cases/2026/{THREAD}.md": CASE,
        "content/hashtags.yaml": "- {name: toux, synonyms: [], about: La toux}\n",
        "content/forum.yaml": (GROUP / "content/forum.yaml").read_text(encoding="utf-8"),
        ".gitignore": ".divan/\noutput/\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    git(root, "checkout", "-q", "-B", "main")
    git(root, "add", ".")
    git(root, "-c", "user.name=Le forum", "-c", "user.email=forum@users.invalid", "commit", "-q", "-m", "Le forum")
    git(root, "push", "-q", "origin", "main")
    return root, bare


@dataclass(frozen=True)
class Opened:
    """A running collector and desk, its repository and the bare one behind."""

    client: TestClient
    desk: Desk
    store: AnswerStore
    root: Path
    bare: Path

    def send(self, changed: dict[str, object] | None = None, **files: object) -> str:
        answer = self.client.post("/proposals/", data=REPLY | (changed or {}), headers=JSON, **files)  # type: ignore[arg-type]
        assert answer.status_code == 201, answer.text
        return str(answer.json()["receipt"])

    def follow(self, receipt: str, **fields: object) -> dict[str, object]:
        answer = self.client.post("/proposals/receipt", data={"receipt": receipt, **fields}, headers=JSON)
        return dict(answer.json()) | {"status": answer.status_code}


@contextmanager
def opened(
    folder: Path, database: str, studies: Mapping[str, Study] | None = None, **settings: object
) -> Iterator[Opened]:
    root, bare = small_forum(folder)
    jinja = {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.i18n"]}
    raw = {
        "SITENAME": "Forum", "SITEURL": ORIGIN, "THEME": str(HOUSE / "theme"), "PLUGINS": [], "CACHE_PATH": ".divan",
        "OUTPUT_PATH": "output", "JINJA_ENVIRONMENT": jinja, "PUBLISHING": {"rebuild": False},
    }  # fmt: skip
    site = make_settings(root, raw | settings, TODAY)
    with AnswerStore(database, patience=2) as store:
        collector = CollectorSettings(
            dict(studies or {}), store, Key("secret"), ignore_window=True, today=lambda: TODAY
        )
        desk = desk_of(site, collector)
        app = create_app(collector, desk.routes, ())
        client = TestClient(app, base_url=ORIGIN, client=("127.0.0.1", 50000), raise_server_exceptions=True)
        with client:
            yield Opened(client, desk, store, root, bare)


def photograph(width: int = 60, height: int = 40, kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    image, out = Image.new("RGB", (width, height), (200, 80, 40)), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (46.0, 9.0, 36.0)
    exif[0x010F] = "Fabricant"
    image.save(out, kind, exif=exif)
    return out.getvalue()
