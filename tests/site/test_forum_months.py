"""What the forum did, month by month: counted by hand below, naming nobody, silent where fewer than five stand."""

from datetime import date
from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.commands.runs import main
from divan.site.forum_months import ForumMonth, read_months
from divan.site.page_views import page_views
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum
from tests.plugins.conftest import Built

TODAY = date(2026, 6, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Seven cases in February, four topics in March, four replies in April (see ``small_forum``); and six in May."""
    root = forum.make_forum(tmp_path / "forum", git=False)
    forum.case(root, "2026-05-20-dddd", author="effraie", visibility="members", tags=["deuil"])
    for n in range(6):
        forum.topic(root, f"2026-05-0{n + 1}-dddd", author=f"oiseau{n}", waited=n, tags=["toux"])
    for n in range(5):
        forum.reply(root, f"2026-05-0{n + 1}-dddd", f"2026-05-{n + 11}-eeee", author=f"merle{n}")
    forum.settle(root, TODAY)
    return root


def counted(root: Path, *words: str) -> dict[str, ForumMonth]:
    assert main(["--root", str(root), "activity", *words]) == 0
    return {one.month: one for one in read_months(root)}


def test_each_month_s_threads_replies_and_people(root: Path) -> None:
    months = counted(root)
    assert [(one.month, one.threads, one.replies) for one in months.values()][:4] == [
        ("2026-02", "7", "0"), ("2026-03", "4", "0"), ("2026-04", "0", "4"), ("2026-05", "6", "5"),
    ]  # fmt: skip
    may = months["2026-05"]
    assert (may.contributors, may.once, may.some, may.often) == ("11", "11", "0", "0")
    # de 10 h le n à 12 h le n + 10 : 242 heures ; attentes 0 à 5, médiane 2,5 ; un fil sur six sans réponse
    assert (may.first_reply, may.review, may.unanswered) == ("242.0", "2.5", "17")


def test_what_rests_on_fewer_than_five_is_withheld(root: Path) -> None:
    months = counted(root)
    assert months["2026-02"].contributors == ""  # merle, pinson, grive
    assert months["2026-02"].once == months["2026-02"].some == months["2026-02"].often == ""
    assert months["2026-03"].unanswered == ""  # quatre fils
    assert months["2026-02"].unanswered == "86"  # six sur sept : un cas n'a de réponse que de son auteur


def test_the_month_that_runs_and_members_threads_are_not_counted(root: Path) -> None:
    forum.topic(root, f"{date.today():%Y-%m}-01-ffff", author="merle")
    forum.settle(root, date.today())
    months = counted(root)
    assert f"{date.today():%Y-%m}" not in months
    assert months["2026-05"].threads == "6"
    assert "effraie" not in (root / "content/activity.csv").read_text("utf-8")


def test_views_give_the_engagement_and_stay_when_not_given_again(root: Path, tmp_path: Path) -> None:
    views = tmp_path / "views.csv"
    views.write_text("month;views\n2026-05;1100\n", encoding="utf-8")
    assert counted(root, "--views", str(views))["2026-05"].engagement == "1.00"  # onze messages, onze cents pages
    assert counted(root)["2026-05"].views == "1100"


LOG = """- - - [03/May/2026:10:00:00 +0200] "GET /cas/x/ HTTP/2" 200 1
- - - [03/May/2026:10:00:00 +0200] "GET /theme/style.css HTTP/2" 200 1
- - - [03/May/2026:10:00:00 +0200] "GET /rien/ HTTP/2" 404 1
2026-05-09T08:00:00 "GET / HTTP/1.1" 304 0
2026-04-09T08:00:00 "POST /proposals/ HTTP/1.1" 200 0
"""


def test_a_log_without_addresses_counts_the_pages_that_were_read(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(LOG, encoding="utf-8")
    assert page_views(log) == {"2026-05": 2}


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8:0:1::7", "::1"])
def test_a_log_with_an_address_is_refused_and_the_address_not_repeated(address: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(LOG + f'{address} - - [03/May/2026:10:00:00 +0200] "GET / HTTP/2" 200 1\n', encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        page_views(log)
    assert [problem.line for problem in found.value.problems] == [6]
    assert address not in str(found.value)


@pytest.mark.parametrize("text", ["date,views\nhier,3\n", "date,views\n2026-05-01,-3\n", "n'importe quoi\n", ""])
def test_what_tells_no_views_is_a_fault(text: str, tmp_path: Path) -> None:
    file = tmp_path / "views"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound):
        page_views(file)


def test_the_page_shows_the_figure_and_its_table_within_its_weight(root: Path) -> None:
    counted(root)
    forum.settle(root, TODAY)
    built = Built(forum.site_of(root))
    words = built.words("activite/forum/")
    assert "mai 2026 6 5 11 11 0 0 242,0 2,5 17" in words.replace("\u00a0%", "").replace(" %", "")
    page = built.text("activite/forum/index.html")
    assert page.count("<rect") == 2 * len(read_months(root))
    assert len(page.encode()) <= 15_000
    assert not any(name in words for name in ("merle", "oiseau", "pinson"))


def test_a_forum_that_counted_nothing_says_so_and_a_spoiled_file_stops_the_build(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    forum.settle(root, TODAY)
    assert "Rien n’a encore été compté" in Built(forum.site_of(root)).words("activite/forum/")
    forum.write(root, "content/activity.csv", "month,threads\n2026-05,x\n")
    with pytest.raises(ProblemsFound, match="divan activity"):
        forum.settle(root, TODAY)
    assert load_settings(root).root == root
