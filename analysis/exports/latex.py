"""A table as LaTeX (booktabs, longtable), to be included in a thesis, and the document that includes them all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from analysis.exports.column_widths import PADDING, printed_grid, printed_rows
from analysis.exports.kit_words import KitWords
from analysis.figures.figure import Figure
from analysis.tables.table import Table

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "≈": r"$\approx$",
    "∞": r"$\infty$",
    "\u00a0": "~",
    "\u202f": r"\,",
    "−": r"$-$",
    "—": "---",
    "–": "--",
    "→": r"$\rightarrow$",
    "↓": r"$\downarrow$",
    "χ": r"$\chi$",
    "η": r"$\eta$",
    "ρ": r"$\rho$",
    "ε": r"$\varepsilon$",
    "φ": r"$\varphi$",
    "²": r"\textsuperscript{2}",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "×": r"$\times$",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
    "[": "{[}",  # after the end of a row, a bracket would be read as an option
    "]": "{]}",
}
MAIN = r"""% Compile tel quel : pdflatex tables.tex, deux fois. Dans votre thèse, reprenez le préambule et \input{t1}.
\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage[french]{babel}
\usepackage[margin=2.5cm]{geometry}
\usepackage{array,booktabs,longtable,pdflscape,graphicx}
\begin{document}
"""


KNOWN = frozenset("‘’“”„…€†‡•‰‹›™")  # beyond Latin letters, what inputenc and T1 have
LEADING = 1.25  # from one line to the next, in sizes of the letters


def table_tex(table: Table) -> str:
    """A longtable labelled ``tab:<id>``, its columns as wide as those of the Word document."""
    grid = printed_grid(table)
    head, *rows = printed_rows(table)
    heading = " & ".join(rf"\bfseries {escaped_tex(words)}" for words in head)
    body = "".join(_line(row.role, words) for row, words in zip(table.rows, rows, strict=True))
    notes = "".join(f"{escaped_tex(note)}\\par\n" for note in table.notes)
    columns = "".join(_column(place, width) for place, width in enumerate(grid.widths))
    # the braces close the size of the letters, a landscape page the page
    opened, closed = ("\\begin{landscape}\n", "\\end{landscape}\n") if grid.landscape else ("", "")
    return (
        f"{opened}{{\\fontsize{{{grid.size:g}}}{{{grid.size * LEADING:g}}}\\selectfont\n"
        f"\\setlength{{\\tabcolsep}}{{{PADDING / 2:g}cm}}\n\\begin{{longtable}}{{{columns}}}\n"
        f"\\caption{{{escaped_tex(table.title)}}}\\label{{tab:{table.id.lower()}}}\\\\\n\\toprule\n{heading} \\\\\n"
        f"\\midrule\n\\endfirsthead\n\\toprule\n{heading} \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n"
        f"{body}\\end{{longtable}}\n{notes}}}\n{closed}"
    )


def main_tex(tables: Sequence[Table], figures: Sequence[Figure], words: KitWords) -> str:
    """A document that compiles as it is: every table from its file, every figure from its PNG."""
    inputs = "".join(f"\\input{{{table.id.lower()}}}\n" for table in tables)
    pictures = "".join(
        f"\\begin{{figure}}[p]\n\\centering\n\\includegraphics[width=12cm,height=21cm,keepaspectratio]"
        f"{{{figure.id.lower()}.png}}\n\\caption{{{escaped_tex(figure.title)}}}\\label{{fig:{figure.id.lower()}}}\n"
        "\\end{figure}\n\\clearpage\n"
        for figure in figures
    )
    preamble = MAIN if words.french else MAIN.replace("[french]{babel}", "[british]{babel}")
    return f"{preamble}{inputs}{pictures}\\end{{document}}\n"


def escaped_tex(text: str) -> str:
    """Text with every character that LaTeX would interpret, or does not know, made plain."""
    return "".join(_SPECIAL.get(letter) or _known(letter) for letter in text)


def _known(letter: str) -> str:
    if letter < "\u0180" or letter in KNOWN:
        return letter
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


def _column(place: int, width: float) -> str:
    side = r"\raggedright" if place == 0 else r"\raggedleft"
    return rf">{{{side}\arraybackslash}}p{{{width - PADDING:.2f}cm}}"


def _line(role: str, words: Sequence[str]) -> str:
    label, *cells = map(escaped_tex, words)
    first = rf"\hspace{{1em}}{label}" if role == "level" else rf"\textbf{{{label}}}" if role == "variable" else label
    return " & ".join([first, *cells]) + " \\\\\n"
