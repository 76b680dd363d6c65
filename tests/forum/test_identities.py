"""What is not searched of a post's head holds nothing, and what is known of a line does not outlive its rules."""

from datetime import datetime, timedelta

import pytest

from divan.forum.identities import identities
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import GroupNames
from divan.privacy.rules import text_rules

HOURS = timedelta(days=5, hours=7, minutes=13)
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize("more", ["", "status: open\nvisibility: public\n", "status: no_agreement\n"])
def test_a_head_of_days_and_fixed_words_alone_identifies_nobody(more: str) -> None:
    day = datetime(2000, 1, 1)
    while day.year < 2100:
        assert not find_identifiers(f"---\n\ndate: {day:%Y-%m-%d %H:%M}\n{more}", text_rules())
        day += HOURS


@pytest.mark.parametrize("line", ["date: 06 39 98 12 34", "status: paul@exemple.fr", "visibility: 0639981234"])
def test_any_other_head_is_searched(line: str) -> None:
    assert [problem.line for problem in identities("r.md", f"---\nauthor: Héron\n{line}\n---\n\nBien.\n", NONE)] == [3]


def test_each_post_of_an_author_is_told_on_its_own_line() -> None:
    first = "---\nauthor: Mme Dupont\ndate: 2026-03-14 18:20\n---\n\nBien.\n"
    second = "---\ndate: 2026-03-14 18:20\nauthor: Mme Dupont\n---\n\nBien.\n"
    told = [[problem.line for problem in identities("r.md", text, NONE)] for text in (first, second, first)]
    assert told == [[2], [3], [2]]


def test_a_line_is_searched_again_for_the_names_of_another_group() -> None:
    text = "---\nauthor: du Trifouillis\n---\n\nBien.\n"
    assert not [*identities("r.md", text, NONE)]
    assert [*identities("r.md", text, NONE, GroupNames(towns=("Trifouillis",)))]
    assert not [*identities("r.md", text, NONE)]
