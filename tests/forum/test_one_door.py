"""The same slip is told wherever it is written: a page, a card, the words of an image, its name, the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from divan.forum.check import check_paths

Write = Callable[[str, str], None]
PAGE = "content/pages/a.md"
TITLE = "Title: Aide\n"
MEMBER = """name: Anouk Sauvaterre
specialty: médecine générale
town: Melle
departement: "79"
about: {about}
consent: 2026-01-12
expires: 2027-01-12
"""
SERVICE = """name: École de l'asthme
kind: etp
town: Niort
departement: "79"
access: {access}
verified_on: 2026-01-01
"""


def told(root: Path) -> list[tuple[str, int | None]]:
    return [(problem.path, problem.line) for problem in check_paths(root)]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (PAGE, TITLE + "\nComme pour Mme Lefèvre.\n", 3),
        (PAGE, TITLE + "\nAppelez le 05 49 12 34 56.\n", 3),
        (PAGE, TITLE + "\n`Mme Lefèvre`, dans du code, puis Mme Lefèvre.\n", 3),
        (PAGE, TITLE + "\nUn nombre dans du code : `05 49 12 34 56`.\n", 3),
        (PAGE, TITLE + "\n- liste\n\n    suite de la liste\n\nComme pour Mme Lefèvre.\n", 7),
        ("content/members/a.yaml", MEMBER.format(about="Suit Mme Lefèvre."), 5),
        ("content/services/a.yaml", SERVICE.format(access="demander Josette Moreau"), 5),
        ("content/hashtags.yaml", '- name: toux\n  about: "écrire à jean@cabinet.example"\n', 2),
    ],
)
def test_who_is_named_is_told_with_its_line(path: str, text: str, line: int, write: Write, tmp_path: Path) -> None:
    write(path, text)
    assert (path, line) in told(tmp_path)


def test_a_member_and_her_own_name_are_there_on_purpose(write: Write, tmp_path: Path) -> None:
    write("content/members/a.yaml", MEMBER.format(about="Anouk Sauvaterre reçoit le mardi."))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", ["un titre suivi d'un nom identifie une personne : « Mme L … »"]),
        ("Reviewed: Mme Lefèvre : exemple\n", []),
        ("Reviewed: Autre : public | Mme Lefèvre : exemple\n", []),
        ("Reviewed: Mme Lefèvre\n", ["un passage laissé en place dit pourquoi il n'identifie personne",
                                     "un titre suivi d'un nom identifie une personne : « Mme L … »"]),
    ],
)  # fmt: skip
def test_a_guide_may_show_an_invented_example_and_says_so(
    head: str, said: list[str], write: Write, tmp_path: Path
) -> None:
    write(PAGE, f"{TITLE}{head}\nUn exemple : Mme Lefèvre.\n")
    assert [problem.message for problem in check_paths(tmp_path)] == said


@pytest.mark.parametrize(("number", "stays"), [("06 39 98 12 34", True), ("06 12 34 56 78", False)])
def test_a_number_stays_in_a_guide_when_it_is_said_to_be_invented_and_can_be_nobody_s(
    number: str, stays: bool, write: Write, tmp_path: Path
) -> None:
    write(PAGE, f"{TITLE}\nUn exemple : {number}.\n")
    assert told(tmp_path) == [(PAGE, 3)]
    write(PAGE, f"{TITLE}Reviewed: {number} : exemple\n\nUn exemple : {number}.\n")
    assert told(tmp_path) == ([] if stays else [(PAGE, 4)])


@pytest.mark.parametrize(
    "name", ["radio-mme-lefevre.png", "2026-03-14-k7f2-dr-martin.png", "ordonnance-06-12-34-56-78.png"]
)
def test_the_name_of_an_image_names_nobody(name: str, write: Write, tmp_path: Path) -> None:
    write("content/hashtags.yaml", "- name: toux\n")
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG")
    folder = tmp_path / "content/images"
    folder.mkdir()
    (folder / name).write_bytes(made.getvalue())
    [problem] = check_paths(tmp_path)
    assert problem.message.startswith("le nom d'une image est publié") and name not in problem.message
    (folder / name).rename(folder / "2026-03-14-k7f2-1.png")
    assert told(tmp_path) == []


def test_an_image_is_looked_at_after_a_line_that_is_set_in(write: Write, tmp_path: Path) -> None:
    write(PAGE, TITLE + "\n    du code\n\n![](../../images/absente.png)\n")
    assert told(tmp_path) == [(PAGE, 5), (PAGE, 5)]  # no words, no file
