"""Files beside the page: the same numbers, and nothing that a spreadsheet or LaTeX would run."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

from openpyxl import load_workbook

from analysis.exports.csv_tables import table_csv
from analysis.exports.kit_words import KitWords
from analysis.exports.latex import escaped_tex, table_tex
from analysis.exports.workbook import tables_xlsx
from analysis.people.counted import key
from analysis.tables.cells import Count, Number
from analysis.tables.table import Column, Table, TableRow

DANGEROUS = Table(
    "T1", "=1+1", "Réponse", (Column("n", "n (%)"), Column("p", "p", "p")),
    (TableRow("a", "=HYPERLINK(\"x\")", (Count(28, 69, key(("sex@before", "man"))), Number(0.5, 3, (), "p")), "x"),
     TableRow("b", "+33", (Count(0, 0, key()), Number(None)), "x")),
)  # fmt: skip


def test_csv_keeps_twelve_digits_and_formulas_asleep():
    rows = list(csv.reader(io.StringIO(table_csv(DANGEROUS))))
    assert rows[0] == ["row", "level", "label", "n", "n_percent", "p"]
    assert rows[1] == ["a", "x", '\'=HYPERLINK("x")', "28", "40.5797101449", "0.5"]  # 2800 / 69
    assert rows[2] == ["b", "x", "'+33", "0", "", ""]


def test_a_negative_number_is_still_a_number():
    falling = Table("T2", "Titre", "", (Column("d", "d"),), (TableRow("a", "A", (Number(-0.75),)),))
    assert table_csv(falling).splitlines()[1] == "a,,A,-0.75"


def test_workbook_holds_numbers_and_no_formula():
    book = load_workbook(io.BytesIO(tables_xlsx("titre", [DANGEROUS], date(2023, 8, 15), KitWords("fr"))))
    cells = [cell for row in book["T1"].iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert 28 in [cell.value for cell in cells]


def test_a_workbook_opens_on_its_contents_and_speaks_as_the_page_does():
    book = load_workbook(io.BytesIO(tables_xlsx("titre", [DANGEROUS], date(2023, 8, 15), KitWords("fr"))))
    assert book.sheetnames == ["Sommaire", "T1"]
    assert [cell.value for cell in book["Sommaire"][3]] == ["T1", "'=1+1", 2]
    assert book["Sommaire"]["A3"].hyperlink.target == "#'T1'!A1"
    assert [cell.value for cell in book["T1"][3]] == ["Réponse", "n", "n,\u00a0%", "p"]
    assert [cell.value for cell in book["T1"][4]] == ['\'=HYPERLINK("x")', 28, 100 * 28 / 69, 0.5]


def test_office_files_do_not_remember_when_they_were_made():
    first, second = (tables_xlsx("titre", [DANGEROUS], date(2023, 8, 15), KitWords("fr")) for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2023-08-15T00:00:00Z" in archive.read("docProps/core.xml")


def test_latex_is_plain_text():
    assert escaped_tex("5 % & <10 €_x\\") == r"5 \% \& \textless{}10 €\_x\textbackslash{}"
    assert escaped_tex("ﬁn 😀") == "fin ?"  # no font of LaTeX has these


def test_a_latex_table_closes_what_it_opens_and_fills_its_columns():
    many = replace(
        DANGEROUS,
        columns=tuple(Column(f"c{n}", "[Une colonne]") for n in range(15)),
        rows=tuple(TableRow("a", "100 % {de} & co", tuple(Number(1.5) for _ in range(15))) for _ in range(3)),
        notes=("a_b",),
    )
    for table in (DANGEROUS, many):
        source = table_tex(table)
        bare = re.sub(r"\\[{}&%_#$]", "", source)
        assert bare.count("{") == bare.count("}")
        opened, closed = (re.findall(rf"\\{word}{{(\w+)}}", source) for word in ("begin", "end"))
        assert opened == closed[::-1]
        rows = [line for line in bare.splitlines() if line.endswith(r"\\") and not line.startswith(r"\caption")]
        assert len(rows) == 2 + len(table.rows)  # the heading, and again for the pages that follow
        assert {row.count("&") for row in rows} == {len(table.columns)}
    assert r"\begin{landscape}" in table_tex(many)
