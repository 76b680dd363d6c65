"""« Prévu » is what git held before the answers; all else is « post hoc » with its day, or has no proof."""

import json
import re
import shutil
import subprocess
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.plan.committed import Held
from analysis.plan.date_faults import date_problems
from analysis.plan.loading import load_plan
from analysis.plan.plan_history import keep_history, plan_history, record_path
from analysis.plan.standing import Mark, Standing
from analysis.report.building import RESULTS, build_report
from analysis.report.plan_check import check_plans
from analysis.report.plan_marks import PlanMarks
from analysis.report.staleness import HISTORY, INPUTS, staleness
from analysis.tables.families import build_tables
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.dated_repository import STUDY, DatedRepository, dated_repository

BEFORE, AFTER = "2023-03-20", "2023-09-01"
OTHER = "id: T11, show: group_comparison, title: Encore, groups: [included, lost], variables: [uses]"
T11 = f"  - {{{OTHER}}}\n"
PLANNED = Mark(Standing.PLANNED)


def later(day):
    return Mark(Standing.POST_HOC, date.fromisoformat(day))


@pytest.fixture
def repository(tmp_path: Path) -> DatedRepository:
    return dated_repository(tmp_path)


def history_of(root):
    study = load_study(root / "surveys" / STUDY)
    return plan_history(root, study, load_plan(study))


def marks_of(root):
    """The mark of each table, by the name of its entry in the plan; of each test, by table and test."""
    study = load_study(root / "surveys" / STUDY)
    plan = load_plan(study)
    cohort = gather(study, plan)
    found = {}
    for table in PlanMarks(cohort, plan_history(root, study, plan)).marked(build_tables(cohort)):
        found[table.entry] = table.mark
        found |= {f"{table.entry}/{one.result.test}": one.mark for one in table.tests}
    return found


def page_of(root):
    build_report(root, STUDY)
    return unescape((root / RESULTS / STUDY / "index.md").read_text(encoding="utf-8")).replace("\u00a0", " ")


def test_what_was_committed_before_the_answers_is_planned(repository):
    assert {*marks_of(repository.root).values()} == {PLANNED}


def test_a_table_added_after_the_fact_has_its_day(repository):
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit(AFTER)
    marks = marks_of(repository.root)
    assert marks["T11"] == later(AFTER)
    assert marks["T2"] == marks["T3"] == PLANNED
    page = page_of(repository.root)
    assert '<span class="tag post-hoc">post hoc, 01/09/2023</span>' in page
    assert page.count('class="tag post-hoc"') == 1
    tables = json.loads((repository.root / RESULTS / STUDY / "report.json").read_text(encoding="utf-8"))["tables"]
    assert (tables["T11"]["planned"], tables["T3"]["planned"]) == (False, True)


def test_a_table_that_says_it_was_there_is_not_believed_against_git(repository):
    repository.change("figures:\n", f"  - {{{OTHER}, added: 2023-03-20}}\nfigures:\n")
    repository.commit(AFTER)
    assert marks_of(repository.root)["T11"] == later(AFTER)


def test_a_table_that_says_it_came_late_is_believed(repository):
    repository.change("title: Population,", "title: Population, added: 2023-08-20,")
    repository.commit("2023-04-01")
    assert marks_of(repository.root)["T1"] == later("2023-08-20")


def test_only_the_test_that_was_added_is_post_hoc(repository):
    repository.change("tests: [sign, shapiro_wilk]", "tests: [sign, shapiro_wilk, paired_t]")
    repository.commit(AFTER)
    marks = marks_of(repository.root)
    assert marks["T2"] == marks["T2/sign"] == PLANNED
    assert marks["T2/paired_t"] == later(AFTER)


def test_a_variable_recoded_after_the_answers_takes_its_tables_with_it(repository):
    repository.change("any_of: [locum]", "any_of: [locum, salaried]")
    repository.commit(AFTER)
    marks = marks_of(repository.root)
    assert {name for name, mark in marks.items() if mark == later(AFTER) and "/" not in name} == {"T1", "T5"}
    assert "variable « Remplacements », le 1er septembre 2023" in page_of(repository.root)


def test_a_threshold_lowered_after_the_answers_is_said(repository):
    repository.change("threshold: 1", "threshold: 2")
    repository.commit(AFTER)
    assert "Décidés ou changés après les réponses : seuil de masquage (2), le 1er septembre 2023." in page_of(
        repository.root)  # fmt: skip


def test_each_analysis_has_until_the_first_answer_of_the_wave_that_it_reads(repository):
    # T5 reads the wave of 26 March, whose first answer is of 3 April; the others wait for 16 July.
    repository.change("id: T5, show: score_by", "id: T5, show: score_by, tests: [kruskal_wallis]")
    repository.change("figures:\n", f"{T11}figures:\n")
    answers = (repository.plan.parent / "responses" / "before.csv").read_text(encoding="utf-8").splitlines()
    days = [row.split(",")[1] for row in answers[1:]]
    first = min(days)
    repository.commit(first)
    marks = marks_of(repository.root)
    assert marks["T11"] == marks["T5"] == PLANNED
    assert marks["T5/kruskal_wallis"] == later(first)  # the same day is not before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("variables: [sex, age, uses]", "variables:   [ sex, age,   uses ]"),
        ("title: Population", "title: Qui a répondu"),
        ("label: Sexe", "label: Genre"),
        ("id: T7", "id: T70"),
        ("quantile_type: 7\n", ""),
        ("alpha: 0.05\nmultiplicity: holm\n", "multiplicity: holm\nalpha: 0.05\n"),
    ],
)  # fmt: skip
def test_spaces_words_names_and_order_ask_for_nothing_new(repository, old, new):
    repository.change(old, new)
    repository.commit(AFTER)
    assert {*marks_of(repository.root).values()} == {PLANNED}
    assert not history_of(repository.root).dirty


def test_a_plan_under_another_name_is_the_same_plan(repository):
    here, there = repository.plan.parent, repository.root / "surveys" / "essai"
    shutil.move(here, there)
    repository.commit("2023-02-01", "13:00:00")  # before the first of all, which dates it
    shutil.move(there, here)
    repository.commit(AFTER)
    assert {*marks_of(repository.root).values()} == {PLANNED}
    assert history_of(repository.root).commits[0].day == date.fromisoformat(BEFORE)


def test_a_plan_copied_from_another_study_begins_with_its_copy(repository):
    copied = repository.root / "surveys" / "suite"
    shutil.copytree(repository.plan.parent, copied)
    repository.commit(AFTER)
    study = load_study(copied)
    assert [one.day.isoformat() for one in plan_history(repository.root, study, load_plan(study)).commits] == [AFTER]


def test_a_table_removed_then_put_back_stands_since_it_came_back(repository):
    line = '  - {id: T3, show: item_levels, title: "Réponses, avant et après"}\n'
    repository.change(line, "")
    repository.commit("2023-06-01")
    repository.change("figures:\n", f"{line}figures:\n")
    repository.commit(AFTER)
    assert marks_of(repository.root)["T3"] == later(AFTER)
    page = page_of(repository.root)
    assert "tableau T3 (Réponses, avant et après), retiré le 1er juin 2023, a été remis le 1er septembre 2023" in page


def test_a_table_away_only_after_the_answers_was_planned_and_its_absence_is_said(repository):
    line = '  - {id: T3, show: item_levels, title: "Réponses, avant et après"}\n'
    repository.change(line, "")
    repository.commit("2023-10-01")
    assert "tableau T3 (Réponses, avant et après), prévu avant les réponses, a quitté le plan le 1er octobre 2023" in (
        page_of(repository.root))  # fmt: skip
    repository.change("figures:\n", f"{line}figures:\n")
    repository.commit("2023-11-01")
    assert marks_of(repository.root)["T3"] == PLANNED
    assert "retiré le 1er octobre 2023, a été remis le 1er novembre 2023" in page_of(repository.root)


def test_a_commit_that_goes_back_in_time_is_as_old_as_what_it_follows(repository):
    repository.commit(AFTER)
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit("2023-03-21")
    assert marks_of(repository.root)["T11"] == later(AFTER)
    assert history_of(repository.root).backdated
    assert "Des dates de commits reculent" in page_of(repository.root)


def test_a_clock_gone_wrong_dates_nobody_but_itself(repository):
    repository.commit("2099-01-01")
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit("2023-03-22")
    assert marks_of(repository.root)["T11"] == PLANNED
    assert not history_of(repository.root).backdated


def test_a_plan_committed_on_a_day_to_come_has_that_day(repository):
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit("2099-01-01")
    assert marks_of(repository.root)["T11"] == later("2099-01-01")


def test_clocks_that_differ_by_a_few_minutes_are_not_a_rewritten_history(repository):
    repository.change("title: Population", "title: Qui")
    repository.commit(BEFORE, "11:55:00")
    assert not history_of(repository.root).backdated


def rewritten(repository, day):
    """The whole as one commit of that day, in the place of those that there were."""
    fresh = repository.git("commit-tree", "HEAD^{tree}", "-m", "tout", day=day)
    repository.git("reset", "-q", "--soft", fresh)


def test_a_history_rewritten_so_that_a_table_is_older_is_said_from_then_on(repository):
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit(AFTER)
    page_of(repository.root)
    repository.commit(AFTER)
    rewritten(repository, BEFORE)
    assert "L'historique du dépôt a été récrit" in page_of(repository.root)
    repository.commit(AFTER)
    assert "L'historique du dépôt a été récrit" in page_of(repository.root)


def test_a_history_without_the_table_that_left_the_plan_is_a_rewritten_one(repository):
    repository.change('  - {id: T3, show: item_levels, title: "Réponses, avant et après"}\n', "")
    repository.commit("2023-10-01")
    assert "a quitté le plan" in page_of(repository.root)
    repository.commit("2023-10-02")
    rewritten(repository, BEFORE)
    page = page_of(repository.root)
    assert "a quitté le plan" not in page and "L'historique du dépôt a été récrit" in page


def test_a_branch_that_makes_a_table_older_is_told_where_a_report_knew_better(repository):
    repository.git("branch", "early")
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit(AFTER)
    page_of(repository.root)
    repository.commit(AFTER)
    repository.git("switch", "-q", "early")
    repository.change("figures:\n", f"{T11}figures:\n")
    repository.commit("2023-03-21")  # no date goes back on this branch
    repository.git("merge", "-q", "-s", "ours", "--no-edit", "main", day="2023-09-02")
    repository.git("checkout", "-q", "main", "--", "surveys", "content")
    assert "L'historique du dépôt a été récrit" in page_of(repository.root)


def test_commits_put_on_top_of_others_make_nothing_older_and_are_not_told(repository):
    page_of(repository.root)
    repository.commit("2023-03-21")
    rewritten(repository, "2023-03-22")
    assert not history_of(repository.root).rewritten


def test_a_shallow_clone_says_that_the_history_is_missing(repository, tmp_path_factory):
    clone = tmp_path_factory.mktemp("clone") / "copie"
    repository.commit(AFTER)
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.root.as_uri(), clone], check=True)
    assert history_of(clone).held is Held.SHALLOW
    assert {*marks_of(clone).values()} == {Mark(Standing.DECLARED)}
    page = page_of(clone)
    assert "L'historique manque : cette copie du dépôt est coupée de son passé" in page
    assert '<span class="tag planned">' not in page and '<span class="tag declared">déclaré</span>' in page
    assert not record_path(load_study(clone / "surveys" / STUDY)).exists()


def test_a_shallow_clone_knows_what_a_whole_one_kept(repository, tmp_path_factory):
    clone = tmp_path_factory.mktemp("clone") / "copie"
    page = page_of(repository.root)
    repository.commit(AFTER)
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.root.as_uri(), clone], check=True)
    assert page_of(clone) == page
    assert staleness(clone, STUDY).reasons == ()
    other = clone / "surveys" / STUDY / "plan.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("threshold: 1", "threshold: 2"), encoding="utf-8")
    assert "L'historique manque" in page_of(clone)  # it was of another text


def test_without_git_the_plan_is_taken_at_its_word(copied):
    root = copied()
    assert history_of(root).held is Held.NO_GIT
    assert "L'historique manque : ce dossier n'est pas un dépôt git" in page_of(root)
    assert marks_of(root)["lost"] == later("2026-11-22")  # it says so itself
    assert marks_of(root)["T2"] == Mark(Standing.DECLARED)


def test_a_plan_that_is_in_no_commit_has_no_past(repository):
    repository.git("rm", "-q", "--cached", "-r", ".")
    repository.git("commit", "-q", "--amend", "--allow-empty", "-m", "rien", day=BEFORE)
    assert history_of(repository.root).held is Held.UNTRACKED
    assert "le plan n'y a jamais été commité" in page_of(repository.root)


def test_a_change_in_no_commit_has_no_day_until_it_is_committed(repository):
    page_of(repository.root)
    repository.change("figures:\n", f"{T11}figures:\n")
    assert staleness(repository.root, STUDY).reasons == (INPUTS,)
    assert marks_of(repository.root)["T11"] == Mark(Standing.POST_HOC)
    assert "sans que git le sache" in page_of(repository.root)
    assert staleness(repository.root, STUDY).reasons == ()
    repository.commit(AFTER)
    assert staleness(repository.root, STUDY).reasons == (HISTORY,)
    assert "post hoc, 01/09/2023" in page_of(repository.root)
    assert staleness(repository.root, STUDY).reasons == ()


def test_a_version_that_cannot_be_read_takes_nothing_away(repository):
    whole = repository.plan.read_text(encoding="utf-8")
    repository.plan.write_text("tables: [", encoding="utf-8")
    repository.commit("2023-07-01")
    repository.plan.write_text(whole, encoding="utf-8")
    repository.commit(AFTER)
    assert {*marks_of(repository.root).values()} == {PLANNED}


def test_an_unsigned_plan_is_said_and_a_signed_one_is_not(repository):
    assert "Aucune version du plan n'est signée" in page_of(repository.root)
    raw = repository.git("cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN SSH SIGNATURE-----\n \n\n", 1
    )
    made = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=repository.root, text=True,
                          input=f"{raw}\n", capture_output=True, check=True).stdout.strip()  # fmt: skip
    repository.git("reset", "-q", "--soft", made)
    record_path(load_study(repository.root / "surveys" / STUDY)).unlink()
    assert history_of(repository.root).commits[0].signed
    assert "n'est signée" not in page_of(repository.root)


def test_a_second_report_changes_nothing(repository):
    page_of(repository.root)
    repository.commit(AFTER)
    before = {
        path: path.read_bytes() for path in repository.root.rglob("*") if path.is_file() and ".git" not in path.parts
    }
    page_of(repository.root)
    assert {path: path.read_bytes() for path in before} == before
    assert repository.git("status", "--porcelain") == ""


def test_a_record_that_is_no_record_is_read_as_nothing(repository):
    study = load_study(repository.root / "surveys" / STUDY)
    record_path(study).write_text('{"plan": 3, "held": []}', encoding="utf-8")
    assert history_of(repository.root).known
    keep_history(study, history_of(repository.root))
    assert json.loads(record_path(study).read_text(encoding="utf-8"))["held"] == "whole"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("date: 2023-03-20", "date: 2023-08-16", 1, "doit être arrêté avant l'ouverture de la vague « after »"),
        ("date: 2023-03-20", "date: 2099-01-01", 1, "est à venir"),
        ("title: Population,", "title: Population, added: 2099-01-01,", 33, "est à venir"),
        ("[mann_whitney, signed_rank]", "[mann_whitney, {test: signed_rank, added: 2099-01-01}]", 39, "est à venir"),
        ("title: Flux}", "title: Flux, added: 2099-01-01}", 57, "est à venir"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_a_fault_on_its_line(repository, old, new, line, says):
    repository.change(old, new)
    (found,) = check_plans(repository.root)
    assert (found.path, found.line) == (f"surveys/{STUDY}/plan.yaml", line)
    assert says in found.message
    with pytest.raises(ProblemsFound, match=re.escape(says)):
        build_report(repository.root, STUDY)
    assert not (repository.root / RESULTS).exists()


def test_a_late_plan_that_says_why_is_read_and_the_page_says_it(repository):
    repository.change("date: 2023-03-20", "date: 2023-08-16\nlate_reason: Le plan a été perdu avec l'ordinateur.")
    assert check_plans(repository.root) == []
    assert "Il est daté d'après l'ouverture : Le plan a été perdu avec l'ordinateur." in page_of(repository.root)


def test_a_plan_of_today_is_not_to_come(repository):
    study = load_study(repository.root / "surveys" / STUDY)
    plan = load_plan(study)
    assert date_problems(study, plan, plan.dated) == []
    (found,) = date_problems(study, plan, date(2023, 3, 19))
    assert "(nous sommes le 19\u00a0mars\u00a02023)" in found.message
