"""Every limit is met on both sides: what reaches it passes, one more does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.forum.directory import is_listed, is_stale, read_member, read_service
from divan.forum.excerpt import LONGEST, excerpt
from divan.forum.post_text import LONGEST as LONGEST_FILE
from divan.forum.post_text import decode
from divan.forum.proposal import FaultsFound, read_proposal
from divan.forum.proposal.kinds import LONGEST_LINE, LONGEST_TEXT, MOST_LINES
from divan.sources.problem import ProblemsFound

Write = Callable[[str, str | bytes], Path]
MEMBER = "name: A\nspecialty: x\ntown: Niort\ndepartement: '79'\nconsent: {}\nexpires: {}\n"
SERVICE = "name: B\nkind: etp\ntown: Niort\ndepartement: '79'\nverified_on: {}\n"
PAGE = "Title: Lire\nSlug: lire\nURL: lire/\nSave_as: {}\n\nTexte.\n"
DAY = date(2026, 3, 14)


def one_day(number: int) -> timedelta:
    return timedelta(days=number)


def test_a_file_holds_sixty_thousand_characters() -> None:
    assert LONGEST_FILE == 60_000
    assert decode("a.md", b"a" * 60_000) == "a" * 60_000
    with pytest.raises(ProblemsFound, match="60001"):
        decode("a.md", b"a" * 60_001)


def test_two_hundred_characters_are_shown_whole() -> None:
    assert LONGEST == 200
    assert excerpt(f"<p>{'abc ' * 49}abcd</p>", first_paragraph=True) == "abc " * 49 + "abcd"
    assert excerpt(f"<p>{'abc ' * 50}d</p>", first_paragraph=True) == ("abc " * 50).strip() + "…"


@pytest.mark.parametrize(("days", "stale"), [(365, False), (366, True)])
def test_a_service_is_stale_after_a_year_and_a_day(days: int, stale: bool) -> None:
    assert is_stale(read_service("s.yaml", SERVICE.format(DAY - one_day(days))), DAY) is stale


@pytest.mark.parametrize(("today", "listed"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_consent_holds_from_its_first_day_to_its_last(today: int, listed: bool) -> None:
    member = read_member("m.yaml", MEMBER.format(DAY, DAY + one_day(30)))
    assert is_listed(member, DAY + one_day(today)) is listed


def test_a_consent_may_end_on_the_day_it_was_given_not_before() -> None:
    assert read_member("m.yaml", MEMBER.format(DAY, DAY)).expires == DAY
    with pytest.raises(ProblemsFound) as found:
        read_member("m.yaml", MEMBER.format(DAY, DAY - one_day(1)))
    assert [(problem.line, "ne finit pas avant" in problem.message) for problem in found.value.problems] == [(6, True)]


@pytest.mark.parametrize(("ahead", "refused"), [(1, False), (2, True)])
def test_a_post_and_a_card_are_of_tomorrow_at_the_latest(
    ahead: int, refused: bool, write: Write, tmp_path: Path
) -> None:
    day = date.today() + one_day(ahead)
    text = (tmp_path / "content/topics/2026/2026-03-20-abcd.md").read_text(encoding="utf-8")
    post = f"content/topics/{day.year}/{day}-zzzz.md"
    write(post, text.replace("2026-03-20", str(day)))
    write("content/services/s.yaml", SERVICE.format(day))
    late = [problem.path for problem in check_paths(tmp_path) if "demain" in problem.message]
    assert late == (["content/services/s.yaml", post] if refused else [])


@pytest.mark.parametrize(("reply", "refused"), [("2026-03-14-zzzz", False), ("2026-03-13-zzzz", True)])
def test_a_reply_may_be_of_its_thread_s_day_not_of_the_day_before(
    reply: str, refused: bool, write: Write, tmp_path: Path
) -> None:
    write(f"content/replies/2026-03-14-k7f2/{reply}.md", f"---\ndate: {reply[:10]} 08:00\nauthor: geai\n---\n\nOui.\n")
    assert bool(check_paths(tmp_path)) is refused


@pytest.mark.parametrize(("length", "refused"), [(100, False), (101, True)])
def test_a_name_in_an_address_has_a_hundred_signs_at_most(
    length: int, refused: bool, write: Write, tmp_path: Path
) -> None:
    write("content/pages/lire.md", PAGE.format("a" * (length - 5) + ".html"))
    assert bool(check_paths(tmp_path)) is refused


@pytest.mark.parametrize(
    ("kind", "field", "longest"),
    [("reply", "text", LONGEST_TEXT), ("topic", "title", 140), ("service", "website", LONGEST_LINE)],
)
def test_a_field_is_as_long_as_it_says(kind: str, field: str, longest: int) -> None:
    assert too_long(kind, {field: ["a" * longest]}) == {}
    assert too_long(kind, {field: ["a" * (longest + 1)]}) == {field: f"trop long : {longest} signes au plus"}


@pytest.mark.parametrize(
    ("lines", "refused"),
    [(["a" * 1000], False), (["a" * 1001], True),
     ([str(n) for n in range(MOST_LINES)], False), ([str(n) for n in range(MOST_LINES + 1)], True)],
    ids=["1000 signs", "1001 signs", "40 lines", "41 lines"],
)  # fmt: skip
def test_a_list_has_forty_lines_of_a_thousand_signs(lines: list[str], refused: bool) -> None:
    told = {"topics": "trop de lignes, ou trop longues"} if refused else {}
    assert too_long("service", {"topics": ["\n".join(lines)]}) == told


def too_long(kind: str, fields: dict[str, list[str]]) -> dict[str, str]:
    """What is said of the length of these fields, whatever else is missing."""
    try:
        read_proposal(kind, fields)
    except FaultsFound as found:
        return {fault.field: fault.message for fault in found.faults if "trop" in fault.message}
    return {}
