"""A published number is tied to the code that made it, and the committed pages are what this code makes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from analysis.report.analysis_code import analysis_code, code_files
from analysis.report.building import RESULTS, build_report
from analysis.report.staleness import CODE, NO_REPORT, staleness
from divan import __version__

ROOT = Path(__file__).resolve().parents[2]
STUDY = "pilote"


def run(*words, cwd=ROOT):
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def divan(root, *words):
    return run(sys.executable, "-m", "divan", "--root", str(root), *words)


def test_the_report_names_the_code_that_divan_says_it_is(copied):
    root = copied(STUDY)
    build_report(root, STUDY)
    named = json.loads((root / RESULTS / STUDY / "report.json").read_text(encoding="utf-8"))["code"]
    said = divan(root, "--version")
    assert named["version"] == __version__
    assert said.splitlines()[0] == f"divan {__version__}"
    assert (named["commit"] or "inconnu de git") in said
    assert named["sha256"] in said


def test_the_digest_is_that_of_sha256sum():
    lines = run("sha256sum", *code_files())
    summed = subprocess.run(["sha256sum"], input=lines.encode(), capture_output=True, check=True).stdout
    assert summed.split()[0].decode() == analysis_code().sha256


def test_the_code_is_what_computes_and_nothing_of_a_study():
    names = {*code_files()}
    assert {"analysis/statistics/sign.py", "analysis/checklists/strobe.yaml", "surveys/pairing.py"} <= names
    assert "surveys/form.py" not in names
    assert not [name for name in names if name.startswith("surveys/") and not name.endswith(".py")]


def test_a_page_that_other_code_made_is_made_again_and_says_why(copied):
    root = copied(STUDY)
    assert staleness(root, STUDY).reasons == (NO_REPORT,)
    divan(root, "report", STUDY)
    report = root / RESULTS / STUDY / "report.json"
    made = json.loads(report.read_text(encoding="utf-8"))
    report.write_text(json.dumps(made | {"code": made["code"] | {"sha256": "0" * 64}}), encoding="utf-8")
    assert staleness(root, STUDY).reasons == (CODE,)
    assert CODE in divan(root, "report", "--stale")
    assert json.loads(report.read_text(encoding="utf-8")) == made
    assert divan(root, "report", "--stale") == ""


def test_without_its_answers_a_page_stays_and_the_reason_is_said(copied):
    root = copied(STUDY)
    build_report(root, STUDY)
    report = root / RESULTS / STUDY / "report.json"
    older = json.dumps({name: value for name, value in json.loads(report.read_text()).items() if name != "code"})
    report.write_text(older, encoding="utf-8")
    shutil.rmtree(root / "surveys" / STUDY / "responses")
    said = divan(root, "report", STUDY, "--stale")
    assert CODE in said and "les réponses ne sont pas ici" in said
    assert report.read_text(encoding="utf-8") == older


def test_a_module_of_a_group_is_part_of_the_code(tmp_path):
    (tmp_path / "analysis").mkdir()
    before = divan(tmp_path, "--version")
    (tmp_path / "analysis" / "own.py").write_text("FAMILIES = ()\n", encoding="utf-8")
    assert divan(tmp_path, "--version").splitlines()[2] not in before


def test_the_commit_is_the_last_that_touched_the_code_and_none_when_it_is_changed(tmp_path, monkeypatch):
    def git(*words):
        return run("git", "-c", "user.name=Essai", "-c", "user.email=essai@example.org", *words, cwd=tmp_path).strip()

    computing = tmp_path / "analysis" / "sums.py"
    computing.parent.mkdir()
    computing.write_text("total = sum\n", encoding="utf-8")
    monkeypatch.setattr("analysis.report.analysis_code.HOUSE", tmp_path)
    assert analysis_code().commit is None
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "what computes")
    first = git("rev-parse", "HEAD")
    (tmp_path / "page.md").write_text("une page\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "a page")
    assert analysis_code().commit == first
    digest = analysis_code().sha256
    computing.write_text("total = max\n", encoding="utf-8")
    assert analysis_code().commit is None
    assert analysis_code().sha256 != digest
