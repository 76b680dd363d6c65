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
from analysis.exports.kit_words import KitWords
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
ANNEX = "Annexe : les nombres derrière les figures"
SPELT = {"fr": FRENCH, "en": ENGLISH}


def thesis_docx(publication: Publication, pictures: Mapping[str, bytes], words: KitWords) -> bytes:
    """Methods, tables in the order of the plan, figures; then, as an annex, the numbers behind each figure."""
    cohort = publication.cohort
    document = Document()
    set_page(document, SPELT[words.language])
    properties = document.core_properties
    properties.title, properties.author, properties.language = cohort.study.title, "", SPELT[words.language]
    document.add_heading(typographic(cohort.study.title), level=0)
    _methods(document, publication, words)
    document.add_heading(words.say("Tableaux"), level=1)
    for number, table in enumerate(publication.tables, 1):
        _table(document, table, number, words)
    drawn = [figure for figure in publication.figures if figure.id in pictures]
    turn_page(document, landscape=False)
    if drawn:
        document.add_heading(words.say("Figures"), level=1)
        for number, figure in enumerate(drawn, 1):
            _figure(document, figure, number, pictures[figure.id], words)
        document.add_heading(typographic(words.say(ANNEX)), level=1)
        for number, figure in enumerate(drawn, len(publication.tables) + 1):
            _table(document, figure.table, number, words)
    written = io.BytesIO()
    document.save(written)
    return settled(written.getvalue(), cohort.data_cut)


def _methods(document: WordDocument, publication: Publication, words: KitWords) -> None:
    for language in dict.fromkeys((words.language, "en")):
        document.add_heading(KitWords(language).say("Méthodes"), level=1)
        for said in methods_paragraphs(publication, language):
            say_in(document.add_paragraph().add_run(said), SPELT[language])
    document.add_heading(words.say("Références des logiciels"), level=2)
    for said in references(publication.software):
        say_in(document.add_paragraph().add_run(said), ENGLISH)


def _table(document: WordDocument, untold: Table, number: int, words: KitWords) -> None:
    table = words.table(untold)
    grid = printed_grid(table) if table.rows else None
    turn_page(document, landscape=grid is not None and grid.landscape)
    after_the_fact = words.say(POST_HOC) if table.post_hoc else ""
    caption = add_caption(document, words.say("Tableau"), number, typographic(table.title) + after_the_fact)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(18)
    if grid is None:
        document.add_paragraph(typographic(table.empty or words.say("Rien à montrer : aucune réponse.")))
        return
    add_table(document, table, grid)
    for note in table.notes:
        run = document.add_paragraph().add_run(typographic(note))
        run.font.size = Pt(8.5)


def _figure(document: WordDocument, figure: Figure, number: int, picture: bytes, words: KitWords) -> None:
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
    after_the_fact = words.say(POST_HOC) if figure.table.post_hoc else ""
    add_caption(document, words.say("Figure"), number, typographic(figure.title) + after_the_fact)


def thesis_tables(publication: Publication) -> Sequence[Table]:
    """What a thesis may print: the tables, then the numbers behind the figures; not the audit of another's figures."""
    return (*publication.tables, *(figure.table for figure in publication.figures))
