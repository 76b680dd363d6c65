"""A condition is a small sentence; Python and the browser evaluate the same tree."""

from __future__ import annotations

import pytest

from surveys.condition import ConditionError, parse_condition

ANSWERS = {"uses": "yes", "age": "under_30", "family": "couple;children", "score": "7", "why": ""}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("uses = yes", True),
        ("uses = no", False),
        ("uses != no", True),
        ("family = children", True),  # among the choices ticked
        ("family != children", False),
        ("score >= 7", True),
        ("score < 7", False),
        ("why answered", False),
        ("uses answered and not why answered", True),
        ("uses = no or age = under_30 and score > 6", True),  # and binds tighter than or
        ("(uses = no or age = under_30) and score > 7", False),
        ("not (uses = yes and age = under_30)", False),
        ("not uses = no", True),
        ("why != anything", False),  # nothing holds on an unanswered item
        ("why < 3", False),
        ("unknown = 1", False),
    ],
)
def test_it_holds(text: str, holds: bool) -> None:
    assert parse_condition(text).holds(ANSWERS) is holds


def test_the_tree_is_plain_json() -> None:
    one = {"op": "=", "item": "a", "value": "1"}
    none = {"op": "not", "of": [{"op": "answered", "item": "b"}]}
    assert parse_condition("a = 1 and (a = 1 or not b answered)").tree == {
        "op": "and",
        "of": [one, {"op": "or", "of": [one, none]}],
    }


@pytest.mark.parametrize(
    "text", ["", "u", "u =", "u ==", "u = yes and", "(u = yes", "u = yes)", "u ~ yes", "u > high", "and = yes", "1 = 2"]
)
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(ConditionError, match="«"):
        parse_condition(text)
