"""A final page changes only by a correction that says why; each version stays to be read, or is withdrawn."""

import csv
import json
import shutil
from datetime import date
from html import unescape

import pytest

from analysis.report.building import RESULTS, build_report
from analysis.report.correcting import Correction, publish_report
from analysis.report.published_figures import figures_digest, moves
from analysis.report.versions import load_versions, versions_folder
from divan.commands.runs import main
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.places import GROUP

STUDY = "pilote"
FIRST, SECOND = date(2023, 9, 1), date(2023, 10, 5)
WHY = "Une réponse était comptée deux fois."


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A study whose final page is published, as version 1, made once."""
    made = tmp_path_factory.mktemp("first")
    shutil.copytree(GROUP / "surveys" / STUDY, made / "surveys" / STUDY, ignore=shutil.ignore_patterns("review"))
    publish_report(made, STUDY, today=FIRST)
    return made


@pytest.fixture
def root(first, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(first, tmp_path / "group")


def folder(root):
    return root / RESULTS / STUDY


def everything(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def page(root, name="index.md"):
    return unescape((folder(root) / name).read_text(encoding="utf-8")).replace("\u00a0", " ")


def report(root):
    return json.loads((folder(root) / "report.json").read_text(encoding="utf-8"))


def versions(root):
    return load_versions(load_study(root / "surveys" / STUDY))


def change_a_score(root):
    """One member's answer to « cases » after, from 2 to 5: the sum of the score grows by 3."""
    path = root / "surveys" / STUDY / "responses" / "after.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["cases"] == "2"
    rows[0]["cases"] = "5"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def edit(root, name, old, new):
    path = root / "surveys" / STUDY / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_first_final_page_is_version_1_and_says_how_it_may_change(root):
    (only,) = versions(root)
    assert (only.number, only.day, only.reason, only.moved) == (1, FIRST, "", ())
    assert "Version 1, 1er septembre 2023" in page(root)
    assert "ne change que par une correction" in page(root)
    assert report(root)["status"] == "final"


def test_a_second_run_does_nothing(root):
    before = everything(root)
    done = publish_report(root, STUDY, today=SECOND)
    assert not done.new
    assert everything(root) == before


def test_a_final_page_whose_figures_move_stays_as_it_was_and_says_which(root):
    change_a_score(root)
    before = everything(folder(root))
    with pytest.raises(ProblemsFound) as found:
        publish_report(root, STUDY, today=SECOND)
    (problem,) = found.value.problems
    assert "cette page est définitive" in problem.message and "→" in problem.message
    assert f"divan report {STUDY} --correct" in problem.remedy
    assert everything(folder(root)) == before
    assert len(versions(root)) == 1


def test_a_correction_has_a_number_a_day_a_reason_and_the_figures_before_and_after(root):
    n = report(root)["tables"]["T2"]["rows"][0]["after"]
    mean = next(row for row in report(root)["tables"]["T2"]["rows"] if row["level"] == "mean")["after"]
    change_a_score(root)
    assert publish_report(root, STUDY, Correction(WHY), today=SECOND).new
    first, second = versions(root)
    assert (second.number, second.day, second.reason) == (2, SECOND, WHY)
    move = next(
        one for one in second.moved if one.table.startswith("T2.") and (one.row, one.column) == ("Moyenne", "Après")
    )
    shown = [f"{value:.2f}".replace(".", ",") for value in (mean, mean + 3 / n)]
    assert [move.before, move.after] == shown
    said = page(root)
    assert f"Version 2, 5 octobre 2023 : {WHY}" in said
    assert "version 2, corrigée le 5 octobre 2023" in said
    assert f'<td class="num">{shown[0]}</td><td class="num">{shown[1]}</td>' in said
    assert [one["number"] for one in report(root)["versions"]] == [1, 2]
    assert first.kept and not second.kept


def test_the_version_that_was_replaced_stays_to_be_read(root):
    old, figures_then = page(root), (folder(root) / "report.json").read_bytes()
    change_a_score(root)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    kept = page(root, "version-1.md")
    assert 'Version 1 de cette page, remplacée le 5 octobre 2023 par <a href="../">la version 2</a>' in kept
    table = old[old.index('<caption id="t2-caption">') : old.index("</table>", old.index('<caption id="t2-caption">'))]
    assert table in kept
    assert "download>" not in kept
    assert (folder(root) / "version-1.json").read_bytes() == figures_then
    assert {"version-1.md", "version-1.json"} <= report(root)["files"].keys()
    before = everything(root)
    publish_report(root, STUDY, today=date(2024, 1, 1))
    assert everything(root) == before  # a later run keeps them


def test_three_versions_are_all_there(root):
    change_a_score(root)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    edit(root, "plan.yaml", "quantile_type: 7", "quantile_type: 6")
    publish_report(root, STUDY, Correction("Le type de quartile était faux."), today=date(2024, 1, 1))
    assert [one.number for one in versions(root)] == [1, 2, 3]
    assert {path.name for path in folder(root).glob("version-*")} == {
        "version-1.md", "version-1.json", "version-2.md", "version-2.json"}  # fmt: skip


def test_a_report_that_lost_its_answers_refuses_and_the_final_page_stays(root):
    before = everything(folder(root))
    (root / "surveys" / STUDY / "responses" / "after.csv").unlink()
    for correction in (None, Correction(WHY)):
        with pytest.raises(ProblemsFound) as found:
            publish_report(root, STUDY, correction, today=SECOND)
        assert [one.path for one in found.value.problems] == [f"surveys/{STUDY}/responses/after.csv"]
        assert "n'est plus là" in str(found.value)
    assert everything(folder(root)) == before


def test_a_final_page_does_not_become_provisional(root):
    edit(
        root,
        "responses/after.csv",
        (root / "surveys" / STUDY / "responses" / "after.csv").read_text().partition("\n")[2],
        "",
    )
    before = everything(folder(root))
    with pytest.raises(ProblemsFound, match="ne redevient pas provisoire"):
        publish_report(root, STUDY, Correction(WHY), today=SECOND)
    assert everything(folder(root)) == before


def test_even_without_its_page_a_study_knows_what_it_published(root):
    for path in folder(root).iterdir():
        path.unlink()
    folder(root).rmdir()
    assert not publish_report(root, STUDY, today=SECOND).new
    change_a_score(root)
    for path in folder(root).iterdir():
        path.unlink()
    with pytest.raises(ProblemsFound, match="ses chiffres changeraient"):
        publish_report(root, STUDY, today=SECOND)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    assert not versions(root)[0].kept  # its page was there no more


def test_other_code_with_equal_figures_is_not_a_correction(root):
    path = folder(root) / "report.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(made | {"code": made["code"] | {"sha256": "0" * 64}}), encoding="utf-8")
    (folder(root) / "index.md").write_text(page(root).replace("En bref", "En deux mots"), encoding="utf-8")
    assert not publish_report(root, STUDY, today=SECOND).new
    assert "En bref" in page(root) and len(versions(root)) == 1


def test_the_words_of_a_final_page_change_by_a_correction_too(root):
    edit(root, "plan.yaml", "title: Population", "title: Les répondants")
    with pytest.raises(ProblemsFound, match="son texte changerait, ses chiffres non"):
        publish_report(root, STUDY, today=SECOND)
    publish_report(root, STUDY, Correction("Le titre prêtait à confusion."), today=SECOND)
    assert versions(root)[-1].moved == () and "T1. Les répondants" in page(root)


def test_a_definition_written_otherwise_that_says_the_same_is_not_a_correction(root):
    edit(root, "plan.yaml", "variables: [sex, age, uses]", "variables:  [sex, age,  uses]")
    assert not publish_report(root, STUDY, today=SECOND).new
    assert len(versions(root)) == 1
    change_a_score(root)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    edit(root, "plan.yaml", "variables:  [sex, age,  uses]", "variables: [sex, age, uses]")
    assert not publish_report(root, STUDY, today=date(2024, 1, 1)).new


def test_a_final_page_from_before_versions_is_the_first_of_them(copied):
    root = copied(STUDY)
    build_report(root, STUDY)
    assert versions(root) == ()
    change_a_score(root)
    with pytest.raises(ProblemsFound, match="cette page est définitive"):
        publish_report(root, STUDY, today=SECOND)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    assert [(one.number, one.kept) for one in versions(root)] == [(1, True), (2, False)]


def test_a_provisional_page_has_no_version_and_changes_freely(copied):
    root = copied(STUDY)
    edit(root, "plan.yaml", "status: final", "status: provisional")
    publish_report(root, STUDY, today=FIRST)
    change_a_score(root)
    assert publish_report(root, STUDY, today=FIRST).versions == ()
    assert 'id="versions"' not in page(root)
    assert not versions_folder(load_study(root / "surveys" / STUDY)).exists()


def test_versions_that_leak_are_withdrawn_with_their_figures(root):
    change_a_score(root)
    publish_report(root, STUDY, Correction(WHY), today=SECOND)
    gone = "Elle laissait reconnaître quelqu'un."
    publish_report(root, STUDY, Correction(gone, withdraw=True), today=date(2024, 1, 1))
    first, second = versions(root)
    assert (first.withdrawn, first.kept, second.withdrawn, second.moved) == (gone, False, "", ())
    assert not [*folder(root).glob("version-*")]
    assert [path.name for path in versions_folder(load_study(root / "surveys" / STUDY)).iterdir()] == ["versions.json"]
    said = page(root)
    assert f"Retirée : {gone}" in said and "ont changé</summary>" not in said and 'href="version-1/"' not in said
    edit(root, "plan.yaml", "quantile_type: 7", "quantile_type: 6")
    publish_report(root, STUDY, Correction("Masqué autrement.", withdraw=True), today=date(2024, 2, 1))
    assert [(one.withdrawn, one.moved) for one in versions(root)] == [(gone, ()), ("Masqué autrement.", ()), ("", ())]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "une ligne\nune autre", "Mme Lefèvre répondait deux fois"])
def test_a_reason_is_one_line_that_names_nobody(root, reason):
    change_a_score(root)
    before = everything(root)
    with pytest.raises(ProblemsFound) as found:
        publish_report(root, STUDY, Correction(reason), today=SECOND)
    assert "--correct" in str(found.value) and "Lefèvre" not in str(found.value)
    assert everything(root) == before


def test_the_command_refuses_corrects_then_has_nothing_to_do(root, capsys):
    change_a_score(root)
    assert main(["--root", str(root), "report", STUDY]) == 1
    assert "cette page est définitive" in capsys.readouterr().err
    assert main(["--root", str(root), "report", "--stale"]) == 1
    assert main(["--root", str(root), "report", STUDY, "--correct", WHY]) == 0
    assert "version 2" in capsys.readouterr().out
    assert main(["--root", str(root), "report", STUDY, "--correct", WHY]) == 0
    assert "rien n'a changé" in capsys.readouterr().out
    assert main(["--root", str(root), "report", "--stale"]) == 0
    assert len(versions(root)) == 2


@pytest.mark.parametrize("words", [["--correct", "x"], [STUDY, "--withdraw-earlier"]])
def test_a_reason_is_of_one_page_and_a_withdrawal_has_one(root, capsys, words):
    before = everything(root)
    assert main(["--root", str(root), "report", *words]) == 1
    assert words[-1] in capsys.readouterr().err or words[0] == "--correct"
    assert everything(root) == before


TABLE = {
    "title": "Score",
    "columns": [
        {"id": "n", "label": "n", "wave": None, "group": None},
        {"id": "n_after", "label": "Après", "wave": None, "group": None},
    ],
    "rows": [{"row": "sex", "level": "woman", "label": "Femme", "n": 12, "n_percent": 40.0, "n_after": "masqué"}],
}


def with_row(**values):
    return {"tables": {"T1": TABLE | {"rows": [TABLE["rows"][0] | values]}}}


def test_a_move_is_told_by_table_row_and_column():
    told = moves(with_row(), with_row(n=13, n_percent=43.3333333333, n_after=7))
    assert [(one.table, one.row, one.column, one.before, one.after) for one in told] == [
        ("T1. Score", "Femme", "n", "12", "13"),
        ("T1. Score", "Femme", "n, %", "40,00", "43,33"),
        ("T1. Score", "Femme", "Après", "masqué", "7"),
    ]


def test_a_level_is_told_under_its_variable():
    headed = {**TABLE["rows"][0], "level": "", "label": "Sexe"}
    before, after = ({"tables": {"T1": TABLE | {"rows": [headed, TABLE["rows"][0] | {"n": n}]}}} for n in (12, 13))
    assert [one.row for one in moves(before, after)] == ["Sexe, Femme"]


def test_what_differs_by_the_noise_of_a_processor_is_the_same_figure():
    assert moves(with_row(n_percent=40.0), with_row(n_percent=40.0000000000001)) == ()
    assert figures_digest(with_row(n_percent=40.0)) == figures_digest(with_row(n_percent=40.0000000000001))
    (move,) = moves(with_row(n_percent=40.0), with_row(n_percent=40.0004))
    assert (move.before, move.after) == ("40,0000", "40,0004")


def test_a_table_that_goes_is_told_figure_by_figure_and_one_that_comes_in_a_line():
    (gone, *others) = moves(with_row(), {"tables": {}})
    assert (gone.before, gone.after, len(others)) == ("12", "—", 2)
    (come,) = moves({"tables": {}}, with_row())
    assert (come.table, come.row, come.column, come.after) == (
        "T1. Score",
        "Tout le tableau",
        "3\u00a0chiffres",
        "ajouté",
    )


@pytest.mark.parametrize("text", ["", "[", '[{"number": 1}]', '[{"number": 1, "day": "hier", "moved": []}]', "3"])
def test_a_list_of_versions_that_is_none_is_said_and_nothing_is_written(root, text):
    (root / "surveys" / STUDY / "versions" / "versions.json").write_text(text, encoding="utf-8")
    before = everything(root)
    with pytest.raises(ProblemsFound, match="n'est plus celui que « divan report » a écrit"):
        publish_report(root, STUDY, today=SECOND)
    assert everything(root) == before
