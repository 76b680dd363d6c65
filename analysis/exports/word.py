"""The thesis's document in Word: methods in two languages, every table and every figure with a numbered caption."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Cm, Pt
from PIL import Image

from analysis.exports.archive import settled
from analysis.exports.citations import references
from analysis.exports.column_widths import PORTRAIT, printed_grid
from analysis.exports.methods_paragraph import methods_paragraphs
from analysis.exports.word_layout import ENGLISH, FRENCH, add_caption, say_in, set_page, turn_page
from analysis.exports.word_table import add_table
from analysis.figures.figure import Figure
from analysis.figures.pixels import DOTS
from analysis.report.publication import Publication
from analysis.tables.table import Table
from divan.sources.french import typographic

HIGHEST = 21.0  # cm: a picture and its caption hold on one page
POST_HOC = " (analyse post hoc)"


def thesis_docx(publication: Publication, pictures: Mapping[str, bytes]) -> bytes:
    """Methods, tables in the order of the plan, figures; then, as an annex, the numbers behind each figure."""
    cohort = publication.cohort
    document = Document()
    set_page(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = cohort.study.title, "", FRENCH
    document.add_heading(typographic(cohort.study.title), level=0)
    _methods(document, publication)
    document.add_heading("Tableaux", level=1)
    for number, table in enumerate(publication.tables, 1):
        _table(document, table, number)
    drawn = [figure for figure in publication.figures if figure.id in pictures]
    turn_page(document, landscape=False)
    if drawn:
        document.add_heading("Figures", level=1)
        for number, figure in enumerate(drawn, 1):
            _figure(document, figure, number, pictures[figure.id])
        document.add_heading("Annexe\u00a0: les nombres derrière les figures", level=1)
        for number, figure in enumerate(drawn, len(publication.tables) + 1):
            _table(document, figure.table, number)
    written = io.BytesIO()
    document.save(written)
    return settled(written.getvalue(), cohort.data_cut)


def _methods(document: WordDocument, publication: Publication) -> None:
    for heading, language, said in (("Méthodes", "fr", FRENCH), ("Methods", "en", ENGLISH)):
        document.add_heading(heading, level=1)
        for words in methods_paragraphs(publication, language):
            say_in(document.add_paragraph().add_run(words), said)
    document.add_heading("Références des logiciels", level=2)
    for words in references(publication.software):
        say_in(document.add_paragraph().add_run(words), ENGLISH)


def _table(document: WordDocument, table: Table, number: int) -> None:
    grid = printed_grid(table) if table.rows else None
    turn_page(document, landscape=grid is not None and grid.landscape)
    caption = add_caption(document, "Tableau", number, typographic(table.title) + (POST_HOC if table.post_hoc else ""))
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(18)
    if grid is None:
        document.add_paragraph(typographic(table.empty or "Rien à montrer : aucune réponse."))
        return
    add_table(document, table, grid)
    for note in table.notes:
        run = document.add_paragraph().add_run(typographic(note))
        run.font.size = Pt(8.5)


def _figure(document: WordDocument, figure: Figure, number: int, picture: bytes) -> None:
    with Image.open(io.BytesIO(picture)) as image:
        wide, high = (pixels / DOTS * 2.54 for pixels in image.size)
    share = min(1.0, PORTRAIT / wide, HIGHEST / high)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(18)
    paragraph.add_run().add_picture(io.BytesIO(picture), width=Cm(wide * share))
    shown = document.inline_shapes[-1]._inline.docPr  # the words of the picture, for those who do not see it
    shown.set("descr", typographic(figure.description))
    shown.set("title", typographic(figure.title))
    add_caption(document, "Figure", number, typographic(figure.title) + (POST_HOC if figure.table.post_hoc else ""))


def thesis_tables(publication: Publication) -> Sequence[Table]:
    """What a thesis may print: the tables, then the numbers behind the figures; not the audit of another's figures."""
    return (*publication.tables, *(figure.table for figure in publication.figures))
