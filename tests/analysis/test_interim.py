"""While a wave is open no result is public, unless the plan declares it."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from analysis.report.building import build_report
from analysis.report.interim import waiting
from analysis.report.staleness import WAVES, staleness

STUDY = "pilote"
OPEN, BETWEEN, CLOSED = date(2023, 8, 1), date(2023, 7, 10), date(2023, 8, 16)  # « after » is open 16 July to 15 August
SCHEMA = Path(__file__).resolve().parents[2] / "analysis" / "schemas" / "report.schema.json"


def published(root):
    return {path.name: path.read_bytes() for path in (root / "content" / "results" / STUDY).iterdir()}


def declare(root, reason):
    plan = root / "surveys" / STUDY / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + f"interim: {reason}\n", encoding="utf-8")


def test_on_the_last_day_of_a_wave_nothing_that_anybody_answered_is_published(copied):
    root = copied()
    build_report(root, STUDY, date(2023, 8, 15))
    files = published(root)
    assert sorted(files) == ["codebook-after.csv", "codebook-before.csv", "index.md", "report.json"]
    page = files["index.md"].decode()
    assert "ouverte jusqu'au 15\u00a0août\u00a02023" in page.replace("&#39;", "'")
    assert "<table" not in page and "<svg" not in page
    report = json.loads(files["report.json"])
    assert report["waits"] == "2023-08-15"
    assert not report["tables"] and not report["tests"] and not report["waves"] and not report["flow"]
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [str(error.message) for error in validator.iter_errors(report)] == []


def test_the_number_of_answers_is_not_told_either(copied):
    root = copied()
    build_report(root, STUDY, OPEN)
    page = published(root)["index.md"].decode()
    assert not re.search(r"\bpersonnes?\b|\bréponses? reçues?\b", page)
    assert "\nn:" not in page


def test_the_page_says_what_will_be_shown(copied, cohort):
    root = copied()
    build_report(root, STUDY, OPEN)
    page = published(root)["index.md"].decode().replace("&#39;", "'")
    assert all(table.title in page for table in cohort.plan.tables)


@pytest.mark.parametrize("day", [BETWEEN, CLOSED])
def test_when_no_wave_is_open_results_are_published(copied, day):
    root = copied()
    build_report(root, STUDY, day)
    assert "t1.csv" in published(root)


def test_a_plan_that_declares_interim_results_has_them_and_says_why(copied):
    root = copied()
    declare(root, "le comité les demande")
    build_report(root, STUDY, OPEN)
    page = published(root)["index.md"].decode()
    assert "t1.csv" in published(root)
    assert "Résultats intermédiaires, que le plan déclare\u00a0: le comité les demande" in page
    assert 'status: "provisional"' in page  # although the plan says final


def test_a_reason_for_interim_results_is_not_printed_once_the_waves_are_closed(copied):
    root = copied()
    declare(root, "le comité les demande")
    build_report(root, STUDY, CLOSED)
    assert "comité" not in published(root)["index.md"].decode()


def test_the_moderator_keeps_the_figures(copied):
    root = copied()
    build_report(root, STUDY, OPEN)
    kept = json.loads((root / "surveys" / STUDY / "review" / "unmasked.json").read_text(encoding="utf-8"))
    assert kept["T1"]["rows"]
    assert list(csv.reader(io.StringIO((root / "surveys" / STUDY / "review" / "masked.csv").read_text())))


@pytest.mark.parametrize(("made", "read", "reasons"), [
    (OPEN, CLOSED, (WAVES,)), (CLOSED, OPEN, (WAVES,)), (OPEN, OPEN, ()), (CLOSED, BETWEEN, ()),
])  # fmt: skip
def test_a_page_is_stale_once_a_wave_opens_or_closes(copied, made, read, reasons):
    root = copied()
    build_report(root, STUDY, made)
    assert staleness(root, STUDY, read).reasons == reasons


def test_the_command_says_where_the_figures_are(copied, monkeypatch):
    root = copied()
    monkeypatch.setattr("analysis.report.interim.civil_day", lambda: OPEN)
    assert "15\u00a0août\u00a02023" in waiting(root, STUDY) and "review" in waiting(root, STUDY)
    monkeypatch.setattr("analysis.report.interim.civil_day", lambda: CLOSED)
    assert waiting(root, STUDY) == ""
