"""The published schemas are valid, and say in French what each key is for, so that editors can."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from divan.forum.group import SCHEMAS

FILES = sorted(SCHEMAS.glob("*.schema.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_a_schema_is_valid_and_explains_each_key(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    properties = schema.get("properties") or schema.get("items", {}).get("properties", {"": schema})
    assert all(entry.get("title") for entry in properties.values())
    assert schema["$id"] == path.name


def test_there_is_one_for_each_thing_people_write() -> None:
    assert [path.name.split(".")[0] for path in FILES] == [
        "abbreviations", "agenda", "case", "forum", "hashtags", "member", "names", "reply", "service", "topic",
    ]  # fmt: skip
