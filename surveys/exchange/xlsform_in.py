"""An XLSForm (Kobo, ODK, SurveyCTO) read as a questionnaire: its sheets ``survey``, ``choices`` and ``settings``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from surveys.exchange.carried_form import (
    CarriedForm,
    calculated,
    item_id,
    neutral_words_again,
    of_the_form,
    one_section,
    widened,
)
from surveys.exchange.other_conditions import read_condition
from surveys.exchange.xlsform_rows import Row, choice_of, kept_apart, label, said_in

Sheets = Mapping[str, Sequence[Row]]

_PLAIN = {
    "text": "short_text", "string": "short_text", "integer": "integer", "int": "integer", "decimal": "decimal",
    "date": "date", "calculate": "calculated", "acknowledge": "consent", "trigger": "consent", "range": "scale",
    "select_one": "single", "select_multiple": "several", "rank": "ranking",
}  # fmt: skip
_SILENT = {"start", "end", "today"}  # the collector knows the day, and keeps no hour
_BOUND = re.compile(r"\.\s*(>=|<=)\s*(?:date\(\s*)?'?(-?\d+(?:\.\d+)?(?:-\d\d-\d\d)?)'?\s*\)?")
_TRUE = {"yes", "true", "true()", "oui", "1"}


def read_xlsform(sheets: Sheets, file: str) -> CarriedForm:
    """The questionnaire of a workbook, and all that it cannot say."""
    reader = _Reader(sheets)
    for row in sheets.get("survey", ()):
        reader.read(row)
    settings = next(iter(sheets.get("settings", ())), {})
    raw = {"title": settings.get("form_title") or file, "version": settings.get("version") or "1"}
    language = re.search(r"\((\w\w)\)", settings.get("default_language", ""))
    if language and language[1] != "fr":
        raw["language"] = language[1]
    ours = of_the_form(kept_apart(settings).get("form"))
    return CarriedForm({**raw, **ours, "sections": reader.sections}, tuple(reader.lost))


class _Reader:
    """The rows of ``survey`` one after the other: pages as they open, what is lost as it is met."""

    def __init__(self, sheets: Sheets) -> None:
        self.lost: list[str] = []
        self._choices: dict[str, list[Row]] = {}
        for row in sheets.get("choices", ()):
            self._choices.setdefault(row.get("list_name") or row.get("list name", ""), []).append(row)
        self._open: list[dict[str, Any]] = []
        self._done: list[dict[str, Any]] = []
        self._groups: list[str] = []
        self._repeats = 0

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The pages that hold a question."""
        return [section for section in self._done if section["items"]]

    def read(self, row: Row) -> None:
        words = (row.get("type") or "").split()
        if not words:
            return
        kind = " ".join(words[:2]) if words[0] in ("begin", "end") else words[0].replace("begin_", "begin ").replace(
            "end_", "end ")  # fmt: skip
        name = row.get("name", "")
        if kind.startswith("begin"):
            self._begin(kind, row)
        elif kind.startswith("end"):
            self._repeats -= kind == "end repeat"
            if self._groups:
                self._groups.pop()
            self._open = []
        elif kind in _SILENT:
            return
        elif kind == "note":
            self._note(row)
        elif kind not in _PLAIN:
            self.lost.append(f"« {name or kind} » : une question « {kind} » n'existe pas ici")
        elif self._repeats:
            self.lost.append(f"« {name} » : une question posée plusieurs fois (repeat) n'existe pas ici")
        else:
            self._item(kind, words[1:], row)

    def _begin(self, kind: str, row: Row) -> None:
        self._repeats += kind == "begin repeat"
        self._groups.append(row.get("relevant", ""))
        if kind == "begin repeat":
            return
        title = label(row) or row.get("name", "")
        own = kept_apart(row)
        section = {**one_section(title, (), len(self._done) + 1), "id": item_id(row.get("name", "") or title)}
        if own.get("matrix"):
            self._open_matrix(own["matrix"], title)
            return
        self._done.append({**section, **own.get("section", {})})
        self._open = self._done[-1]["items"]

    def _open_matrix(self, item: dict[str, Any], title: str) -> None:
        self._page().append({"id": item["id"], "type": "matrix", "text": title, **item, "rows": []})
        self._open = self._done[-1]["items"]

    def _page(self) -> list[dict[str, Any]]:
        if not self._done or (self._done and self._open is not self._done[-1]["items"] and not self._open):
            if not self._done:
                self._done.append(one_section("Questions", (), 1))
            self._open = self._done[-1]["items"]
        return self._open

    def _note(self, row: Row) -> None:
        if self._done and not self._done[-1]["items"]:
            self._done[-1]["text"] = label(row)
        else:
            self.lost.append(f"« {row.get('name', '')} » : une note au milieu des questions n'a pas de place ici")

    def _item(self, kind: str, listed: Sequence[str], row: Row) -> None:
        name = row.get("name", "")
        own = kept_apart(row)
        if own.get("row_of"):
            matrix = next(one for one in self._page() if one["id"] == own["row_of"])
            matrix["choices"] = matrix.get("choices") or self._offered(listed[:1], [])
            matrix["rows"].append({"id": item_id(name), "text": label(row), **own.get("row", {})})
            return
        if own.get("other_of"):
            return  # the line of text of « other » comes with its question
        item: dict[str, Any] = {"id": item_id(name), "type": _PLAIN[kind], "text": label(row) or name}
        if item["id"] != name:
            item["headers"] = [name]
        if hint := said_in(row, "hint"):
            item["help"] = hint
        if row.get("required", "").strip().lower() in _TRUE:
            item["required"] = True
        self._conditions(item, row)
        self._own_keys(kind, listed, item, row)
        for key, says in (("default", "valeur par défaut"), ("choice_filter", "filtre des choix"),
                          ("repeat_count", "nombre de répétitions"), ("trigger", "déclencheur")):  # fmt: skip
            if row.get(key):
                self.lost.append(f"« {name} » : {says} ({key})")
        more = neutral_words_again(item, own.get("item", {}))
        if item["type"]:
            self._page().append({**item, **more})

    def _conditions(self, item: dict[str, Any], row: Row) -> None:
        said = [text for text in (*self._groups, row.get("relevant", "")) if text and text.strip()]
        read = [read_condition(text, "xlsform") for text in said]
        if None in read:
            self.lost.append(f"« {item['id']} » : sa condition ne se dit pas ici : {' ; '.join(said)}")
        elif read:
            kept = [one for one in read if one]
            item["shown_if"] = kept[0] if len(kept) == 1 else " and ".join(f"({one})" for one in kept)

    def _own_keys(self, kind: str, listed: Sequence[str], item: dict[str, Any], row: Row) -> None:
        look, parameters = row.get("appearance", ""), row.get("parameters", "")
        if kind in ("select_one", "select_multiple", "rank"):
            item["choices"] = self._offered(listed[:1], listed[1:])
            if kind == "select_one" and {"minimal", "search", "autocomplete", "quick"} & set(look.split()):
                item["dropdown"] = True
            if "likert" in look and all("score" in one or one.get("missing") for one in item["choices"]):
                item["type"] = "likert"
            if "randomize=true" in parameters.replace(" ", ""):
                item["order"] = "random"
        elif kind == "text" and "multiline" in look:
            item["type"] = "long_text"
        elif kind == "acknowledge":
            item["version"] = "1"
        elif kind == "calculate":
            self._formula(item, row)
            return
        elif kind == "range":
            self._range(item, parameters)
        if kind in ("integer", "decimal", "date"):
            self._bounds(kind, item, row)
        elif row.get("constraint"):
            self.lost.append(f"« {item['id']} » : sa contrainte ne se dit pas ici : {row['constraint']}")

    def _bounds(self, kind: str, item: dict[str, Any], row: Row) -> None:
        keys = {">=": "earliest", "<=": "latest"} if kind == "date" else {">=": "minimum", "<=": "maximum"}
        constraint = row.get("constraint", "")
        for sign, value in _BOUND.findall(constraint):
            item[keys[sign]] = value if kind == "date" else float(value) if "." in value else int(value)
        rest = _BOUND.sub("", constraint).replace("and", "").strip(" ()")
        if rest:
            self.lost.append(f"« {item['id']} » : sa contrainte ne se dit pas ici en entier : {constraint}")
        if kind != "date":
            widened(item, self.lost)

    def _range(self, item: dict[str, Any], parameters: str) -> None:
        given = dict(re.findall(r"(start|end|step)\s*=\s*(-?[\d.]+)", parameters))
        low, high = float(given.get("start", 0)), float(given.get("end", 10))
        item.update(minimum=int(low) if low == int(low) else low, maximum=int(high) if high == int(high) else high)
        if float(given.get("step", 1)) != 1 or high - low > 10 or low != int(low):
            item["type"] = "integer" if float(given.get("step", 1)) == int(float(given.get("step", 1))) else "decimal"

    def _formula(self, item: dict[str, Any], row: Row) -> None:
        said = row.get("calculation", "")
        formula = re.sub(r"\$\{([^}]+)\}", lambda found: item_id(found[1]), said).replace(" div ", " / ")
        if not calculated(item, " ".join(formula.split()), said, self.lost):
            item["type"] = ""

    def _offered(self, listed: Sequence[str], words: Iterable[str]) -> list[dict[str, Any]]:
        rows = self._choices.get(listed[0], []) if listed else []
        found = [choice_of(row) for row in rows]
        if "or_other" in words:
            found.append({"id": "other", "label": "Autre", "other": True})
        return found
