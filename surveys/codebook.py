"""The codebook: what each column of a wave's answers means, drawn from the questionnaire itself."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from surveys.questionnaire import Choice, Item, ItemType, Questionnaire
from surveys.responses import ADMISSION, escaped

FIELDS = ("column", "section", "question", "type", "values", "unit", "required", "shown_if")
BY_INVITATION = {"token": "jeton signé à l'aveugle", "code": "code d'invitation, sans script"}
NOTE = "note"  # a column of its own only where a kind of question needs it


def codebook_rows(questionnaire: Questionnaire, *, by_token: bool = False) -> list[dict[str, Any]]:
    """One row a column, in the order of the CSV; ``values`` maps each stored value to its label, or is empty.

    ``by_token``: of a study whose answers are admitted by an invitation.
    """
    rows = [_row("response", "numéro de la réponse"), _row("date", "jour de l'envoi (AAAA-MM-JJ)")]
    if by_token:
        admission = _row(ADMISSION, "comment la réponse a été admise")
        rows.append({**admission, "type": "single", "values": BY_INVITATION, "required": False})
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
            **({NOTE: _note(item)} if _note(item) else {}),
        })  # fmt: skip
        if item.other:
            rows.append(
                {**rows[-1], "column": f"{item.id}_other", "type": "short_text", "values": {}, "required": False}
            )
    return rows


def codebook_csv(questionnaire: Questionnaire, *, by_token: bool = False) -> str:
    """The codebook as CSV; values as ``man = Un homme | woman = Une femme``."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    rows = codebook_rows(questionnaire, by_token=by_token)
    fields = (*FIELDS, NOTE) if any(NOTE in row for row in rows) else FIELDS
    lines.writerow(fields)
    for row in rows:
        values = " | ".join(f"{value} = {label}" for value, label in row["values"].items())
        cells = {**row, "values": values, "required": "oui" if row["required"] else "non"}
        lines.writerow(escaped(str(cells.get(field, ""))) for field in fields)
    return text.getvalue()


def codebook_json(questionnaire: Questionnaire, *, by_token: bool = False) -> str:
    """The codebook as JSON, with the questionnaire's version and the SHA-256 of its file."""
    head = {"title": questionnaire.title, "version": questionnaire.version, "sha256": questionnaire.digest}
    return (
        json.dumps({**head, "columns": codebook_rows(questionnaire, by_token=by_token)}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _row(column: str, question: str) -> dict[str, Any]:
    return {
        **dict.fromkeys(FIELDS, ""),
        "column": column,
        "question": question,
        "type": "id",
        "values": {},
        "required": True,
    }


def _note(item: Item) -> str:
    """How to read the cells, where the values do not say it."""
    if item.formula is not None:
        return f"calculé : {item.formula.text} ; {item.decimals} décimale(s), la moitié vers le haut"
    if item.type is ItemType.ORDER:
        return "graine du tirage de l'ordre ; vide : l'ordre du questionnaire (formulaire sans script, ou import)"
    return f"les réponses dans l'ordre donné, la première en tête ; {item.ranks} rang(s)" if item.ranks else ""


def _said_of(choice: Choice) -> str:
    silent = " (compté comme non répondu)" if choice.missing else ""
    return f"{silent} (quota : {choice.quota})" if choice.quota else silent


def _values(item: Item) -> dict[str, str]:
    if item.choices:
        return {choice.id: f"{choice.label}{_said_of(choice)}" for choice in item.choices}
    if item.minimum is not None and item.maximum is not None:
        ends = {item.minimum: item.low_label or "minimum", item.maximum: item.high_label or "maximum"}
        return {f"{value:g}": label for value, label in ends.items()}
    if item.earliest or item.latest:
        return {day.isoformat(): word for day, word in ((item.earliest, "premier jour"), (item.latest, "dernier jour"))
                if day}  # fmt: skip
    return {item.version: "accepté"} if item.version else {}
