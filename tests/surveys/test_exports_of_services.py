"""Every service's export of the same answers becomes the same tidy file; what each writes is in ``exports/``.

The shapes come from the services' own help pages and downloads; people and answers are invented.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from divan.sources.problem import ProblemsFound
from surveys.drafting import draft_questionnaire
from surveys.importing import ImportReport, import_wave

EXPORTS = Path(__file__).parent / "exports"
EXPECTED = (EXPORTS / "expected.csv").read_text(encoding="utf-8")
SERVICES = sorted(path.name for path in EXPORTS.glob("*.csv") if path.name != "expected.csv")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "surveys" / "avis"
    folder.mkdir(parents=True)
    for name in ("study.yaml", "before.yaml"):
        shutil.copy(EXPORTS / name, folder)
    return tmp_path


def bring(root: Path, export: Path) -> tuple[str, ImportReport]:
    report = import_wave(root, "avis", "before", export)
    return (root / "surveys/avis/responses/before.csv").read_text(encoding="utf-8"), report


@pytest.mark.parametrize("name", SERVICES)
def test_each_export_becomes_the_same_answers(root: Path, name: str) -> None:
    assert bring(root, EXPORTS / name)[0] == EXPECTED


@pytest.mark.parametrize("name", ["microsoft_forms.csv", "google_sheets.csv", "surveymonkey.csv"])
def test_a_workbook_says_what_its_csv_says(root: Path, tmp_path: Path, name: str) -> None:
    book = openpyxl.Workbook()
    with (EXPORTS / name).open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file):
            book.active.append([typed(cell) for cell in cells])
    book.save(tmp_path / "export.xlsx")
    assert bring(root, tmp_path / "export.xlsx")[0] == EXPECTED


def typed(cell: str) -> object:
    """The cell as a service writes it in a workbook: days as days, counts as numbers, codes as text."""
    for form in ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"):
        try:
            return datetime.strptime(cell, form)
        except ValueError:
            continue
    return int(cell) if cell.isdigit() and len(cell) < 3 else cell or None


@pytest.fixture
def spoilt(root: Path, tmp_path: Path) -> Callable[[str, str], str]:
    """What the import says of the spreadsheet's export once ``old`` is written ``new`` in it."""

    def say(old: str, new: str) -> str:
        text = (EXPORTS / "google_sheets.csv").read_text(encoding="utf-8")
        assert old in text
        export = tmp_path / "spoilt.csv"
        export.write_text(text.replace(old, new), encoding="utf-8", newline="")
        with pytest.raises(ProblemsFound) as found:
            bring(root, export)
        assert not (root / "surveys/avis/responses").exists()
        return str(found.value)

    return say


def test_a_misspelt_choice_is_never_taken_for_other(spoilt: Callable[[str, str], str]) -> None:
    said = spoilt("Seul(e)", "Seule(e)")
    assert "« practice » : « Seule(e) » (2 lignes : 2, 7) n'est pas déclaré, « Seul(e) » lui ressemble" in said


def test_an_answer_that_many_gave_is_one_fault_and_its_text_is_told(root: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    rows = "".join(f"26/03/2026,{n:04},Seul(e),WhatsApp,Bof,3,\n" for n in range(43))
    head = (EXPORTS / "google_sheets.csv").read_text(encoding="utf-8").partition("\n")[0]
    export.write_text(f"{head}\n{rows}", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        bring(root, export)
    assert len(found.value.problems) == 1
    assert "« Bof » (43 lignes : 2, 3, 4, 5, 6, 7…) n'est pas déclaré" in str(found.value)


def test_words_that_one_person_wrote_are_counted_and_never_shown(root: Path) -> None:
    report = str(bring(root, EXPORTS / "google_sheets.csv")[1])
    assert "« autre », en mots : 2\u00a0textes, 2\u00a0différents" in report
    assert "télé-expertise" not in report


def test_an_import_tells_label_choice_and_count_with_its_evidence(root: Path) -> None:
    report = str(bring(root, EXPORTS / "kobo_without_parts.csv")[1])
    assert "jointes par l'espace : 5\u00a0cellules sur 5" in report
    report = str(bring(root, EXPORTS / "google_forms.csv")[1])
    assert "« ways » : 5\u00a0réponses, jointes par « ; » : 3\u00a0cellules sur 5" in report
    assert "Téléphone, fixe ou portable → phone : 3" in report


def test_days_that_read_both_ways_are_told_and_with_an_american_hour_asked(root: Path, tmp_path: Path) -> None:
    head, *rows = (EXPORTS / "google_sheets.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    export = tmp_path / "export.csv"
    export.write_text(head + rows[-1].replace("04/04/2026 23:59:59", "05/06/2026 20:03:10"), encoding="utf-8")
    assert "rien ne dit si le jour vient avant le mois" in str(bring(root, export)[1])
    export.write_text(head + rows[-1].replace("04/04/2026 23:59:59", "05/06/2026 8:03:10 PM"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="« --dates day-first » ou « --dates month-first »"):
        bring(root, export)
    report = import_wave(root, "avis", "before", export, month_first=True)
    assert report.received == 1
    assert ",2026-05-06," in (root / "surveys/avis/responses/before.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SERVICES)
def test_a_draft_of_each_export_reads_it(tmp_path: Path, name: str) -> None:
    draft_questionnaire(tmp_path, "avis", "before", EXPORTS / name)
    path = tmp_path / "surveys/avis/study.yaml"
    window = "opens: 2026-03-20, closes: 2026-04-30"
    path.write_text(re.sub(r"opens: \S+, closes: [\d-]+", window, path.read_text(encoding="utf-8")), encoding="utf-8")
    assert import_wave(tmp_path, "avis", "before", EXPORTS / name).received == 6
