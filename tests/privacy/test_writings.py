"""Numbers, contacts, dates and addresses in many writings, found by the rules alone, and what resembles them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.privacy import read_marked
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import load_rules

HERE = Path(__file__).parent
LINES = [line for line in (HERE / "writings.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
DISGUISES: list[str] = json.loads((HERE / "disguises.json").read_text(encoding="utf-8"))
LEARNT = frozenset(rule.id for rule in load_rules().all if rule.tag)


@pytest.mark.parametrize("line", [line for line in LINES if "⟦" in line])
def test_each_writing_is_found(line: str) -> None:
    text = read_marked("", line, False)
    found = find_identifiers(text.written, LEARNT)
    missed = [kind for kind, start, end in text.marks if not any(f.start < end and start < f.end for f in found)]
    assert missed == []


@pytest.mark.parametrize("line", [line for line in LINES if "⟦" not in line])
def test_what_resembles_one_is_left_alone(line: str) -> None:
    assert [finding.rule.id for finding in find_identifiers(line, LEARNT)] == []


@pytest.mark.parametrize("text", DISGUISES)
def test_a_disguise_that_a_reader_sees_through_hides_nothing(text: str) -> None:
    assert find_identifiers(text)
