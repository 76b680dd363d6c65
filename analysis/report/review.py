"""What only the moderator sees: the tables unmasked, and each figure that was taken away, with the reason.

Written in ``surveys/<study>/review/``, which git ignores.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from analysis.disclosure import Hidden
from analysis.exports.report_json import table_values
from analysis.report.publication import Publication
from divan.sources.writing import write_beside

REASONS = {
    "small": "petit effectif",
    "complement": "complément : sans lui, un petit effectif se déduirait des totaux",
    "derived": "statistique calculée sur un effectif masqué",
    "waiting": "gardé pour la page finale, tant que l'étude court",
    "whole": "tableau croisé dont la plupart des effectifs sont petits : il est retiré entier",
}


def write_review(publication: Publication) -> list[Path]:
    """The unmasked tables and the list of what was masked; the list is there even when it is empty."""
    folder = publication.cohort.study.folder / "review"
    tables = {table.id: table_values(table) for table in publication.unmasked}
    unmasked = json.dumps(tables, ensure_ascii=False, indent=1) + "\n"
    write_beside(folder / "unmasked.json", unmasked)
    write_beside(folder / "masked.csv", _masked(publication.hidden))
    return [folder / "unmasked.json", folder / "masked.csv"]


def _masked(hidden: tuple[Hidden, ...]) -> str:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["table", "row", "level", "column", "value", "reason"])
    lines.writerows([one.table, one.row, one.level, one.column, one.value, REASONS[one.reason]] for one in hidden)
    return text.getvalue()
