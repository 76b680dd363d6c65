"""What only the moderator sees: the exact tables, and what the public ones leave out, with the reason.

Written in ``surveys/<study>/review/``, which git ignores.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from analysis.disclosure import Withheld
from analysis.exports.report_json import table_values
from analysis.report.publication import Publication
from divan.sources.writing import write_beside


def write_review(publication: Publication) -> list[Path]:
    """The exact tables and the list of what was withheld; the list is there even when it is empty."""
    folder = publication.cohort.study.folder / "review"
    tables = {table.id: table_values(table) for table in publication.exact}
    exact = json.dumps(tables, ensure_ascii=False, indent=1) + "\n"
    write_beside(folder / "unmasked.json", exact)
    write_beside(folder / "masked.csv", _listed(publication.withheld))
    return [folder / "unmasked.json", folder / "masked.csv"]


def _listed(withheld: tuple[Withheld, ...]) -> str:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["table", "row", "reason"])
    lines.writerows([one.table, one.row, one.reason] for one in withheld)
    return text.getvalue()
