"""A REDCap data dictionary, its CSV of eighteen columns, read as a questionnaire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from surveys.exchange.carried_form import (
    CarriedForm,
    calculated,
    choice_id,
    item_id,
    neutral_words_again,
    one_section,
    widened,
)
from surveys.exchange.other_conditions import read_condition

Row = Mapping[str, str]

NAME, FORM, HEADER, TYPE, LABEL = "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"
CHOICES, NOTE = "Choices, Calculations, OR Slider Labels", "Field Note"
VALIDATION, LOW, HIGH = "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max"
IDENTIFIER, BRANCHING, REQUIRED = "Identifier?", "Branching Logic (Show field only if...)", "Required Field?"
ALIGNMENT, NUMBER, MATRIX = "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name"
RANKING, ANNOTATION = "Matrix Ranking?", "Field Annotation"
COLUMNS = (NAME, FORM, HEADER, TYPE, LABEL, CHOICES, NOTE, VALIDATION, LOW, HIGH, IDENTIFIER, BRANCHING, REQUIRED,
           ALIGNMENT, NUMBER, MATRIX, RANKING, ANNOTATION)  # fmt: skip
OURS = re.compile(r"@DIVAN='(.*?)'(?:\s|$)")
YES_NO = [{"id": "1", "label": "Oui"}, {"id": "0", "label": "Non"}]
_CHOSEN = {"radio": "single", "dropdown": "single", "checkbox": "several"}
_TAG = re.compile(r"<[^>]+>")


def read_redcap(rows: Iterable[Row], file: str) -> CarriedForm:
    """The questionnaire of a dictionary, and all that it cannot say."""
    lost: list[str] = []
    sections: list[dict[str, Any]] = []
    form = ""
    for row in rows:
        own = _ours(row)
        if row.get(FORM, "") != form or not sections:
            form = row.get(FORM, "")
            sections.append(one_section(own.get("title") or form.replace("_", " ").capitalize(), [], len(sections) + 1))
            sections[-1].update({"id": item_id(form or "page"), **own.get("section", {})})
        if row.get(TYPE) == "descriptive" and not sections[-1]["items"]:
            sections[-1]["text"] = _text(row.get(LABEL, ""))
            continue
        item = _item(row, own, lost)
        if item is None:
            continue
        _place(item, row, own, sections[-1]["items"])
    kept = [section for section in sections if section["items"]]
    head = next((own for row in rows if (own := _ours(row)).get("form")), {}).get("form", {})
    return CarriedForm({"title": file, "version": "1", **head, "sections": kept}, tuple(lost))


def _place(item: dict[str, Any], row: Row, own: dict[str, Any], items: list[dict[str, Any]]) -> None:
    """Add a question to its page, or a row to its matrix."""
    name = row.get(MATRIX, "").strip()
    if not name:
        items.append(item)
        return
    matrix = next((one for one in items if one["id"] == item_id(name) and one["type"] == "matrix"), None)
    if matrix is None:
        shared: dict[str, Any] = {key: item[key] for key in ("required", "shown_if", "choices") if key in item}
        asked = _text(row.get(HEADER, "")) or name
        matrix = {"id": item_id(name), "type": "matrix", "text": asked, **shared, **own.get("matrix", {}), "rows": []}
        items.append(matrix)
    headers = {"headers": item["headers"]} if "headers" in item else {}
    matrix["rows"].append({"id": item["id"], "text": item["text"], **headers, **own.get("row", {})})


def _item(row: Row, own: dict[str, Any], lost: list[str]) -> dict[str, Any] | None:
    name, kind = row.get(NAME, "").strip(), row.get(TYPE, "").strip()
    item: dict[str, Any] = {"id": item_id(name), "type": "", "text": _text(row.get(LABEL, "")) or name}
    if item["id"] != name:
        item["headers"] = [name]
    if note := _text(row.get(NOTE, "")):
        item["help"] = note
    if row.get(REQUIRED, "").strip().lower() == "y":
        item["required"] = True
    if row.get(BRANCHING, "").strip():
        condition = read_condition(row[BRANCHING], "redcap")
        if condition is None:
            lost.append(f"« {item['id']} » : sa condition ne se dit pas ici : {row[BRANCHING]}")
        else:
            item["shown_if"] = condition
    if row.get(RANKING, "").strip().lower() == "y":
        lost.append(f"« {item['id']} » : le classement d'une matrice (Matrix Ranking) devient des réponses libres")
    annotation = OURS.sub("", row.get(ANNOTATION, "")).strip()
    if annotation:
        lost.append(f"« {item['id']} » : ses annotations n'ont pas d'effet ici : {annotation}")
    if row.get(HEADER, "").strip() and not row.get(MATRIX, "").strip():
        lost.append(f"« {item['id']} » : le titre au-dessus d'elle n'a pas de place ici : {_text(row[HEADER])}")
    if not _typed(kind, item, row, lost):
        return None
    return _with_ours(item, own)


def _with_ours(item: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The question with what our annotation adds; what REDCap itself says has the last word."""
    more = neutral_words_again(item, own.get("item", {}))
    if more.get("type") in ("consent", "scale", "code", "ranking"):
        item.pop("choices", None)
        item.pop("help", None) if more.get("type") == "ranking" else None
    if "choices" in item:
        item["choices"] = [_told(choice, own.get("of_choices", {})) for choice in item["choices"]]
    return {**item, **{key: value for key, value in more.items() if value != ""}}


def _told(choice: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    more = ours.get(choice["id"], {})
    return {**more, "label": choice["label"]} if "score" in more else {**choice, **more}


def _typed(kind: str, item: dict[str, Any], row: Row, lost: list[str]) -> bool:
    """Give the question its kind and its keys; False when there is no such kind."""
    if kind in _CHOSEN:
        item["type"] = _CHOSEN[kind]
        item["choices"] = [_choice(one) for one in row.get(CHOICES, "").split("|") if one.strip()]
        if kind == "dropdown":
            item["dropdown"] = True
    elif kind in ("yesno", "truefalse"):
        item.update(type="single", choices=YES_NO if kind == "yesno" else
                    [{"id": "1", "label": "Vrai"}, {"id": "0", "label": "Faux"}])  # fmt: skip
    elif kind == "notes":
        item["type"] = "long_text"
    elif kind == "text":
        _line(item, row, lost)
    elif kind == "slider":
        low, _, high = (part.strip() for part in f"{row.get(CHOICES, '')}||".split("|", 2))
        item.update(type="integer", minimum=0, maximum=100)
        lost.append(f"« {item['id']} » : une glissière devient un nombre de 0 à 100 ({low} … {high.strip(' |')})")
    elif kind == "calc":
        formula = re.sub(r"\[(\w+)\]", lambda found: item_id(found[1]), row.get(CHOICES, ""))
        return calculated(item, formula, row.get(CHOICES, ""), lost)
    else:
        lost.append(f"« {item['id']} » : un champ « {kind} » n'existe pas ici")
        return False
    return True


def _line(item: dict[str, Any], row: Row, lost: list[str]) -> None:
    held = row.get(VALIDATION, "").strip()
    low, high = row.get(LOW, "").strip(), row.get(HIGH, "").strip()
    if held.startswith("date_"):
        item["type"] = "date"
        item.update({key: text for key, text in (("earliest", low), ("latest", high)) if text})
    elif held in ("integer", "number") or held.startswith("number_"):
        item["type"] = "integer" if held == "integer" else "decimal"
        item.update({key: _number(text) for key, text in (("minimum", low), ("maximum", high)) if text})
        widened(item, lost)
    else:
        item["type"] = "short_text"
        if held:
            lost.append(f"« {item['id']} » : le contrôle « {held} » n'existe pas ici")


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    return int(value) if value == int(value) else value


def _choice(text: str) -> dict[str, Any]:
    code, _, label = text.strip().partition(",")
    return {"id": choice_id(code.strip()), "label": _text(label) or code.strip()}


def _text(text: str) -> str:
    """A label without the tags that REDCap admits, its recalled answers as ours."""
    plain = " ".join(_TAG.sub(" ", text).split())
    return re.sub(r"\[(\w+)\]", lambda found: f"{{{item_id(found[1])}}}", plain)


def _ours(row: Row) -> dict[str, Any]:
    """What our own dictionary keeps for itself in an annotation."""
    found = OURS.search(row.get(ANNOTATION, ""))
    try:
        kept = json.loads(found[1].replace("\\u0027", "'")) if found else {}
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
