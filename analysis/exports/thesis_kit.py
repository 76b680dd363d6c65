"""What a thesis takes, in one language: the document, the workbook, a LaTeX file a table, each figure twice."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.exports.kit_words import KitWords
from analysis.exports.latex import main_tex, table_tex
from analysis.exports.word import thesis_docx, thesis_tables
from analysis.exports.workbook import tables_xlsx
from analysis.figures.as_file import standalone
from analysis.figures.pixels import png
from analysis.report.publication import Publication
from analysis.tables.table import Table


def kit_files(publication: Publication, tables: Sequence[Table], words: KitWords) -> dict[str, bytes]:
    """The Word document, the figures in vectors and in pixels, the tables as LaTeX; ``tables`` in Excel."""
    cohort = publication.cohort
    drawn = [figure for figure in publication.figures if figure.svg]
    printed = [table for table in thesis_tables(publication) if table.rows]
    pictures = {figure.id: png(figure.svg, figure.legend) for figure in drawn}
    files = {f"{one.id.lower()}.svg": standalone(one.svg, one.legend).encode() for one in drawn}
    files |= {f"{name.lower()}.png": picture for name, picture in pictures.items()}
    files |= {f"{table.id.lower()}.tex": table_tex(words.table(table)).encode() for table in printed}
    files["tables.tex"] = main_tex(printed, drawn, words).encode()
    files["thesis.docx"] = thesis_docx(publication, pictures, words)
    files["tables.xlsx"] = tables_xlsx(cohort.study.title, tables, cohort.data_cut, words)
    return files
