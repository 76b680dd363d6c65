"""The thesis's kit: a Word document ready to print, figures in pixels, methods that two languages tell."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from analysis.exports.column_widths import LANDSCAPE, PORTRAIT, printed_grid
from analysis.exports.kit_words import KitWords
from analysis.exports.methods_paragraph import methods_paragraphs
from analysis.exports.word import thesis_docx
from analysis.figures.colours import DARK, LIGHT
from analysis.figures.pixels import png
from analysis.report.building import report_files
from analysis.tables.cells import Number
from analysis.tables.table import Column, Table, TableRow
from tests.places import HOUSE

WIDE = Table("T11", "Large", "Question", tuple(Column(f"c{n}", f"Colonne numéro {n}") for n in range(13)),
             tuple(TableRow(f"r{n}", "Libellé", (Number(1234.5),) * 13) for n in range(40)))  # fmt: skip


@pytest.fixture(scope="module")
def files(publication):
    return report_files(publication)


@pytest.fixture(scope="module")
def document(publication):
    return written(replace(publication, tables=(*publication.tables, WIDE)))


def written(publication):
    pictures = {one.id: png(one.svg, one.legend) for one in publication.figures if one.svg}
    return Document(io.BytesIO(thesis_docx(publication, pictures, KitWords("fr"))))


def width_of(section):
    return section.page_width - section.left_margin - section.right_margin


def sections_of_tables(document):
    """Each table with the section that it stands in."""
    sections, place = list(document.sections), 0
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            yield element, sections[place]
        place += element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def test_pages_are_a4_and_lie_on_their_side_only_for_a_table_that_needs_it(document):
    sizes = {(round(one.page_width.cm, 1), round(one.page_height.cm, 1)) for one in document.sections}
    assert sizes == {(21.0, 29.7), (29.7, 21.0)}
    columns = {True: [], False: []}
    for table, section in sections_of_tables(document):
        columns[section.page_width > section.page_height].append(len(table.find(qn("w:tblGrid"))))
    assert min(columns[True]) >= 9 and 14 in columns[True]
    assert len(columns[False]) > 10


def test_no_table_leaves_its_margins_nor_loses_its_heading_nor_cuts_a_row(document):
    tables = list(sections_of_tables(document))
    assert len(tables) > 15
    for table, section in tables:
        widths = [int(one.get(qn("w:w"))) for one in table.find(qn("w:tblGrid"))]
        assert sum(widths) * 635 <= width_of(section) + 10_000  # a twip is 635 of Word's units; a rounding
        head, *rows = table.findall(qn("w:tr"))
        assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for row in (head, *rows):
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            assert len(row.findall(qn("w:tc"))) == len(widths)


@pytest.mark.parametrize("kind", ["Tableau", "Figure"])
def test_captions_are_numbered_by_fields_from_one_without_a_gap(document, publication, kind):
    fields = [one for one in document.element.body.iter(qn("w:fldSimple")) if f"SEQ {kind}" in one.get(qn("w:instr"))]
    drawn = sum(bool(figure.svg) for figure in publication.figures)
    expected = drawn if kind == "Figure" else len(publication.tables) + 1 + drawn
    assert [one.xpath("string()") for one in fields] == [str(n) for n in range(1, expected + 1)]


def test_every_figure_is_there_in_pixels_told_in_words(document, publication):
    drawn = [figure for figure in publication.figures if figure.svg]
    told = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert len(told) == len(drawn)
    assert all(told)


def test_a_word_longer_than_its_page_is_cut_rather_than_the_margin():
    endless = replace(WIDE, columns=(Column("c", "x" * 400),), rows=(TableRow("r", "y" * 400, (Number(1.0),)),))
    grid = printed_grid(endless)
    assert sum(grid.widths) == pytest.approx(LANDSCAPE)
    assert sum(printed_grid(replace(WIDE, rows=())).widths) <= LANDSCAPE + 1e-9
    assert sum(printed_grid(replace(endless, columns=(Column("c", "n"),), rows=())).widths) <= PORTRAIT


def test_a_figure_is_printed_at_300_dots_an_inch_on_white_in_the_letters_of_the_house(files):
    with Image.open(io.BytesIO(files["f2.png"])) as image:
        assert image.width == pytest.approx(12 / 2.54 * 300, abs=1)
        assert [round(one) for one in image.info["dpi"]] == [300, 300]
        pixels = image.convert("RGB")
    assert pixels.getpixel((pixels.width - 1, 0)) == (255, 255, 255)
    # with the letters' black drawn, more than the marks' own colours are there
    assert min(sum(one) for _, one in pixels.getcolors(1 << 20)) < 3 * 0x33


def test_the_colours_of_a_file_are_those_of_the_site():
    style = (HOUSE / "theme/static/style.css").read_text(encoding="utf-8")
    for kind in ("before", "after", "level-1", "level-2", "level-3", "level-4", "level-5", "series-3", "series-6"):
        assert re.findall(rf"--{kind}: (#\w+)", style)[:2] == [LIGHT[kind], DARK[kind]]


@pytest.mark.parametrize(
    ("language", "signs", "primary"), [("fr", "test des signes", "0,05"), ("en", "sign test", "0.05")]
)
def test_the_methods_name_the_tests_the_level_and_what_computed_them(publication, language, signs, primary):
    said = methods_paragraphs(publication, language)
    assert signs in said[1] and primary in said[1]
    for name, shown in (("scipy", "SciPy"), ("numpy", "NumPy"), ("python", "Python")):
        assert f"{shown}\u00a0{publication.software[name]}" in said[2]
    assert publication.code.version in said[2]
    assert "  " not in "".join(said) and "&" not in "".join(said)


def test_missing_answers_are_said_to_be_replaced_where_they_are(publication):
    filled = replace(publication, tables=(*publication.tables, replace(WIDE, kind="imputed")))
    assert "n'est jamais remplacée" in methods_paragraphs(publication, "fr")[1]
    assert "imputation multiple" in methods_paragraphs(filled, "fr")[1]
    assert "multiple imputation" in methods_paragraphs(filled, "en")[1]


def test_no_french_is_left_in_the_english_methods_but_what_the_study_calls_itself(publication):
    study, plan = publication.cohort.study, publication.cohort.plan
    said = " ".join(methods_paragraphs(publication, "en"))
    for own in (*(wave.label for wave in study.waves), plan.composite.label):
        said = said.replace(own, "")
    assert re.findall(r"\b(?:le|la|les|des|et|est|une|ont|par)\b", said) == []


def test_what_the_page_offers_is_what_is_written_and_the_thesis_comes_first(files):
    page = files["index.md"].decode()
    offered = re.findall(r'<a href="([^"]+)" download>', page)
    assert offered[:3] == ["thesis.docx", "tables.xlsx", "tables.tex"]
    assert sorted(offered) == sorted(name for name in files if name != "index.md" or name == "report.json")


def test_every_table_of_the_latex_document_is_beside_it(files):
    main = files["tables.tex"].decode()
    wanted = {f"{name}.tex" for name in re.findall(r"\\input{([^}]+)}", main.split("\\begin{document}")[1])}
    wanted |= set(re.findall(r"\\includegraphics\[[^]]*\]{([^}]+)}", main))
    assert wanted and wanted <= files.keys()
