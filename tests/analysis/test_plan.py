"""A plan is read whole, and every fault of it is said at once, on its line."""

import pytest

from analysis.plan.loading import load_plan, parse_plan
from divan.sources.problem import ProblemsFound
from surveys.study import load_study

FAULTY = """\
date: 2023-03-20
threshold: 2
composite:
  id: composite
  label: Score
  items:
    - {id: cases, label: Cas}
    - {id: morale, label: Moral}
primary: {endpoint: score, test: sign}
variables:
  - {id: sexe, label: Sexe}
  - {id: practice, label: Exercice}
  - id: situation
    label: Profession
    merge:
      - {id: gp, label: Généraliste, from: [gp]}
      - {id: rest, label: Autres, from: [specialist, resident]}
  - {id: age, label: Âge}
  - {id: why_not, label: Raisons}
tables:
  - {id: T5, show: score_by, title: Score, wave: before, variables: [age], tests: [mann_whitney]}
  - {id: T9, show: group_comparison, title: Groupes, groups: [included, not_joined], variables: [age], tests: [sign]}
  - {id: T9, show: score_by, title: Score, wave: avant, variables: [agee]}
"""


@pytest.fixture
def study(copied):
    return load_study(copied() / "surveys" / "pilote")


def faults(study, text):
    with pytest.raises(ProblemsFound) as found:
        parse_plan(study, "plan.yaml", text)
    return [(problem.line, problem.message) for problem in found.value.problems]


def test_every_fault_at_once_with_its_line(study):
    found = faults(study, FAULTY)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    expected = {
        2: "doit être justifié",
        8: "« morale » n'est une question d'aucune vague",
        9: "n'est pas le score composite",
        11: "« sexe » n'est une question d'aucune vague",
        12: "admet plusieurs réponses",
        15: "le niveau « other » manque à ce recodage",
        19: "ne se compte pas",
        21: "compare deux groupes, mais « age » a 3 niveaux",
        22: "le test « sign » ne convient pas",
    }
    for line, words in expected.items():
        assert any(at == line and words in message for at, message in found), (line, words, found)
    on_last = [message for line, message in found if line == 23]
    assert any("sert deux fois" in message for message in on_last)
    assert any("« avant » n'est pas une vague" in message for message in on_last)
    assert any("« agee » n'est pas une variable du plan" in message for message in on_last)


def test_a_plan_that_says_nothing_hides_counts_of_one_to_four(study):
    plan = "date: 2023-03-20\nvariables: [{id: sex, label: Sexe}]\ntables:\n"
    plan += "  - {id: T1, show: characteristics, title: Population, variables: [sex]}\n"
    assert parse_plan(study, "plan.yaml", plan).threshold == 5


@pytest.mark.parametrize(
    ("first", "second", "line", "says"),
    [
        ("T1", "t1", 5, "« t1 » sert deux fois"),
        ("T1", "f1", 7, "« F1 » sert deux fois"),
        ("codebook-before", "T2", 4, "« codebook-before » est le nom d'un fichier"),
    ],
)
def test_no_two_tables_or_figures_would_be_one_file(study, first, second, line, says):
    plan = "date: 2023-03-20\nvariables: [{id: sex, label: Sexe}]\ntables:\n"
    for one in (first, second):
        plan += f"  - {{id: {one}, show: characteristics, title: Population, variables: [sex]}}\n"
    [(found, message)] = faults(study, plan + "figures:\n  - {id: F1, show: flow, title: Flux}\n")
    assert found == line
    assert says in message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("show: regression", "show: regression, reference: {uses: yes}", "« uses » n'est pas une variable de ce"),
        ("[included, not_joined]", "[included, included]", "répète une valeur"),
        ("wave: before, variables", "wave: before, tests: [spearman], variables", "« family » n'a pas"),
        ("wave: before, variables", "wave: before, test_of: {family: mann_whitney}, variables",
         "« family » a des niveaux qui dépendent des réponses"),
        ("variables: [time]}", "variables: [uses]}", "« uses » n'est demandée qu'à une vague"),
        ("variables: [time]}", "variables: [sex]}", "« sex » n'a pas d'ordre"),
        ("tests: [sign, ", "tests: [sign, sign, ", "le test « sign » est demandé deux fois"),
        ("{id: F2, ", "{id: t2, ", "« t2 » sert deux fois"),
        ("id: lost", "id: reconciliation", "« reconciliation » est le nom d'un fichier"),
        ("{id: sex, label: Sexe}", "{id: composite, item: sex, label: Sexe}", "« composite » est déjà le nom du score"),
        ("{id: cases, label: Cas cliniques}\n  - {id: moral, label: Soutien moral}\ntables",
         "{id: cases, item: moral, label: Cas}\ntables", "« cases » est une question du score"),
        ("{id: other, label: Autre, from", "{id: missing, label: Autre, from", "« missing » désigne déjà"),
        ("{id: other, label: Autre, from", "{id: gp, label: Autre, from", "« gp » est fait deux fois"),
        ("alpha: 0.05", "alpha: 2", "« alpha » doit rester sous 0,5"),
        ("date: 2023-03-20", "date: 2023-02-30", "« date » doit être une date comme"),
    ],
)  # fmt: skip
def test_what_would_be_left_out_without_a_word_is_a_fault(study, old, new, says):
    text = (study.folder / "plan.yaml").read_text(encoding="utf-8")
    assert old in text
    assert any(says in message for _, message in faults(study, text.replace(old, new, 1)))


def test_a_fault_of_form_is_said_before_those_of_meaning(study):
    assert faults(study, "date: 2023-03-20\nvariables: []\n")


def test_post_hoc_is_what_was_added_once_the_second_wave_opened(study):
    plan = load_plan(study)
    opened = study.waves[1].opens
    assert not plan.is_post_hoc(None, study)
    assert not plan.is_post_hoc(study.waves[0].opens, study)
    assert plan.is_post_hoc(opened, study)


def test_the_digest_changes_with_the_plan(study):
    text = (study.folder / "plan.yaml").read_text(encoding="utf-8")
    assert parse_plan(study, "plan.yaml", text).digest != parse_plan(study, "plan.yaml", text + "\n").digest
