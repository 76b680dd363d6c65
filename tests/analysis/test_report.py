"""The report: same answers, same bytes; one answer changed, nothing else moves; what cannot be computed is said."""

import csv
import json
import re
import zlib
from pathlib import Path

import jsonschema_rs
import pytest

from analysis.report.building import build_report, studies_to_report
from analysis.report.staleness import INPUTS, staleness
from divan.sources.problem import ProblemsFound

STUDY = "pilote"
ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "analysis" / "schemas" / "report.schema.json"


def contents(root):
    return {path.name: path.read_bytes() for path in sorted((root / "content" / "results" / STUDY).iterdir())}


def rewrite(root, wave, change):
    """Apply ``change`` to the list of rows (dicts) of a wave's answers."""
    path = root / "surveys" / STUDY / "responses" / f"{wave}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = list(rows[0])
    rows = change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, fields, lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def test_two_runs_give_the_same_bytes(copied):
    root = copied()
    build_report(root, STUDY)
    first = contents(root)
    build_report(root, STUDY)
    assert contents(root) == first
    assert staleness(root, STUDY).reasons == ()


def test_report_json_follows_its_schema(copied):
    root = copied()
    build_report(root, STUDY)
    report = json.loads((root / "content" / "results" / STUDY / "report.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [str(error.message) for error in validator.iter_errors(report)] == []
    assert report["waves"]["before"] == {"received": 49, "usable": 46}  # 0003 twice, 0041 of two people
    assert {"T1", "T10"} <= set(report["tables"])


def test_one_answer_changes_only_what_depends_on_it(copied):
    root = copied()
    build_report(root, STUDY)
    before = json.loads(contents(root)["report.json"])

    def older(rows):
        member = next(row for row in rows if row["code"] == "0001")
        member["sex"] = "man" if member["sex"] == "woman" else "woman"
        return rows

    rewrite(root, "before", older)
    assert staleness(root, STUDY).reasons == (INPUTS,)
    build_report(root, STUDY)
    after = json.loads(contents(root)["report.json"])
    changed = {name for name in before["tables"] if before["tables"][name] != after["tables"][name]}
    assert changed == {"T1", "T5", "T8", "T9", "lost", "reconciliation"}  # le sexe est imprimé
    rows = {row["row"] for old, new in zip(before["tables"]["T1"]["rows"], after["tables"]["T1"]["rows"], strict=True)
            for row in [old] if old != new}  # fmt: skip
    assert rows == {"sex"}
    assert [one["path"] for one in before["inputs"]] == [one["path"] for one in after["inputs"]]
    moved = [old["path"] for old, new in zip(before["inputs"], after["inputs"], strict=True) if old != new]
    assert moved == [f"surveys/{STUDY}/responses/before.csv"]


def test_a_clone_without_the_answers_keeps_its_page(copied):
    root = copied()
    build_report(root, STUDY)
    (root / "surveys" / STUDY / "responses" / "before.csv").unlink()
    assert not staleness(root, STUDY).rebuildable


def test_the_page_is_light_and_has_no_inline_style(copied):
    root = copied()
    build_report(root, STUDY)
    page = contents(root)["index.md"]
    assert len(zlib.compress(page, 9)) < 60_000
    assert b"style=" not in page and b"<style" not in page and b"<script" not in page
    assert not re.search(rb"\bnan\b", page, re.IGNORECASE)
    ids = re.findall(rb'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_studies_to_report(copied):
    root = copied()
    assert studies_to_report(root) == [STUDY]


ITEMS = ("cases", "moral", "referral")
EMPTY = "Aucune réponse ne peut encore être analysée."


def keep(n):
    return lambda rows: rows[:n]


def outsiders(rows):
    return [row for row in rows if row["code"].startswith("9")]


@pytest.mark.parametrize(
    ("waves", "change", "says"),
    [
        (("before",), outsiders, EMPTY),
        (("after",), lambda rows: [row | {"moral": ""} for row in rows], EMPTY),
        (("before",), lambda rows: [row | {"code": "1234"} for row in rows], EMPTY),
        (("before", "after"), keep(1), "1\u00a0personne a répondu complètement"),
        (("before", "after"), lambda rows: [row | dict.fromkeys(ITEMS, "3") for row in rows], "aucun écart"),
        (("before",), lambda rows: [row | {"sex": ""} for row in rows], "33\u00a0personnes ont répondu"),
    ],
)  # fmt: skip
def test_poor_answers_make_a_page_that_says_so(copied, waves, change, says):
    root = copied()
    for wave in waves:
        rewrite(root, wave, change)
    build_report(root, STUDY)
    files = contents(root)
    assert says in files["index.md"].decode()
    for name in ("index.md", "report.json"):
        assert not re.search(rb"\bnan\b|Infinity", files[name], re.IGNORECASE)


def test_nobody_is_analysed_while_the_roster_is_empty(copied):
    root = copied()
    (root / "surveys" / STUDY / "roster.csv").write_text("code\n")
    build_report(root, STUDY)
    report = json.loads(contents(root)["report.json"])
    steps = {step["id"]: step["n"] for step in report["flow"]}
    assert (steps["before_usable"], steps["before_members"], steps["included"]) == (46, 0, 0)
    assert EMPTY in contents(root)["index.md"].decode()


def test_no_answer_at_all(copied):
    root = copied()
    for wave in ("before", "after"):
        (root / "surveys" / STUDY / "responses" / f"{wave}.csv").unlink()
    build_report(root, STUDY)
    page = contents(root)["index.md"].decode()
    assert EMPTY in page
    assert 'status: "provisional"' in page  # although the plan says final


def test_an_item_that_nobody_changed_is_not_said_to_be_hidden(copied):
    root = copied()
    for wave in ("before", "after"):
        rewrite(root, wave, lambda rows: [row | {"cases": "3", "moral": "3"} for row in rows])
    build_report(root, STUDY)
    page = contents(root)["index.md"].decode()
    assert "Les tests de 2 questions ne donnent rien" in page
    assert "petits effectifs" not in page.partition("</section>")[0]


def test_before_the_second_wave(copied):
    root = copied()
    (root / "surveys" / STUDY / "responses" / "after.csv").unlink()
    build_report(root, STUDY)
    page = contents(root)["index.md"].decode()
    assert 'status: "provisional"' in page  # although the plan says final
    assert "rien ne peut être dit d'un changement" in page.replace("&#39;", "'")
    assert '"T2"' not in contents(root)["report.json"].decode()


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda folder: (folder / "plan.yaml").unlink(), "il faut un plan d'analyse"),
        (lambda folder: (folder / "plan.yaml").write_text("a: ["), "n'est pas du YAML lisible"),
        (
            lambda folder: (folder / "plan.yaml").write_bytes(b"date: 2023-01-01\n# \xe9"),
            "plan.yaml:2: le fichier doit être",
        ),
        (
            lambda folder: (folder / "printed.yaml").write_bytes(b"\xe9"),
            "printed.yaml:1: le fichier doit être en UTF-8",
        ),
        (
            lambda folder: (folder / "activity.csv").write_bytes(b"\xe9"),
            "activity.csv:1: le fichier doit être en UTF-8",
        ),
        (lambda folder: (folder / "responses" / "after.csv").write_bytes(b"\xe9"), "doivent être du texte en UTF-8"),
        (
            lambda folder: (folder / "approved.csv").write_bytes(b"\xe9"),
            "approved.csv:1: le fichier doit être en UTF-8",
        ),
        (lambda folder: (folder / "responses" / "after.csv").write_text(""), "les colonnes doivent être"),
        (lambda folder: (folder / "roster.csv").unlink(), "« roster.csv » n'existe pas"),
        (lambda folder: (folder / "activity.csv").write_text("week,posts\n1,2\n"), "les colonnes doivent être week"),
    ],
)
def test_broken_files_are_said_in_french(copied, break_it, says):
    root = copied()
    break_it(root / "surveys" / STUDY)
    with pytest.raises(ProblemsFound, match=re.escape(says)):
        build_report(root, STUDY)
    assert not (root / "content").exists()


def test_every_undeclared_answer_is_said_and_none_is_quoted(copied):
    root = copied()
    rewrite(root, "after", lambda rows: [row | {"moral": "secret", "date": "hier"} for row in rows[:3]])
    with pytest.raises(ProblemsFound) as found:
        build_report(root, STUDY)
    assert len(found.value.problems) == 6
    assert "secret" not in str(found.value)


def test_an_unknown_study():
    with pytest.raises(ProblemsFound, match="cette étude n'existe pas"):
        build_report(ROOT, "poitou-charente-2023")


def test_the_methods_say_the_quotas_of_a_wave(copied):
    root = copied()
    path = root / "surveys" / STUDY / "before.yaml"
    text = path.read_text(encoding="utf-8").replace("label: Une femme}", "label: Une femme, quota: 40}")
    path.write_text(text.replace('version: "1"', 'version: "1"\nquota: 60', 1), encoding="utf-8")
    build_report(root, STUDY)
    said = b"".join(contents(root).values()).decode("utf-8", "replace").replace("\u00a0", " ")
    assert "au plus 60 réponses en tout et 40 « Une femme »" in said
