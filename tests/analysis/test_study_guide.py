"""The guide « Mener une étude » followed by a script, from an empty folder to the page of results.

Its own study first, copied from the page word by word; then a study of twenty columns, a question of every kind, whose
answers are posted to the collector as a form without script posts them.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "content/pages/guides/etude.md").read_text(encoding="utf-8")
PEOPLE = 40
STUDY = """title: Toutes les questions
about: Une question de chaque sorte.
notice: {{who: Nous., why: Pour voir., kept: Un mois., rights: Vous êtes libre., contact: etude@essai.example}}
waves:
  - {{id: before, label: Maintenant, questionnaire: before.yaml, opens: {opens}, closes: {closes}}}
"""
PLAN = """date: 2026-01-01
threshold: 5
variables:
  - {id: sex, label: Sexe}
  - {id: town, label: Ville}
  - {id: weight, label: Poids}
  - {id: bmi, label: Indice}
  - {id: age, label: Âge, bands: [{id: young, label: Moins de 40 ans, max: 39}, {id: older, label: 40 ans et plus}]}
  - {id: since, item: began, label: Année, take: year}
  - {id: room, label: La salle}
  - {id: wanted, item: first, label: À changer d'abord, take: first}
  - {id: colour, label: Couleur}
  - {id: runs, item: sports, label: Court, any_of: [run]}
  - {id: mood, label: Humeur}
tables:
  - id: T1
    show: characteristics
    title: Qui a répondu
    wave: before
    variables: [sex, town, weight, bmi, age, since, room, wanted, colour, runs, mood]
"""


def blocks() -> list[str]:
    """What the guide says to copy: the study, its questions, its plan."""
    return re.findall(r"^```\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[:3]


def divan(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "divan", "--root", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"divan {' '.join(words)} : {done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def collecting(folder: Path):
    """``divan collect`` on a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["collect", "--port", str(port), "--without-desk", "--rate", "1000"]
    server = subprocess.Popen([sys.executable, "-m", "divan", "--root", str(folder), *words],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except URLError:
                assert server.poll() is None, "le collecteur n'a pas démarré"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/enquetes/toutes/before/"
    finally:
        server.terminate()
        server.wait(30)


def answer(n: int) -> list[tuple[str, str]]:
    """The fields of one person's form, those that a browser sends empty among them."""
    return [
        ("elapsed", "60000"), ("submission", f"{n:032x}"), ("code", f"{n:04d}"), ("agrees", "v1"),
        ("sex", ("man", "woman")[n % 2]), ("town", ("niort", "poitiers")[n % 3 == 0]), ("why", "Le marais"),
        ("height", "1,75"), ("weight", str(60 + n)), ("age", str(20 + n)), ("began", f"202{n % 4}-05-01"),
        ("room", str(1 + n % 3)), ("meal", "silent"), ("first", ("time", "place", "topic")[n % 3]), ("first", ""),
        ("colour", ("red", "green")[n % 2]), *([("sports", "run")] if n % 4 else []), ("mood", str(n % 11)),
        ("pain", "3"), ("words", "Rien à dire."), ("shown_order", ""),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new group once the guide has been followed."""
    folder = tmp_path_factory.mktemp("guide") / "forum"
    words = [
        "--name",
        "Essai",
        "--country",
        "fr",
        "--territory",
        "Les Landes",
        "--places",
        "40",
        "--trade",
        "médecins",
        "--edition",
        "public",
    ]
    divan(folder.parent, "init", str(folder), *words, "--contact", "moderation@essai.example", "--forge", "none")
    example = folder / "surveys/fiche-dos"
    example.mkdir(parents=True)
    study, before, plan = blocks()
    for name, text in (("study", study), ("before", before), ("after", before), ("plan", plan)):
        (example / f"{name}.yaml").write_text(text, encoding="utf-8")
    own = folder / "surveys/toutes"
    own.mkdir()
    today = date.today()
    opens = today - timedelta(days=7)
    (own / "study.yaml").write_text(STUDY.format(opens=opens, closes=today + timedelta(days=1)), encoding="utf-8")
    shutil.copy(ROOT / "tests/surveys/carried/all-kinds.yaml", own / "before.yaml")
    (own / "plan.yaml").write_text(PLAN, encoding="utf-8")
    divan(folder, "check")
    divan(folder, "build")
    shutil.copytree(folder / "output/enquetes", folder.parent / "open")
    with collecting(folder) as address:
        for n in range(PEOPLE):
            body = urlencode(answer(n)).encode()
            with urllib.request.urlopen(urllib.request.Request(address, body), timeout=30) as reply:
                assert reply.status == 200
    divan(folder, "export", "toutes", "before")
    assert f"{PEOPLE} réponses reçues" in divan(folder, "remind", "toutes", "before").replace("\xa0", " ")
    closed = STUDY.format(opens=opens, closes=today - timedelta(days=1))  # no figure is told while people answer
    (own / "study.yaml").write_text(closed, encoding="utf-8")
    divan(folder, "report", "toutes")
    divan(folder, "build")
    return folder


def test_every_command_of_the_path_is_run(followed):
    path = GUIDE[GUIDE.index("## Le chemin") : GUIDE.index("## Un petit exemple")]
    assert set(re.findall(r"`divan (\w+)", path)) == {"check", "collect", "remind", "report"}


def test_every_answer_posted_is_exported_with_every_kind_of_question(followed):
    with (followed / "surveys/toutes/responses/before.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == PEOPLE
    by_code = {row["code"]: row for row in rows}
    row = by_code["0007"]
    # 67 / 1.75² = 21.877…
    told = {name: row[name] for name in ("bmi", "weight", "room", "meal", "first", "began", "sports", "shown_order")}
    assert told == {"bmi": "21.9", "weight": "67", "room": "2", "meal": "silent", "first": "place",
                    "began": "2023-05-01", "sports": "", "shown_order": ""}  # fmt: skip


def test_the_report_counts_what_was_posted_and_the_site_shows_it(followed):
    report = json.loads((followed / "content/results/toutes/report.json").read_text(encoding="utf-8"))
    assert report["waves"]["before"]["received"] == PEOPLE
    counted = {(row["row"], row["level"]): row.get("n") for row in report["tables"]["T1"]["rows"]}
    # 40 people, n = 0 to 39: half are even, 14 are a multiple of 3, 20 are under 40 years; sports are
    # asked of men of 30 and more (10, 12 … 38), of whom those that 4 does not divide run: 10, 14 … 38, which is 8
    wanted = {("sex", "man"): 20, ("wanted", "time"): 14, ("runs", "yes"): 8, ("age", "young"): 20}
    assert {key: counted[key] for key in wanted} == wanted
    page = (followed / "output/resultats/toutes/index.html").read_text(encoding="utf-8")
    assert "Qui a répondu" in page
    form = (followed.parent / "open/toutes/before/index.html").read_text(encoding="utf-8")
    assert 'id="m-pleased-text"' in form
