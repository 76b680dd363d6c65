"""A thread in figures: what each counts, and what a page masks of a small group."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.people.thread import StudiedThread, read_thread
from analysis.report.building import RESULTS, build_report, studies_to_report
from analysis.report.staleness import staleness
from divan.sources.problem import ProblemsFound
from surveys.check import check_studies
from surveys.study import load_study
from tests.imported_thread import POST_COLUMNS, write_thread

STUDY = """
title: Un fil d'essai
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves:
  - {id: closing, label: À la fin, questionnaire: closing.yaml, opens: "2020-06-01", closes: "2020-06-30"}
chat:
  from: "2020-03-17"
  to: "2020-03-21"
  first_days: 2
  reply_minutes: 10
  levels:
    - {id: talkers, label: Bavards, days_over: 1, posts_over: 2}
    - {id: others, label: Les autres}
  genders: {F: Femmes, H: Hommes}
"""
CLOSING = """
title: Questionnaire de clôture
version: "1"
sections:
  - {id: all, title: Tout, items: [{id: mood, type: scale, text: Votre humeur}]}
"""
PLAN = """
date: 2020-06-01
threshold: {threshold}
threshold_reason: Pour les tests.
variables: [{{id: mood, label: Humeur}}]
tables:
  - {{id: T1, show: chat_activity, title: En chiffres}}
  - {{id: T2, show: chat_levels, title: Niveaux}}
  - {{id: T3, show: chat_kinds, title: Envois}}
  - {{id: T4, show: chat_members, title: Membres}}
figures:
  - {{id: F1, show: posts_by_day, title: Par jour}}
  - {{id: F2, show: posts_by_hour, title: Par heure}}
  - {{id: F3, show: replies, title: Réponses}}
"""
# day, time, member, kind, file
POSTS = (
    ("17", "08:00", "Citron", "text", ""),
    ("17", "08:05", "Morio", "text", ""),  # answers Citron, 5 minutes later
    ("17", "08:06", "Morio", "document", "pdf"),  # goes on: answers nobody
    ("17", "08:17", "Citron", "text", ""),  # 11 minutes later: too late
    ("18", "23:59", "Citron", "photo", "jpg"),
    ("19", "00:03", "Morio", "text", ""),  # answers Citron across midnight
    ("21", "12:00", "Gazé", "link", ""),
)
MEMBERS = (
    ("Citron", "user", "F", "MG"), ("Gazé", "user", "H", "MG"), ("Morio", "user", "H", "S"),
    ("Obs1", "observer", "NR", "NR"), ("LEFT1", "leaver", "F", "MG"),
)  # fmt: skip


@pytest.fixture
def a_group(tmp_path: Path) -> Callable[..., Path]:
    """A group's folder with one thread, imported; ``members`` are so many times those above."""

    def write(threshold: int = 1, members: int = 1) -> Path:
        posts = [f"{n},2020-03-{day},{time},{who},{kind},{file},,,Bonjour"
                 for n, (day, time, who, kind, file) in enumerate(POSTS, 1)]  # fmt: skip
        people = [f"{name}{n or ''},{role},{gender},{does},," for n in range(members)
                  for name, role, gender, does in MEMBERS]  # fmt: skip
        files = {"study.yaml": STUDY, "closing.yaml": CLOSING, "plan.yaml": PLAN.format(threshold=threshold),
                 "chat/import.json": '{"unread_lines": 3}'}  # fmt: skip
        return write_thread(tmp_path, files, posts, people)

    return write


def thread_of(root: Path) -> StudiedThread:
    thread = read_thread(load_study(root / "surveys" / "fil"))
    assert thread is not None
    return thread


def report_of(root: Path) -> dict:
    build_report(root, "fil")
    return json.loads((root / RESULTS / "fil" / "report.json").read_text(encoding="utf-8"))


def test_the_activity_of_a_thread(a_group):
    assert report_of(a_group())["activity"] == {
        "posts": 7,
        "days": 5,
        "users": 3,
        "observers": 1,
        "leavers": 1,
        "busiest_day": "2020-03-17",
        "busiest_posts": 4,
        "silent_days": ["2020-03-20"],
        "first_share": pytest.approx(5 / 7),  # 4 + 1 of 7, on the 17th and the 18th
        "mean_posts": pytest.approx(7 / 3),
        "median_posts": 3,  # 1, 3, 3
        "talkers": 2,  # Citron: 3 posts on 2 days; Morio: 3 on 2; Gazé: 1 on 1
        "others": 2,  # Gazé and Obs1; who left is not counted
    }


def test_a_post_answers_another_members_when_it_follows_soon_enough(a_group):
    assert thread_of(a_group()).replies == {("Citron", "Morio"): 2}


def test_members_are_crossed_by_gender_and_practice(a_group):
    rows = {row["level"]: row for row in report_of(a_group())["tables"]["T4"]["rows"]}
    assert (rows["F"]["MG"], rows["H"]["MG"], rows["H"]["S"], rows["NR"]["NR"]) == (1, 1, 1, 1)
    assert rows["total"]["total"] == 4


def test_what_was_sent_is_counted_by_kind_and_by_file(a_group):
    rows = {row["level"]: row["posts"] for row in report_of(a_group())["tables"]["T3"]["rows"]}
    assert rows == {"text": 4, "link": 1, "photo": 1, "document": 1, "file-jpg": 1, "file-pdf": 1,
                    "relayed": 0, "edited": 0}  # fmt: skip


def test_every_day_and_every_hour_has_its_bar(a_group):
    tables = report_of(a_group())["tables"]
    assert [row["posts"] for row in tables["F1"]["rows"]] == [4, 1, 1, 0, 1]
    assert {row["level"]: row["posts"] for row in tables["F2"]["rows"] if row["posts"]} == {
        "0": 1, "8": 4, "12": 1, "23": 1,
    }  # fmt: skip


def test_a_small_group_is_masked_as_any_small_count_is(a_group):
    report = report_of(a_group(threshold=5))
    told = report["activity"]
    assert [told[name] for name in ("users", "observers", "leavers", "mean_posts", "talkers")] == [None] * 5
    assert told["posts"] == 7
    assert {row["posts"] for row in report["tables"].get("F3", {"rows": []})["rows"]} <= {"masqué"}
    counted = {name for name in ("T1", "T2", "T4") for row in report["tables"][name]["rows"]
               for cell in row.values() if cell in range(1, 5) and row["level"] not in ("total",)}  # fmt: skip
    assert counted <= {"T1"}  # figures of posts and days, not of people


def test_a_larger_group_shows_who_answers_whom_by_level_only(a_group):
    rows = report_of(a_group(threshold=2, members=6))["tables"]["F3"]["rows"]
    assert [(row["label"], row["posts"]) for row in rows] == [("Bavards → Bavards", 2)]


def test_the_replies_are_drawn_without_a_name(a_group):
    root = a_group()
    build_report(root, "fil")
    for path in (root / RESULTS / "fil").iterdir():
        if path.suffix in (".svg", ".md", ".csv", ".json", ".tex"):
            text = path.read_text(encoding="utf-8")
            assert not any(name in text for name, *_ in MEMBERS), path.name


def test_a_report_is_made_again_when_the_thread_changes_and_only_then(a_group):
    root = a_group()
    assert studies_to_report(root) == ["fil"]
    build_report(root, "fil")
    assert not staleness(root, "fil").rebuildable
    posts = root / "surveys" / "fil" / "chat" / "posts.csv"
    posts.write_text(posts.read_text(encoding="utf-8") + "8,2020-03-21,13:00,Gazé,text,,,,Oui\n", encoding="utf-8")
    assert staleness(root, "fil").rebuildable
    posts.unlink()
    assert not staleness(root, "fil").rebuildable  # the page stays where the thread is not


@pytest.mark.parametrize("levels", [
    "[{id: a, label: A}, {id: b, label: B}]", "[{id: a, label: A, days_over: 1}, {id: b, label: B, days_over: 0}]",
    "[{id: a, label: A, days_over: 1}, {id: a, label: B}]",
])  # fmt: skip
def test_levels_that_lead_nowhere_are_refused(levels, a_group):
    root = a_group()
    path = root / "surveys" / "fil" / "study.yaml"
    start, _, rest = path.read_text(encoding="utf-8").partition("  levels:\n")
    path.write_text(f"{start}  levels: {levels}\n  genders:{rest.partition('  genders:')[2]}", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="niveau"):
        load_study(path.parent)


@pytest.mark.parametrize(("name", "row", "said"), [
    ("posts.csv", "8,2020-03-21,13:00,Vulcain,text,,,,Oui", "aucun membre"),
    ("posts.csv", "8,21/03/2020,13:00,Gazé,text,,,,Oui", "import"),
    ("posts.csv", "8,2020-03-21,13:00,Gazé,texte,,,,Oui", "import"),
    ("posts.csv", "8,2020-03-21", "import"),
    ("members.csv", "Citron,chef,F,MG,,", "import"),
])  # fmt: skip
def test_a_thread_that_no_import_wrote_is_told_not_counted(name, row, said, a_group):
    root = a_group()
    path = root / "surveys" / "fil" / "chat" / name
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match=said):
        build_report(root, "fil")
    assert any(said in problem.message for problem in check_studies(root))
    assert not (root / RESULTS).exists()


def test_an_empty_thread_makes_no_activity(a_group):
    root = a_group()
    (root / "surveys" / "fil" / "chat" / "posts.csv").write_text(f"{POST_COLUMNS}\n", encoding="utf-8")
    assert "activity" not in report_of(root)
