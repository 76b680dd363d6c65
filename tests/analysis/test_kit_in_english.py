"""A thesis kit in English: its headings, columns and figures are English, what the study says stays as it is."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from analysis.exports.kit_words import KitWords, english_figures
from analysis.exports.latex import main_tex, table_tex
from analysis.exports.word import thesis_docx
from analysis.exports.workbook import tables_xlsx
from analysis.tables.cells import Interval, Number, Text
from analysis.tables.table import Column, Table, TableRow

ENGLISH = KitWords("en")
TABLE = Table("T1", "Le score", "Caractéristique",
              (Column("mean", "Après, moyenne"), Column("interval", "IC à 95\u00a0%"), Column("p", "p (Rangs signés)")),
              (TableRow("sex", "Un homme", (Number(12.25, 2), Interval(10.5, 14.0, 1), Text("référence"))),),
              )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("IC à 95\u00a0%", "95% CI"),
        ("Taille d'effet (IC à 99,5 %)", "Effect size (99.5% CI)"),
        ("Après, moyenne", "After, mean"),
        ("p de Holm (Rangs signés)", "Holm's p (Signed rank)"),
        ("À six mois, moyenne", "À six mois, mean"),
        ("Seul(e), écart-type", "Seul(e), SD"),
        ("4 et 28 ddl", "4 and 28 df"),
        ("Un homme", "Un homme"),
    ],
)
def test_a_label_is_said_in_english_piece_by_piece_and_the_study_s_own_words_stay(said, english):
    assert ENGLISH.say(said) == english
    assert KitWords("fr").say(said) == said


@pytest.mark.parametrize(
    ("shown", "english"),
    [("28 (40,6\u00a0%)", "28 (40.6%)"), ("12\u202f345,6", "12,345.6"), ("−0,06 à 2,77", "−0.06 to 2.77"),
     ("< 0,001", "< 0.001"), ("0,2 à ∞", "0.2 to ∞")],
)  # fmt: skip
def test_a_figure_is_written_as_english_writes_it(shown, english):
    assert english_figures(shown) == english


def test_a_workbook_has_english_heads_over_the_same_numbers():
    book = load_workbook(io.BytesIO(tables_xlsx("Étude", [TABLE], None, ENGLISH)))
    assert book.sheetnames == ["Contents", "T1"]
    head, first = ([cell.value for cell in row] for row in book["T1"].iter_rows(min_row=3, max_row=4))
    assert head == ["Characteristic", "After, mean", "95% CI, from", "95% CI, to", "p (Signed rank)"]
    assert first == ["Un homme", 12.25, 10.5, 14, "reference"]


def test_a_latex_table_is_in_english():
    written = table_tex(ENGLISH.table(TABLE))
    assert "95\\% CI" in written and "12.25" in written and "10.5 to 14.0" in written
    assert "[british]{babel}" in main_tex([TABLE], [], ENGLISH)


def test_a_word_document_is_in_english_with_methods_once(publication):
    document = Document(io.BytesIO(thesis_docx(publication, {}, ENGLISH)))
    said = [one.text for one in document.paragraphs]
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings == ["Methods", "Software references", "Tables"]
    assert not [one for one in said if one.startswith("Tableau")]
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert not cells & {"Caractéristique", "Moyenne", "Écart-type", "Médiane", "référence", "Variable seule"}
    assert document.core_properties.language == "en-GB"
