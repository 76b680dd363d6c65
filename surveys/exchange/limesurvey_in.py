"""A LimeSurvey questionnaire, its file ``.lss``, read as ours: groups are pages, arrays are matrices."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

from surveys.exchange.carried_form import CarriedForm, calculated, item_id, one_section, widened
from surveys.exchange.limesurvey_words import (
    DEGREES,
    GENDER,
    NO_PLACE,
    TREND,
    UNSURE,
    YES_NO,
    Row,
    coded_choice,
    ordered_by,
    plain_words,
    with_recalls,
)  # fmt: skip
from surveys.exchange.other_conditions import read_condition


def is_limesurvey(content: bytes) -> bool:
    """True for the bytes of a ``.lss`` file."""
    return b"<LimeSurveyDocType>Survey" in content[:2000]


def read_limesurvey(content: bytes, file: str) -> CarriedForm:
    """The questionnaire of the file, and all that it cannot say; ValueError when it cannot be read."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("un .lss ne déclare ni type ni entité")
    try:
        document = ElementTree.fromstring(content)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise ValueError("ce .lss est abîmé") from error
    return _Survey(document).form(file)


class _Survey:
    """The tables of the file, each row with the words of its first language."""

    def __init__(self, document: ElementTree.Element) -> None:
        self.lost: list[str] = []
        self._document = document
        settings = next(iter(self._rows("surveys_languagesettings")), {})
        self.language = next((row["language"] for row in self._rows("surveys") if row.get("language")), "fr")
        self.title = settings.get("surveyls_title", "")
        self.welcome = plain_words(settings.get("surveyls_welcometext", ""))
        self._groups = self._told("groups", "group_l10ns", "gid")
        self._questions = self._told("questions", "question_l10ns", "qid")
        self._parts = defaultdict(list)
        for row in self._told("subquestions", "question_l10ns", "qid"):
            self._parts[row.get("parent_qid", "")].append(row)
        self._answers = defaultdict(list)
        for row in self._told("answers", "answer_l10ns", "aid"):
            self._answers[row.get("qid", "")].append(row)
        self._attributes: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows("question_attributes"):
            self._attributes[row.get("qid", "")][row.get("attribute", "")] = row.get("value", "")

    def form(self, file: str) -> CarriedForm:
        """The whole questionnaire."""
        sections = []
        for number, group in enumerate(sorted(self._groups, key=ordered_by("group_order")), start=1):
            section = one_section(plain_words(group.get("group_name", "")) or f"Page {number}", [], number)
            asked = [row for row in self._questions if row.get("gid") == group.get("gid")]
            for row in sorted(asked, key=ordered_by("question_order")):
                if row.get("type") == "X" and not section["items"]:
                    section["text"] = plain_words(row.get("question", ""))
                else:
                    section["items"] += self._asked(row)
            if section["items"]:
                sections.append(section)
        raw: dict[str, Any] = {"title": plain_words(self.title) or file, "version": "1"}
        raw |= {"language": self.language[:2]} if self.language[:2] != "fr" else {}
        raw |= {"introduction": self.welcome} if self.welcome else {}
        return CarriedForm({**raw, "sections": sections}, tuple(self.lost))

    def _rows(self, table: str) -> list[dict[str, str]]:
        return [{cell.tag: cell.text or "" for cell in row} for row in self._document.findall(f"./{table}/rows/row")]

    def _told(self, table: str, words: str, key: str) -> list[dict[str, str]]:
        """The rows of a table in one language, with the words that newer versions keep in a table of their own."""
        rows = [row for row in self._rows(table) if row.get("language", self.language) == self.language]
        said = {row.get(key): row for row in self._rows(words) if row.get("language") == self.language}
        return [{**{name: text for name, text in said.get(row.get(key), {}).items() if name != "id"}, **row}
                for row in rows]  # fmt: skip

    def _asked(self, row: Row) -> list[dict[str, Any]]:
        """The question of a row; several for one that asks several lines."""
        kind, title = row.get("type", ""), row.get("title", "")
        item: dict[str, Any] = {
            "id": item_id(title),
            "type": "",
            "text": with_recalls(plain_words(row.get("question", "")) or title),
        }
        if item["id"] != title:
            item["headers"] = [title]
        if row.get("help"):
            item["help"] = plain_words(row["help"])
        if row.get("mandatory") == "Y":
            item["required"] = True
        self._condition(item, row)
        if row.get("preg"):
            self.lost.append(f"« {item['id']} » : son contrôle ne se dit pas ici : {row['preg']}")
        if kind in ("K", "Q"):
            return [self._line(item, row, part, kind) for part in self._sorted_parts(row)]
        return [item] if self._typed(kind, item, row) else []

    def _condition(self, item: dict[str, Any], row: Row) -> None:
        relevance = row.get("relevance", "").strip()
        if relevance in ("", "1"):
            return
        condition = read_condition(relevance, "limesurvey")
        if condition is None:
            self.lost.append(f"« {item['id']} » : sa condition ne se dit pas ici : {relevance}")
        else:
            item["shown_if"] = condition

    def _line(self, item: dict[str, Any], row: Row, part: Row, kind: str) -> dict[str, Any]:
        title, code = row.get("title", ""), part.get("title", "")
        one = {**item, "id": item_id(f"{title}_{code}"), "headers": [f"{title}[{code}]"],
               "text": f"{item['text']} — {plain_words(part.get('question', ''))}", "type": "short_text"}  # fmt: skip
        if kind == "K":
            self._number(one, row)
        return one

    def _typed(self, kind: str, item: dict[str, Any], row: Row) -> bool:
        """Give the question its kind and its keys; False when there is no such kind."""
        if kind in ("L", "!", "O", "M", "P", "R", "Y", "G"):
            self._choices(kind, item, row)
        elif kind in ("F", "H", "A", "B", "C", "E"):
            self._matrix(kind, item, row)
        elif kind == "5":
            item.update(type="scale", minimum=1, maximum=5)
        elif kind == "N":
            self._number(item, row)
        elif kind in ("D", "S", "T", "U"):
            item["type"] = {"D": "date", "S": "short_text"}.get(kind, "long_text")
        elif kind == "*":
            return self._formula(item, row)
        else:
            what = "un texte au milieu des questions" if kind == "X" else NO_PLACE.get(kind, f"une question « {kind} »")
            self.lost.append(f"« {item['id']} » : {what} n'a pas de place ici")
            return False
        return True

    def _choices(self, kind: str, item: dict[str, Any], row: Row) -> None:
        item["type"] = {"M": "several", "P": "several", "R": "ranking"}.get(kind, "single")
        if kind in ("M", "P"):
            item["choices"] = [
                coded_choice(part.get("title", ""), part.get("question", "")) for part in self._sorted_parts(row)
            ]
        elif kind in ("Y", "G"):
            item["choices"] = YES_NO if kind == "Y" else GENDER
        else:
            item["choices"] = self._offered(row)
        if row.get("other") == "Y":
            item["choices"] = [*item["choices"], {"id": "other", "label": "Autre", "other": True, "aliases": ["-oth-"]}]
        if kind == "!":
            item["dropdown"] = True
        if kind in ("O", "P"):
            self.lost.append(f"« {item['id']} » : le commentaire à côté d'un choix n'existe pas ici")
        attributes = self._attributes[row.get("qid", "")]
        if kind == "R" and attributes.get("max_answers", "").isdigit():
            item["ranks"] = int(attributes["max_answers"])
        if attributes.get("random_order") == "1" or attributes.get("answer_order") == "random":
            item["order"] = "random"

    def _matrix(self, kind: str, item: dict[str, Any], row: Row) -> None:
        title = row.get("title", "")
        scored = [{"score": n, "label": str(n)} for n in range(1, DEGREES.get(kind, 0) + 1)]
        choices = scored or {"C": UNSURE, "E": TREND}.get(kind) or self._offered(row)
        item.pop("headers", None)
        rows = [{"id": item_id(f"{title}_{part.get('title', '')}"), "text": plain_words(part.get("question", "")),
                 "headers": [f"{title}[{part.get('title', '')}]"]} for part in self._sorted_parts(row)]  # fmt: skip
        item.update(type="matrix", choices=choices, rows=rows)

    def _number(self, item: dict[str, Any], row: Row) -> None:
        attributes = self._attributes[row.get("qid", "")]
        item["type"] = "integer" if attributes.get("num_value_int_only") == "1" else "decimal"
        for key, name in (("minimum", "min_num_value_n"), ("maximum", "max_num_value_n")):
            if given := re.fullmatch(r"-?\d+(?:\.\d+)?", attributes.get(name, "")):
                item[key] = float(given[0]) if "." in given[0] else int(given[0])
        widened(item, self.lost)
        if attributes.get("suffix"):
            item["unit"] = plain_words(attributes["suffix"])

    def _formula(self, item: dict[str, Any], row: Row) -> bool:
        said = self._attributes[row.get("qid", "")].get("equation") or plain_words(row.get("question", ""))
        formula = re.sub(r"([A-Za-z]\w*)(?:\.NAOK|\.value)?", lambda found: item_id(found[1]), said.strip("{} "))
        item.pop("required", None)
        return calculated(item, formula, said, self.lost)

    def _offered(self, row: Row) -> list[dict[str, Any]]:
        found = sorted(self._answers[row.get("qid", "")], key=ordered_by("sortorder"))
        return [coded_choice(one.get("code", ""), one.get("answer", "")) for one in found]

    def _sorted_parts(self, row: Row) -> list[dict[str, str]]:
        return sorted(self._parts[row.get("qid", "")], key=ordered_by("question_order"))
