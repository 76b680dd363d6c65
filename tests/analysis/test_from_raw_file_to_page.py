"""From another service's raw file to a page: drafted, corrected by hand, imported, analysed; R finds the same in it.

The figures are those of R 4.2.2 on the very file: chisq.test, wilcox.test(exact = FALSE), kruskal.test.
"""

import csv
import json

import pytest

from analysis.report.building import build_report
from surveys.drafting import draft_questionnaire
from surveys.importing import import_wave
from surveys.responses import read_responses
from surveys.study import load_study

ABOVE = ["RespondentID", "Fumez-vous ?", "Qu'avez-vous essayé ?", "", "", "Que pensez-vous de…", "", "Âge"]
BELOW = ["", "Response", "Patch", "Gommes, pastilles", "Vape", "la consultation", "le groupe", "Response"]
OPINIONS = ("Du mal", "Ni bien ni mal", "Du bien", "Ne connais pas")
AGES = ("18-29", "30-44", "45-60")
PLAN = """
date: 2014-06-01
threshold: 1
threshold_reason: Réponses inventées.
composite:
  id: opinion
  label: Opinion
  items: [{id: consultation, label: La consultation}, {id: groupe, label: Le groupe}]
primary: {endpoint: opinion, test: mann_whitney, by: fumez}
variables:
  - {id: fumez, label: Fume}
  - {id: age, label: Âge, ordered: true}
  - {id: patch, item: essaye, label: Patch, any_of: [patch]}
tables:
  - {id: T1, show: score_difference, title: Opinion, by: [fumez]}
  - {id: T2, show: table_one, title: Qui, variables: [age, patch], by: [fumez], tests: [chi_square]}
  - {id: T3, show: score_by, title: Opinion, variables: [age]}
  - {id: T4, show: missing_answers, title: Manquants}
"""


def raw_rows() -> list[list[str]]:
    """120 answers by a rule: some tick nothing, some know nothing of the group, some leave their age."""
    rows = []
    for n in range(1, 121):
        patch, gum, vape = (
            "Patch" if n % 3 else "",
            "Gommes, pastilles" if n % 4 == 1 else "",
            "Vape" if n % 5 == 2 else "",
        )
        rows.append([str(7000 + n), "Oui" if (n * n) % 7 < 3 else "Non", patch, gum, vape, OPINIONS[(n + n // 7) % 3],
                     OPINIONS[(n * 5 + n // 5) % 4], "" if n % 11 == 3 else AGES[(n + n // 5) % 3]])  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> dict:
    tmp_path = tmp_path_factory.mktemp("tabac")
    export = tmp_path / "export.csv"
    with export.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows([ABOVE, BELOW, *raw_rows()])
    draft_questionnaire(tmp_path, "tabac", "survey", export)
    folder = tmp_path / "surveys" / "tabac"
    asked = folder / "survey.yaml"
    text = asked.read_text(encoding="utf-8")
    for was, written in (
        ("id: consultation\n        type: single", "id: consultation\n        type: likert"),
        ("id: groupe\n        type: single", "id: groupe\n        type: likert"),
        ('id: "mal", label: "Du mal"', "score: 1, label: Du mal"),
        ('id: "ni_bien_ni_mal"', "score: 2"),
        ('id: "bien", label: "Du bien"', "score: 3, label: Du bien"),
        ('label: "Ne connais pas"', 'label: "Ne connais pas", missing: true'),
    ):
        assert was in text
        text = text.replace(was, written)
    asked.write_text(text, encoding="utf-8")
    declared = (folder / "study.yaml").read_text(encoding="utf-8")
    day = declared.split("opens: ")[1][:10]
    (folder / "study.yaml").write_text(declared.replace(day, "2014-06-03"), encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    import_wave(tmp_path, "tabac", "survey", export)
    build_report(tmp_path, "tabac")
    rows = read_responses(load_study(folder), "survey").rows
    report = json.loads((tmp_path / "content/results/tabac/report.json").read_text(encoding="utf-8"))
    return {**report, "rows": rows, "tests": {(one["table"], one["row"]): one for one in report["tests"]}}


def test_every_test_of_the_page_is_that_of_r_on_the_raw_file(page):
    wanted = {
        ("T1", "opinion"): (906, 0.976278186289),
        ("T2", "age"): (0.108605140235, 0.947145485222),
        ("T2", "patch"): (0.252100840336, 0.615599680574),
        ("T3", "age"): (0.704179077580, 0.703217153944),
    }
    assert page["tests"].keys() == wanted.keys()
    for name, (statistic, p_value) in wanted.items():
        found = page["tests"][name]
        assert (found["statistic"], found["p_value"]) == pytest.approx((statistic, p_value)), name


def test_what_the_file_leaves_blank_or_does_not_know_is_missing(page):
    assert sum(not row["essaye"] for row in page["rows"]) == sum(not any(row[2:5]) for row in raw_rows())
    missing = {row["row"]: row["survey"] for row in page["tables"]["T4"]["rows"]}
    assert missing["groupe"] == sum(row[6] == "Ne connais pas" for row in raw_rows())
    assert missing["age"] == sum(not row[7] for row in raw_rows())
