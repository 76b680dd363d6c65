"""YAML as a careful person would write it, one key a line: bare when nothing can be misread, else in double quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_BARE = re.compile(r"[^\W\d_][^\W_]*(?:[ '’,.()-]{1,2}[^\W_]+)*")
_NOT_TEXT = re.compile(r"(?:true|false|null)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^\W\d_]\w*(?:-\w+)*")

Value = str | int | Sequence[str] | None


def scalar(text: str) -> str:
    """One value."""
    bare = _BARE.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return text if bare else json.dumps(text, ensure_ascii=False)


def yaml_lines(values: Mapping[str, Value]) -> str:
    """One line a key, in the order given; what is empty is left out, lists of plain words stay on their line."""
    return "".join(_entry(key, value) for key, value in values.items() if value or value == 0)


def _entry(key: str, value: Value) -> str:
    if value is None or isinstance(value, int):
        return f"{key}: {value}\n"
    if isinstance(value, str):
        return f"{key}: {_day_or_scalar(value)}\n"
    if all(_IN_BRACKETS.fullmatch(item) and not _NOT_TEXT.fullmatch(item) for item in value):
        return f"{key}: [{', '.join(value)}]\n"
    return "".join((f"{key}:\n", *(f"  - {scalar(item)}\n" for item in value)))


def _day_or_scalar(value: str) -> str:
    return (
        value if re.fullmatch(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{4}-\d\d-\d\d-[a-z2-7]{4}", value) else scalar(value)
    )
