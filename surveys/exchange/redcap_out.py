"""A questionnaire written as a REDCap data dictionary. What only Divan knows stays in an annotation, ``@DIVAN``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from surveys.condition import parse_condition
from surveys.exchange.carried_form import not_held, of_the_form
from surveys.exchange.other_conditions import write_condition
from surveys.exchange.redcap_in import (
    ANNOTATION,
    BRANCHING,
    CHOICES,
    COLUMNS,
    FORM,
    HEADER,
    HIGH,
    LABEL,
    LOW,
    MATRIX,
    NAME,
    NOTE,
    REQUIRED,
    TYPE,
    VALIDATION,
)
from surveys.questionnaire import Questionnaire
from surveys.recall import RECALL
from surveys.rules.raw import choices_of

_TYPES = {
    "code": "text", "single": "radio", "several": "checkbox", "likert": "radio", "scale": "radio", "integer": "text",
    "decimal": "text", "calculated": "calc", "date": "text", "short_text": "text", "long_text": "notes",
    "consent": "checkbox", "ranking": "text",
}  # fmt: skip
_HELD = {"integer": "integer", "decimal": "number", "date": "date_ymd"}
_CARRIED = {"id", "type", "text", "help", "required", "shown_if", "choices", "formula", "dropdown", "minimum",
            "maximum", "earliest", "latest"}  # fmt: skip
_WHOLE = {"code", "likert", "scale", "consent", "ranking"}  # REDCap has no such kind: kept whole in the annotation
Row = dict[str, str]


def write_redcap(asked: Questionnaire, raw: dict[str, Any]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the dictionary, and in French what REDCap will not do."""
    rows: list[Row] = []
    lost: list[str] = []
    named = {key: raw[key] for key in ("title", "version", "language") if key in raw}
    head: dict[str, Any] = {"form": {**named, **of_the_form(raw)}}
    for section in raw["sections"]:
        own = {
            "title": section["title"],
            "section": {key: section[key] for key in ("order",) if key in section},
            **head,
        }
        head = {}
        if section.get("text"):
            rows.append(
                _row(section, {NAME: f"{section['id']}_text", TYPE: "descriptive", LABEL: section["text"]}, own)
            )
            own = {}
        for item in section["items"]:
            found = list(_matrix(item, asked, raw) if item["type"] == "matrix" else [_item(item, asked, raw, lost)])
            for row, more in found:
                rows.append(_row(section, row, {**own, **more}))
                own = {}
    return rows, (*lost, *not_held(asked))


def _matrix(item: dict[str, Any], asked: Questionnaire, raw: dict[str, Any]) -> Iterator[tuple[Row, dict[str, Any]]]:
    own = {key: value for key, value in item.items() if key not in (*_CARRIED, "rows")}
    for n, row in enumerate(item["rows"]):
        said = {NAME: row["id"], TYPE: "radio", LABEL: row["text"], CHOICES: _choices(item, raw), MATRIX: item["id"],
                HEADER: item["text"] if n == 0 else "", **_shared(item, asked)}  # fmt: skip
        more = {key: value for key, value in row.items() if key not in ("id", "text")}
        yield said, {**({"matrix": own, **_particular(item, raw)} if n == 0 else {}), **({"row": more} if more else {})}


def _item(
    item: dict[str, Any], asked: Questionnaire, raw: dict[str, Any], lost: list[str]
) -> tuple[Row, dict[str, Any]]:
    kind = item["type"]
    kinds = "dropdown" if item.get("dropdown") else _TYPES[kind]
    row = {NAME: item["id"], TYPE: kinds, LABEL: _recalling(item["text"]), NOTE: item.get("help", ""),
           VALIDATION: _HELD.get(kind, ""), **_shared(item, asked)}  # fmt: skip
    if kind == "scale":
        row[CHOICES] = " | ".join(f"{n}, {n}" for n in range(item.get("minimum", 0), item.get("maximum", 10) + 1))
    elif kind == "consent":
        row[CHOICES] = f"1, {item['text']}"
    elif kind == "calculated":
        row[CHOICES] = re.sub(r"([a-z]\w*)", r"[\1]", item["formula"])
    elif "choices" in item and kind != "ranking":
        row[CHOICES] = _choices(item, raw)
    elif kind == "ranking":
        row[NOTE] = " ; ".join(filter(None, (item.get("help", ""), _choices(item, raw))))
        lost.append(f"« {item['id']} » : REDCap ne classe pas ; la question y devient une ligne de texte")
    low, high = ("earliest", "latest") if kind == "date" else ("minimum", "maximum")
    if kind in _HELD:
        row.update({LOW: str(item.get(low, "")), HIGH: str(item.get(high, ""))})
    if item.get("order") == "random":
        lost.append(f"« {item['id']} » : REDCap ne tire pas au sort l'ordre des choix")
    if item.get("image"):
        lost.append(f"« {item['id']} » : ajoutez-y vous-même l'image {item['image']['file']}")
    own = {key: value for key, value in item.items() if key not in _CARRIED}
    if kind in _WHOLE:
        own["type"] = kind
    if kind == "scale":
        own |= {key: item[key] for key in ("minimum", "maximum") if key in item}
    if kind == "ranking":
        own |= {"choices": choices_of(item, raw.get("scales", {})), "help": item.get("help", "")}
    own |= {"told": item["text"]} if "|" in item["text"] else {}
    return row, {**({"item": own} if own else {}), **_particular(item, raw)}


def _particular(item: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """What the choices say beside their codes and their labels, by code."""
    found = {
        str(one.get("id", one.get("score"))): {key: value for key, value in one.items() if key not in ("id", "label")}
        for one in choices_of(item, raw.get("scales", {}))
    }
    said = {code: more for code, more in found.items() if more}
    return {"of_choices": said} if said and item["type"] != "ranking" else {}


def _choices(item: dict[str, Any], raw: dict[str, Any]) -> str:
    offered = choices_of(item, raw.get("scales", {}))
    return " | ".join(f"{one.get('id', one.get('score'))}, {one['label'].replace('|', '/')}" for one in offered)


def _shared(item: dict[str, Any], asked: Questionnaire) -> Row:
    shown = write_condition(parse_condition(item["shown_if"]).tree, asked, "redcap") if "shown_if" in item else ""
    return {REQUIRED: "y" if item.get("required") else "", BRANCHING: shown}


def _recalling(text: str) -> str:
    return RECALL.sub(r"[\g<item>]", text)


def _row(section: dict[str, Any], row: Row, own: dict[str, Any]) -> Row:
    kept = {key: value for key, value in own.items() if value}
    said = json.dumps(kept, ensure_ascii=False).replace("'", "\\u0027") if kept else ""
    return dict.fromkeys(COLUMNS, "") | {FORM: section["id"], ANNOTATION: f"@DIVAN='{said}'" if said else ""} | row
