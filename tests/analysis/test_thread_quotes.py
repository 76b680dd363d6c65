"""Quotes of a thread are approved one by one, identify nobody, and wait while too few members wrote their code."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.building import RESULTS, build_report
from divan.sources.problem import ProblemsFound
from tests.analysis.test_coded_thread import PLAN, TREE, rows_of
from tests.analysis.test_thread import CLOSING, STUDY
from tests.imported_thread import write_thread

TEXTS = {1: "On rit encore, ça fait du bien", 2: "Le masque se garde quatre heures", 3: "Tenez bon, XXX", 4: "😂😂",
         5: "Mon 06 39 98 10 10 si besoin"}  # fmt: skip
WHO = {1: "Citron", 2: "Morio", 3: "Citron", 4: "Gazé", 5: "Morio"}
CODES = {1: "humour", 2: "humour;savoir", 3: "soutien", 4: "savoir", 5: "humour"}


@pytest.fixture
def quoting(tmp_path: Path) -> Callable[..., Path]:
    def write(threshold: int = 1) -> Path:
        posts = [f'{n},2020-03-17,08:{n:02},{WHO[n]},text,,,,"{text}"' for n, text in TEXTS.items()]
        files = {
            "study.yaml": STUDY, "closing.yaml": CLOSING, "plan.yaml": PLAN.format(threshold=threshold),
            "codes.yaml": TREE, "coding/coder-A.csv": rows_of(CODES),
        }  # fmt: skip
        root = write_thread(tmp_path, files, posts, [f"{name},user,F,MG,," for name in ("Citron", "Gazé", "Morio")])
        build_report(root, "fil")
        return root

    return write


def sheet_of(root: Path) -> Path:
    return root / "surveys" / "fil" / "review" / "thread-quotes.csv"


def decide(root: Path, **cells: str) -> None:
    """Write « oui », or what is said, beside these units: ``u1="oui"``."""
    path = sheet_of(root)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, [*rows[0]])
        lines.writeheader()
        lines.writerows(row | {"approved": cells.get(f"u{row['unit']}", row["approved"])} for row in rows)


def page(root: Path) -> str:
    build_report(root, "fil")
    return (root / RESULTS / "fil" / "index.md").read_text(encoding="utf-8")


def test_every_coded_unit_that_says_something_is_offered_and_none_is_shown(quoting):
    root = quoting()
    with sheet_of(root).open(encoding="utf-8", newline="") as file:
        assert [(row["unit"], row["approved"]) for row in csv.DictReader(file)] == [(n, "") for n in "1235"]
    assert not (root / "surveys" / "fil" / "quotes.csv").exists()
    assert "citations" not in page(root)


def test_what_is_approved_is_shown_under_each_of_its_codes_and_nothing_says_who_or_when(quoting):
    root = quoting()
    decide(root, u2="oui", u3="x", u1="non")
    said = page(root)
    section = said[said.index('id="citations"') :]
    section = section[: section.index("</section>")]
    assert section.count(TEXTS[2]) == 2  # under « Humour » and « Savoir »
    assert "Tenez bon, XXX" in section
    assert TEXTS[1] not in said
    public = (root / "surveys" / "fil" / "quotes.csv").read_text(encoding="utf-8")
    assert public == f'codes,text\nhumour;savoir,{TEXTS[2]}\nsoutien,"{TEXTS[3]}"\n'
    assert not any(name in section + public for name in ("Citron", "Morio", "Gazé", "2020", "17 mars", "08:"))


def test_an_approved_quote_that_identifies_stops_everything(quoting):
    root = quoting()
    decide(root, u5="oui", u2="oui")
    with pytest.raises(ProblemsFound) as found:
        build_report(root, "fil")
    (problem,) = found.value.problems
    assert problem.path == "surveys/fil/review/thread-quotes.csv"
    assert problem.line == 5
    assert "06 39" not in str(problem)
    assert not (root / "surveys" / "fil" / "quotes.csv").exists()


def test_a_quote_waits_while_too_few_members_wrote_what_bears_its_code(quoting):
    root = quoting(threshold=2)
    decide(root, u1="oui", u2="oui", u3="oui")
    said = page(root)
    assert TEXTS[1] in said  # « Humour » is of Citron and Morio
    assert TEXTS[3] not in said  # « Soutien » is of Citron alone
    assert "trop peu de membres" in sheet_of(root).read_text(encoding="utf-8")


def test_a_yes_is_for_these_words_only(quoting):
    root = quoting()
    decide(root, u1="oui")
    assert TEXTS[1] in page(root)
    posts = root / "surveys" / "fil" / "chat" / "posts.csv"
    posts.write_text(posts.read_text(encoding="utf-8").replace("On rit encore", "On rit"), encoding="utf-8")
    said = page(root)
    assert "citations" not in said
    assert "On rit" not in said


def test_what_was_approved_is_still_when_the_sheet_is_lost(quoting):
    root = quoting()
    decide(root, u1="oui")
    first = page(root)
    sheet_of(root).unlink()
    assert page(root) == first


def test_words_that_two_wrote_alike_are_one_quote_however_often_the_sheet_is_lost(quoting):
    root = quoting()
    posts = root / "surveys" / "fil" / "chat" / "posts.csv"
    posts.write_text(posts.read_text(encoding="utf-8").replace(TEXTS[5], TEXTS[1]), encoding="utf-8")
    build_report(root, "fil")
    decide(root, u1="oui", u5="oui")
    page(root)
    for _ in range(2):
        sheet_of(root).unlink()
        page(root)
    approved = (root / "surveys" / "fil" / "quotes.csv").read_text(encoding="utf-8").splitlines()
    assert approved == ["codes,text", f'humour,"{TEXTS[1]}"']
