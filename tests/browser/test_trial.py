"""« divan try » on a phone: the form before it opens, marked; its pages timed; nothing of it left once it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Page, expect

from tests.places import GROUP
from tests.small_forum import make_forum

pytestmark = pytest.mark.browser

MARK = "Essai\u00a0: rien de ce que vous envoyez n’est gardé."


class Trial:
    """The command, running, with a folder of its own for what is temporary."""

    def __init__(self, root: Path, temporary: Path, *words: str) -> None:
        environment = {**os.environ, "TMPDIR": str(temporary)}
        words = (sys.executable, "-m", "divan", "try", *words, "--port", "0")
        self.process = subprocess.Popen(words, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = re.findall(r"http://\S+/", self.process.stdout.readline())[0]

    def end(self, with_signal: signal.Signals = signal.SIGINT) -> str:
        self.process.send_signal(with_signal)
        return self.process.communicate(timeout=60)[0]


@pytest.fixture
def group(tmp_path: Path) -> Path:
    root = make_forum(tmp_path / "forum", git=False, theme=False)
    copytree(GROUP / "surveys/pilote", root / "surveys/pilote")
    return root


@pytest.fixture
def temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def answer_first_page(phone: Page) -> None:
    phone.get_by_label("quatre derniers chiffres").fill("0042")
    for told in ("Un homme", "De 40 à 60 ans", "En couple", "Généraliste", "Installé"):
        phone.locator("label.choice", has_text=told).first.tap()
    with phone.expect_response("**/essai/visite"):
        phone.get_by_role("button", name="Suivant").tap()


def answer(phone: Page) -> None:
    """The three pages, as someone who reads them would."""
    answer_first_page(phone)
    phone.get_by_role("radio", name="Non").tap()
    phone.get_by_role("button", name="Suivant").tap()
    for item in ("cases", "moral", "referral"):
        phone.locator(f"#q-{item} label", has_text="Plutôt d’accord").tap()


def test_a_form_is_tried_before_it_opens_and_nothing_of_it_is_left(group: Path, temporary: Path, phone: Page) -> None:
    before = files_of(group)
    trial = Trial(group, temporary, "pilote", "before", "--date", "2020-01-01")
    phone.goto(trial.url)
    expect(phone.get_by_role("note")).to_have_text(MARK)
    answer(phone)
    phone.wait_for_timeout(3_000)  # whoever answers faster than anyone reads would be set apart
    phone.get_by_role("button", name="Envoyer").tap()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    expect(phone.get_by_role("note")).to_have_text(MARK)
    second = phone.context.new_page()
    second.goto(trial.url)
    expect(second.get_by_role("heading", name="Déjà envoyé")).to_be_visible()
    second.get_by_role("button", name="Une autre personne répond").tap()
    answer_first_page(second)

    said = trial.end().replace("\u00a0", " ")
    assert "Avant (before) : 1 réponse, 2 ouvertures du formulaire" in said
    assert re.search(r"Vous : \d+ s \(médiane de 2 personnes\)\n", said)
    assert re.search(r"Les réseaux sociaux : \d+ s \(médiane de 1 personne\), 1 arrêt sur cette page", said)
    assert re.search(r"L'aide reçue : [3-9] s \(médiane de 1 personne\)\n", said)
    assert "sans aucune réponse : place, time, why_not" in said
    assert re.search(r"Rapport : \d+ fichiers, sans faute", said)
    assert said.endswith("Tout ce qui a été envoyé est jeté.\n")
    assert list(temporary.iterdir()) == []
    assert files_of(group) == before
