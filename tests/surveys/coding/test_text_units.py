"""A text unit is a post, several, or a part of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.chat.message import MessageKind
from surveys.chat.store import Post
from surveys.coding.text_units import TextUnit, read_units, write_units

TEXTS = {1: "Bonjour à tous", 2: "Qui a des masques ?", 3: "Moi"}
POSTS = [Post(n, date(2020, 3, 17), 480, "Citron", MessageKind.TEXT, "", False, False, text)
         for n, text in TEXTS.items()]  # fmt: skip


def test_each_post_is_a_unit_until_somebody_cuts_otherwise(tmp_path: Path):
    assert [one.text(TEXTS) for one in read_units(tmp_path, POSTS)] == [*TEXTS.values()]


@pytest.mark.parametrize(("unit", "text"), [
    (TextUnit("a", 1, 1, 0, 7), "Bonjour"),
    (TextUnit("a", 2, 2, 6), "des masques ?"),
    (TextUnit("a", 2, 2, 10, 17), "masques"),
    (TextUnit("a", 2, 3), "Qui a des masques ?\nMoi"),
    (TextUnit("a", 1, 3, 8, 1), "à tous\nQui a des masques ?\nM"),
])  # fmt: skip
def test_a_unit_spans_several_posts_or_a_part_of_one(unit, text, tmp_path: Path):
    write_units(tmp_path, [unit])
    (found,) = read_units(tmp_path, POSTS)
    assert (found, found.text(TEXTS)) == (unit, text)


@pytest.mark.parametrize("row", ["a,2,1,,", "a,1,4,,", "a,0,1,,", "a,1,1,9,3", "a,3,3,,4", "a,1,x,,", "a,1", ",1,1,,"])
def test_a_unit_that_is_not_of_the_thread_is_told(row, tmp_path: Path):
    path = write_units(tmp_path, [])
    path.write_text(f"unit,first,last,start,end\n{row}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_units(tmp_path, POSTS)
    assert found.value.problems[0].line == 2
