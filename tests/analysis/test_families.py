"""A kind of table is one module and its record: the plan, the page, the files and the masking need nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.plan.loading import parse_plan
from analysis.tables.families import families
from divan.sources.problem import ProblemsFound
from surveys.study import load_study

ROOT = Path(__file__).resolve().parents[2]
STUDY = "pilote"
PAGE = (ROOT / "docs" / "adding-a-table.md").read_text(encoding="utf-8")
MODULE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
ENTRY = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def group(copied):
    """A group's folder whose analysis/ holds the module of the guide, asked for in the plan."""
    root = copied()
    (root / "analysis").mkdir()
    (root / "analysis" / "most_given.py").write_text(MODULE, encoding="utf-8")
    plan = root / "surveys" / STUDY / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("tables:\n", f"tables:\n{ENTRY}", 1), encoding="utf-8")
    return root


def divan(root, *words):
    command = [sys.executable, "-m", "divan", "--root", str(root), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def test_the_table_of_the_guide_reaches_the_page_and_every_file(group):
    done = divan(group, "report", STUDY)
    assert done.returncode == 0, done.stderr
    results = group / "content" / "results" / STUDY
    rows = json.loads((results / "report.json").read_text(encoding="utf-8"))["tables"]["T11"]["rows"]
    assert [(row["row"], row["most"]) for row in rows] == [("sex", "Une femme"), ("urban", "Non")]
    assert [row["n"] for row in rows] == [28, 22]  # 28 femmes sur 33, 11 en ville : 33 - 11
    participants = (results / "index.md").read_text(encoding="utf-8").split('<section id="participants">')[1]
    assert "T11. Réponses les plus données" in participants.split("</section>")[0]
    assert (results / "t11.csv").is_file()


def test_the_plan_is_held_to_what_the_record_asks(group):
    plan = group / "surveys" / STUDY / "plan.yaml"
    text = plan.read_text(encoding="utf-8").replace("variables: [sex, urban], added", "tests: [sign], added")
    plan.write_text(text, encoding="utf-8")
    said = divan(group, "check").stderr
    assert "le tableau « T11 » (most_given) demande « variables »" in said
    assert "le test « sign » ne convient pas à « most_given »" in said


def test_a_kind_is_declared_once(group):
    (group / "analysis" / "again.py").write_text(MODULE.replace('"most_given"', '"regression"'), encoding="utf-8")
    done = divan(group, "report", STUDY)
    assert done.returncode == 1
    assert "analysis/again.py" in done.stderr
    assert "« regression » est déjà celui de analysis/tables/regression.py" in done.stderr


def test_a_kind_that_nobody_declares_is_a_fault_with_the_nearest(copied):
    study = load_study(copied() / "surveys" / STUDY)
    text = (study.folder / "plan.yaml").read_text(encoding="utf-8").replace("show: item_means", "show: item_mean")
    with pytest.raises(ProblemsFound) as found:
        parse_plan(study, "plan.yaml", text)
    assert [(one.message, one.remedy) for one in found.value.problems] == [
        ("« item_mean » n'est pas un genre de tableau", "vouliez-vous « item_means » ?")
    ]


def test_editors_propose_every_kind():
    schema = json.loads((ROOT / "analysis" / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["table"]["properties"]["show"]["examples"] == sorted(families())


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/adding-a-table.md"])
def test_the_modules_that_the_guides_show_are_those_of_the_tree_and_short(page):
    shown = {name for name in re.findall(r"`(analysis/tables/\w+\.py)`", (ROOT / page).read_text(encoding="utf-8"))
             if "FAMILIES = (" in (ROOT / name).read_text(encoding="utf-8")}  # fmt: skip
    assert shown
    assert all(len((ROOT / name).read_text(encoding="utf-8").splitlines()) < 60 for name in shown)


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        ('Column("most",', 'Column("level",', "la colonne « level » porte un nom qui désigne la ligne"),
        ('Column("most",', 'Column("n",', "la colonne « n » est là deux fois"),
        (", count)))", ",)))", "la ligne « sex » doit avoir une case par colonne : 2, et non 1"),
        ("Table(spec.id,", 'Table("index",', "le tableau « index » doit s'appeler « T11 »"),
        ("FAMILIES = (", "FAMILIES = [*(", "ce module ne se charge pas (SyntaxError"),
        ("counts_levels=True),)", "counts_levels=True))", "FAMILIES doit être un tuple de fiches"),
        ("tables.counting import", "tables.counted import", "ce module ne se charge pas (ModuleNotFoundError"),
    ],
)
def test_a_module_written_wrong_is_told_in_a_sentence_and_nothing_is_written(group, written, instead, says):
    assert written in MODULE
    (group / "analysis" / "most_given.py").write_text(MODULE.replace(written, instead), encoding="utf-8")
    done = divan(group, "report", STUDY)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (group / "content").exists()
