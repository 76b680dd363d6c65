"""Schemas: published for editors, with the places, areas and services of this group."""

import json

from tests.plugins.conftest import Built


def test_a_schema_holds_the_groups_own_words(built: Built) -> None:
    topic = json.loads(built.text("schemas/topic.schema.json"))["properties"]
    assert topic["departement"]["enum"] == ["", "79", "86"]
    assert topic["area"]["enum"] == ["admin", "relation", "local", "moral"]
    service = json.loads(built.text("schemas/service.schema.json"))["properties"]
    assert service["departement"]["enum"] == ["79", "86"]  # required, hence never empty
    assert "enum" not in json.loads(built.text("schemas/reply.schema.json"))["properties"].get("area", {})


def test_those_of_studies_and_plans_are_there_too(built: Built) -> None:
    assert {
        "schemas/questionnaire.schema.json",
        "schemas/study.schema.json",
        "schemas/plan.schema.json",
    } <= built.files.keys()
