"""The tables as LaTeX (booktabs, longtable), to be included in a thesis."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables.table import Table, TableRow

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
    "\u00a0": "~",
    "\u202f": r"\,",
    "−": r"$-$",
    "—": "---",
    "→": r"$\rightarrow$",
    "↓": r"$\downarrow$",
    "χ": r"$\chi$",
    "²": r"\textsuperscript{2}",
}
PREAMBLE = """% À inclure par \\input{tables.tex}
% Préambule : \\usepackage[french]{babel}, \\usepackage{booktabs,longtable}
"""


def tables_tex(tables: Sequence[Table]) -> str:
    """One longtable each, labelled ``tab:<id>``."""
    return PREAMBLE + "".join(_table(table) for table in tables if table.rows)


def escaped_tex(text: str) -> str:
    """Text with every character that LaTeX would interpret made plain."""
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _table(table: Table) -> str:
    columns = "l" + "r" * len(table.columns)
    heading = " & ".join(escaped_tex(words) for words in (table.head, *(column.label for column in table.columns)))
    body = "".join(_line(row) for row in table.rows)
    notes = "".join(f"\n\\noindent\\footnotesize {escaped_tex(note)}\\par\n" for note in table.notes)
    return (
        f"\n\\begin{{longtable}}{{{columns}}}\n\\caption{{{escaped_tex(table.title)}}}\\label{{tab:{table.id}}}\\\\\n"
        f"\\toprule\n{heading} \\\\\n\\midrule\n\\endhead\n{body}\\bottomrule\n\\end{{longtable}}\n{notes}"
    )


def _line(row: TableRow) -> str:
    label = escaped_tex(row.label)
    first = f"\\quad {label}" if row.role == "level" else f"\\textbf{{{label}}}" if row.role == "variable" else label
    return " & ".join([first, *(escaped_tex(cell.text()) for cell in row.cells)]) + " \\\\\n"
