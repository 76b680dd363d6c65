"""A matrix: questions that share their choices, written once and kept as one question, and one column, a row."""

from __future__ import annotations

from typing import Any

_OF_ALL = ("required", "shown_if", "fallback", "missing", "choices", "order")


def matrix_rows(raw: dict[str, Any], choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The raw question of each row of a raw matrix whose choices are these: degrees when each has a score."""
    scored = bool(choices) and all("score" in choice or choice.get("missing") for choice in choices)
    shared = {key: raw[key] for key in _OF_ALL if key in raw}
    rows = [
        {**shared, "id": row["id"], "type": "likert" if scored else "single",
         "text": row_text(raw["text"], row["text"]), "headers": [*_headings(raw, row), *row.get("headers", [])]}
        for row in raw.get("rows", [])
    ]  # fmt: skip
    if rows and "image" in raw:
        rows[0]["image"] = raw["image"]  # shown once, above the first
    return rows


def row_text(asked: str, row: str) -> str:
    """What a row asks, told alone."""
    return f"{asked} — {row}"


def _headings(raw: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """What services call the column of a row."""
    return [f"{raw['text']} [{row['text']}]", f"{raw['id']}[{row['id']}]", f"{raw['id']}_{row['id']}", row["text"]]
