"""The codebook: what each column of a wave's answers means, drawn from the questionnaire itself."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from surveys.questionnaire import Item, Questionnaire
from surveys.responses import escaped

FIELDS = ("column", "section", "question", "type", "values", "unit", "required", "shown_if")


def codebook_rows(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """One row a column, in the order of the CSV; ``values`` maps each stored value to its label, or is empty."""
    rows = [_row("response", "numéro de la réponse"), _row("date", "jour de l'envoi (AAAA-MM-JJ)")]
    for section, item in questionnaire.walk():
        rows.append({
            "column": item.id,
            "section": section.title,
            "question": item.text,
            "type": item.type.value,
            "values": _values(item),
            "unit": item.unit,
            "required": item.required,
            "shown_if": item.shown_if.text if item.shown_if else "",
        })  # fmt: skip
        if item.other:
            rows.append(
                {**rows[-1], "column": f"{item.id}_other", "type": "short_text", "values": {}, "required": False}
            )
    return rows


def codebook_csv(questionnaire: Questionnaire) -> str:
    """The codebook as CSV; values as ``man = Un homme | woman = Une femme``."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(FIELDS)
    for row in codebook_rows(questionnaire):
        values = " | ".join(f"{value} = {label}" for value, label in row["values"].items())
        cells = {**row, "values": values, "required": "oui" if row["required"] else "non"}
        lines.writerow(escaped(str(cells[field])) for field in FIELDS)
    return text.getvalue()


def codebook_json(questionnaire: Questionnaire) -> str:
    """The codebook as JSON, with the questionnaire's version and the SHA-256 of its file."""
    head = {"title": questionnaire.title, "version": questionnaire.version, "sha256": questionnaire.digest}
    return json.dumps({**head, "columns": codebook_rows(questionnaire)}, ensure_ascii=False, indent=1) + "\n"


def _row(column: str, question: str) -> dict[str, Any]:
    return {
        **dict.fromkeys(FIELDS, ""),
        "column": column,
        "question": question,
        "type": "id",
        "values": {},
        "required": True,
    }


def _values(item: Item) -> dict[str, str]:
    if item.choices:
        silent = " (compté comme non répondu)"
        return {choice.id: f"{choice.label}{silent if choice.missing else ''}" for choice in item.choices}
    if item.minimum is not None and item.maximum is not None:
        ends = {item.minimum: item.low_label or "minimum", item.maximum: item.high_label or "maximum"}
        return {f"{value:g}": label for value, label in ends.items()}
    if item.earliest or item.latest:
        return {day.isoformat(): word for day, word in ((item.earliest, "premier jour"), (item.latest, "dernier jour"))
                if day}  # fmt: skip
    return {item.version: "accepté"} if item.version else {}
