"""A questionnaire written as an XLSForm; what only Divan knows stays in a column ``divan``, which others pass over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.condition import parse_condition
from surveys.exchange.carried_form import of_the_form
from surveys.exchange.other_conditions import write_condition
from surveys.questionnaire import Questionnaire
from surveys.recall import RECALL
from surveys.rules.raw import choices_of

Row = dict[str, str]

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "parameters",
          "calculation", "media::image", "divan")  # fmt: skip
CHOICES = ("list_name", "name", "label", "divan")
_TYPES = {
    "code": "text", "single": "select_one", "several": "select_multiple", "likert": "select_one", "ranking": "rank",
    "scale": "range", "integer": "integer", "decimal": "decimal", "calculated": "calculate", "date": "date",
    "short_text": "text", "long_text": "text", "consent": "acknowledge",
}  # fmt: skip
_CARRIED = {"id", "type", "text", "help", "required", "shown_if", "choices", "formula", "rows", "dropdown", "order",
            "minimum", "maximum", "earliest", "latest"}  # fmt: skip


@dataclass
class XlsformSheets:
    """The rows of the three sheets."""

    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: list[Row] = field(default_factory=list)


def write_xlsform(asked: Questionnaire, raw: dict[str, Any]) -> XlsformSheets:
    """The sheets of a questionnaire and of what its YAML holds."""
    settings = {"form_title": raw["title"], "form_id": asked.id, "version": raw["version"],
                "default_language": f"({raw.get('language', 'fr')})"}  # fmt: skip
    sheets = XlsformSheets(settings=[_with(settings, {"form": of_the_form(raw)})])
    for section in raw["sections"]:
        own = {key: section[key] for key in ("order",) if key in section}
        sheets.survey.append(_with({"type": "begin group", "name": section["id"], "label": section["title"],
                                    "appearance": "field-list"}, {"section": own}))  # fmt: skip
        if section.get("text"):
            sheets.survey.append({"type": "note", "name": f"{section['id']}_text", "label": section["text"]})
        for item in section["items"]:
            sheets.survey.extend(_matrix(item, asked, raw, sheets) if item["type"] == "matrix"
                                 else _item(item, asked, raw, sheets))  # fmt: skip
        sheets.survey.append({"type": "end group"})
    return sheets


def _matrix(item: dict[str, Any], asked: Questionnaire, raw: dict[str, Any], sheets: XlsformSheets) -> Iterator[Row]:
    own = {key: value for key, value in item.items() if key not in ("rows", "choices", "text", "type")}
    yield _with({"type": "begin group", "name": item["id"], "label": _recalling(item["text"]),
                 "appearance": "table-list", "relevant": _relevant(item, asked)}, {"matrix": own})  # fmt: skip
    _choices(item, raw, sheets)
    for row in item["rows"]:
        said = {"type": f"select_one {item['id']}", "name": row["id"], "label": row["text"],
                "required": "yes" if item.get("required") else ""}  # fmt: skip
        more = {key: value for key, value in row.items() if key not in ("id", "text")}
        yield _with(said, {"row_of": item["id"], **({"row": more} if more else {})})
    yield {"type": "end group"}


def _item(item: dict[str, Any], asked: Questionnaire, raw: dict[str, Any], sheets: XlsformSheets) -> Iterator[Row]:
    kind = _TYPES[item["type"]]
    chosen = kind in ("select_one", "select_multiple", "rank")
    row: Row = {
        "type": f"{kind} {item['id']}" if chosen else kind,
        "name": item["id"],
        "label": _recalling(item["text"]),
        "hint": item.get("help", ""),
        "required": "yes" if item.get("required") else "",
        "relevant": _relevant(item, asked),
        "constraint": _constraint(item),
        "appearance": _appearance(item),
        "parameters": _parameters(item),
        "calculation": re.sub(r"([a-z]\w*)", r"${\1}", item.get("formula", "")).replace("/", " div "),
        "media::image": item.get("image", {}).get("file", ""),
    }
    others = _choices(item, raw, sheets) if chosen else ()
    own = {key: value for key, value in item.items() if key not in _CARRIED}
    own |= {"type": "code"} if item["type"] == "code" else {}
    own |= {"told": item["text"]} if "|" in item["text"] else {}  # neutral words of a recalled answer
    yield _with(row, {"item": own})
    for other in others:
        here = f"selected(${{{item['id']}}}, '{other}')"
        yield _with({"type": "text", "name": f"{item['id']}_other", "label": "Précisez", "relevant": here},
                    {"other_of": item["id"]})  # fmt: skip


def _choices(item: dict[str, Any], raw: dict[str, Any], sheets: XlsformSheets) -> list[str]:
    """Write the list of a question; the names of those that open a line of text."""
    others = []
    for choice in choices_of(item, raw.get("scales", {})):
        name = choice.get("id", str(choice.get("score")))
        own = {
            key: value for key, value in choice.items() if key not in ("label", *(() if "score" in choice else ("id",)))
        }
        sheets.choices.append(_with({"list_name": item["id"], "name": name, "label": choice["label"]}, own))
        if choice.get("other"):
            others.append(name)
    return others


def _relevant(item: dict[str, Any], asked: Questionnaire) -> str:
    return write_condition(parse_condition(item["shown_if"]).tree, asked, "xlsform") if "shown_if" in item else ""


def _constraint(item: dict[str, Any]) -> str:
    if item["type"] == "date":
        bounds = [
            f". {sign} date('{item[key]}')" for key, sign in (("earliest", ">="), ("latest", "<=")) if key in item
        ]
    elif item["type"] in ("integer", "decimal"):
        bounds = [f". >= {item['minimum']}", f". <= {item['maximum']}"]
    else:
        bounds = []
    return " and ".join(bounds)


def _appearance(item: dict[str, Any]) -> str:
    if item["type"] == "long_text":
        return "multiline"
    if item["type"] == "likert":
        return "likert"
    return "minimal autocomplete" if item.get("dropdown") else ""


def _parameters(item: dict[str, Any]) -> str:
    if item["type"] == "scale":
        return f"start={item.get('minimum', 0)} end={item.get('maximum', 10)} step=1"
    return "randomize=true" if item.get("order") == "random" else ""


def _recalling(text: str) -> str:
    return RECALL.sub(r"${\g<item>}", text)


def _with(row: Row, own: dict[str, Any]) -> Row:
    kept = {key: value for key, value in own.items() if value not in ({}, None)}
    return {**row, "divan": json.dumps(kept, ensure_ascii=False)} if kept else row
