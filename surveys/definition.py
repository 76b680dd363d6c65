"""Load a questionnaire from its YAML: the schema first, then the rules that a schema cannot say, then the model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from divan.sources.problem import stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import YamlSource, read_yaml
from surveys.condition import parse_condition
from surveys.declared_changes import declared_change
from surveys.formula import parse_formula
from surveys.kinds.matrix import matrix_rows
from surveys.kinds.random_order import order_item
from surveys.questionnaire import (
    Choice,
    CodeFormat,
    FormSection,
    Item,
    ItemType,
    MatrixRow,
    QuestionImage,
    Questionnaire,
)
from surveys.recall import with_neutral_texts
from surveys.rules import questionnaire_problems
from surveys.rules.raw import choices_of

SCHEMAS = Path(__file__).parent / "schemas"
_DEFAULT_SCALE = (0, 10)
_DEFAULT_LENGTH = {ItemType.SHORT_TEXT: 200, ItemType.LONG_TEXT: 4000}


def load_questionnaire(path: Path, root: Path | None = None) -> Questionnaire:
    """The questionnaire in the file ``path``; messages name it relative to ``root``.

    Raises ProblemsFound with every fault of the file: first those of form, or else those of meaning.
    """
    shown = shown_path(path, root)
    return parse_questionnaire(path.stem, shown, read_text(path, shown))


def parse_questionnaire(questionnaire_id: str, path: str, text: str) -> Questionnaire:
    """The questionnaire written in ``text``; ``path`` only serves to say where a fault is."""
    source = read_yaml(path, text)
    stop_if(schema_problems(source, SCHEMAS / "questionnaire.schema.json"))
    stop_if(questionnaire_problems(source))
    return _questionnaire(questionnaire_id, source)


def shown_path(path: Path, root: Path | None) -> str:
    """``path`` as messages show it: relative to ``root`` when it lies there."""
    return path.relative_to(root).as_posix() if root and path.is_relative_to(root) else str(path)


def _questionnaire(questionnaire_id: str, source: YamlSource) -> Questionnaire:
    raw = source.value
    imports = raw.get("import", {})
    scales = raw.get("scales", {})
    silent = tuple(imports.get("missing", ()))
    read = Questionnaire(
        id=questionnaire_id,
        title=raw["title"],
        version=raw["version"],
        sections=tuple(_section(section, scales, silent) for section in raw["sections"]),
        language=raw.get("language", "fr"),
        introduction=raw.get("introduction", ""),
        thanks=raw.get("thanks", ""),
        date_headers=tuple(imports.get("date", ())),
        ignored_headers=tuple(imports.get("ignore", ())),
        heading_rows=imports.get("heading_rows", 1),
        encoding=imports.get("encoding", ""),
        digest=hashlib.sha256(source.text.encode("utf-8")).hexdigest(),
        source=source.text,
        changes=tuple(map(declared_change, raw.get("changes", ()))),
        quota=raw.get("quota", 0),
    )
    return with_neutral_texts(_with_order(read))


def _with_order(read: Questionnaire) -> Questionnaire:
    """The questionnaire with a place for the seed of its order, when something of it is drawn."""
    if not any(section.random for section in read.sections) and not any(item.random for item in read.items):
        return read
    last = read.sections[-1]
    return replace(read, sections=(*read.sections[:-1], replace(last, items=(*last.items, order_item()))))


def _section(raw: dict[str, Any], scales: dict[str, Any], silent: tuple[str, ...]) -> FormSection:
    items = tuple(item for one in raw["items"] for item in _items(one, scales, silent))
    return FormSection(raw["id"], raw["title"], items, raw.get("text", "").strip(), raw.get("order") == "random")


def _items(raw: dict[str, Any], scales: dict[str, Any], silent: tuple[str, ...]) -> Iterator[Item]:
    """The question, or those of the rows of a matrix."""
    if raw["type"] != "matrix":
        yield _item(raw, scales, silent)
        return
    asked = raw["text"], raw.get("help", "")
    for row, one in zip(raw["rows"], matrix_rows(raw, choices_of(raw, scales)), strict=True):
        yield replace(_item(one, scales, silent), matrix=MatrixRow(raw["id"], asked[0], row["text"], asked[1]))


def _item(raw: dict[str, Any], scales: dict[str, Any], silent: tuple[str, ...]) -> Item:
    kind = ItemType(raw["type"])
    choices = tuple(map(_choice, choices_of(raw, scales)))
    bounds = _DEFAULT_SCALE if kind is ItemType.SCALE else (None, None)
    return Item(
        id=raw["id"],
        type=kind,
        text=raw["text"],
        help=raw.get("help", ""),
        required=raw.get("required", False),
        choices=choices,
        shown_if=parse_condition(raw["shown_if"]) if "shown_if" in raw else None,
        fallback=raw.get("fallback", ""),
        minimum=raw.get("minimum", bounds[0]),
        maximum=raw.get("maximum", bounds[1]),
        earliest=_day(raw.get("earliest")),
        latest=_day(raw.get("latest")),
        unit=raw.get("unit", ""),
        low_label=raw.get("low_label", ""),
        high_label=raw.get("high_label", ""),
        length=raw.get("length", _DEFAULT_LENGTH.get(kind)),
        format=CodeFormat(raw["format"]) if kind is ItemType.CODE else None,
        version=raw.get("version", ""),
        headers=tuple(raw.get("headers", ())),
        missing=(*silent, *map(str, raw.get("missing", ()))),
        dropdown=raw.get("dropdown", False),
        image=QuestionImage(**raw["image"]) if "image" in raw else None,
        random=raw.get("order") == "random",
        formula=parse_formula(raw["formula"]) if "formula" in raw else None,
        decimals=raw.get("decimals", 2) if "formula" in raw else 0,
        ranks=raw.get("ranks", len(choices)) if kind is ItemType.RANKING else 0,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _choice(raw: dict[str, Any]) -> Choice:
    return Choice(
        id=raw.get("id", str(raw.get("score"))),
        label=raw["label"],
        score=raw.get("score"),
        exclusive=raw.get("exclusive", False),
        other=raw.get("other", False),
        aliases=tuple(raw.get("aliases", ())),
        missing=raw.get("missing", False),
        unticked=raw.get("unticked", False),
        headers=tuple(raw.get("headers", ())),
        quota=raw.get("quota", 0),
    )
