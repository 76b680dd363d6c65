"""Conditions of other tools, read into ours and written out of them; None for one that says what ours cannot."""

from __future__ import annotations

import re
from typing import Any

from surveys.condition import ConditionError, Tree, parse_condition
from surveys.exchange.carried_form import choice_id, item_id
from surveys.questionnaire import ItemType, Questionnaire

_COMPARED = r"(?P<op>=|==|!=|<>|<=|>=|<|>)\s*(?P<value>'[^']*'|\"[^\"]*\"|-?\d+(?:\.0+)?)"
_XLSFORM = (
    (re.compile(r"selected\(\s*\$\{(?P<item>[^}]+)\}\s*,\s*(?P<value>'[^']*'|\"[^\"]*\")\s*\)"), "="),
    (re.compile(r"\$\{(?P<item>[^}]+)\}\s*" + _COMPARED), ""),
)
_REDCAP = (
    (re.compile(r"\[(?P<item>\w+)\((?P<value>-?\w+)\)\]\s*=\s*['\"]?1['\"]?"), "="),
    (re.compile(r"\[(?P<item>\w+)\]\s*" + _COMPARED), ""),
)
_LIMESURVEY = (
    (re.compile(r"(?P<item>\w+)_(?P<value>\w+?)(?:\.NAOK)?\s*==\s*['\"]Y['\"]"), "="),
    (re.compile(r"!\s*is_empty\(\s*(?P<item>\w+?)(?:\.NAOK)?\s*\)"), "answered"),
    (re.compile(r"(?P<item>\b[A-Za-z]\w*?)(?:\.NAOK)?\s*" + _COMPARED), ""),
)
DIALECTS = {"xlsform": _XLSFORM, "redcap": _REDCAP, "limesurvey": _LIMESURVEY}


def read_condition(text: str, dialect: str) -> str | None:
    """The condition in our words, or None."""
    kept: list[str] = []

    def keep(found: re.Match[str], op: str) -> str:
        parts = found.groupdict()
        op = op or {"==": "=", "<>": "!="}.get(parts["op"], parts["op"])
        bare = (parts.get("value") or "").strip("'\"")
        if op == "answered" or (op == "!=" and not bare):
            kept.append(f"{item_id(parts['item'])} answered")
        elif op == "=" and not bare:
            kept.append(f"not ({item_id(parts['item'])} answered)")
        else:
            value = bare.split(".")[0] if re.fullmatch(r"-?\d+\.0+", bare) else bare
            kept.append(f"{item_id(parts['item'])} {op} {choice_id(value)}")
        return f" \x00{len(kept) - 1}\x00 "

    said = text
    for pattern, op in DIALECTS[dialect]:
        said = pattern.sub(lambda found, op=op: keep(found, op), said)  # type: ignore[misc]
    said = re.sub(r"&&|\bAND\b", " and ", said)
    said = re.sub(r"\|\||\bOR\b", " or ", said)
    said = re.sub(r"\bNOT\b|!(?!=)", " not ", said)
    said = re.sub(r"\x00(\d+)\x00", lambda place: kept[int(place[1])], said)
    said = re.sub(r"\bnot\(", "not (", " ".join(said.split()).replace("( ", "(").replace(" )", ")"))
    try:
        parse_condition(said)
    except (ConditionError, IndexError):
        return None
    return said


def write_condition(tree: Tree, asked: Questionnaire, dialect: str) -> str:
    """Our condition in the words of ``xlsform`` or of ``redcap``."""
    op: str = tree["op"]
    if op in ("and", "or"):
        return f" {op} ".join(_within(part, asked, dialect) for part in tree["of"])
    if op == "not":
        return f"not({write_condition(tree['of'][0], asked, dialect)})"
    return _compared(tree, asked, dialect)


def _within(tree: Tree, asked: Questionnaire, dialect: str) -> str:
    said = write_condition(tree, asked, dialect)
    return f"({said})" if tree["op"] in ("and", "or") else said


def _compared(tree: dict[str, Any], asked: Questionnaire, dialect: str) -> str:
    name, op = tree["item"], tree["op"]
    several = asked.item(name).type is ItemType.SEVERAL
    place = f"${{{name}}}" if dialect == "xlsform" else f"[{name}]"
    if op == "answered":
        return f"{place} {'!=' if dialect == 'xlsform' else '<>'} ''"
    value = tree["value"]
    if several and op in ("=", "!="):
        ticked = f"selected({place}, '{value}')" if dialect == "xlsform" else f"[{name}({value})] = '1'"
        if op == "=":
            return ticked
        given = (
            f"{place} != ''"
            if dialect == "xlsform"
            else " or ".join(f"[{name}({one.id})] = '1'" for one in asked.item(name).choices)
        )
        return f"(({given}) and not({ticked}))"
    sign = "<>" if op == "!=" and dialect == "redcap" else op
    return f"{place} {sign} {value}" if op not in ("=", "!=") else f"{place} {sign} '{value}'"
