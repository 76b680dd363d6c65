"""A plan is read whole, and every fault of it is said at once, on its line."""

from dataclasses import replace

import pytest

from analysis.plan.loading import parse_plan
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.places import GROUP

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
        ("show: regression", "show: regression, baseline: maybe", "true ou false"),
        ("show: score_by", "show: score_by, baseline: true",
         "« baseline » est d'une régression, et non de « score_by »"),
        ("wave: after, variables: [sex, age]}", "wave: before, baseline: true, variables: [sex, age]}",
         "le score de « before » ne s'explique pas par lui-même"),
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
        # le score
        ("{id: referral, label: Adressage}", "{id: sex, label: Sexe}", "« sex » n'a pas de score"),
        ("{id: referral, label: Adressage}", "{id: moral, label: Adressage}", "« moral » sert deux fois"),
        ("endpoint: composite", "endpoint: score", "le critère « score » n'est pas le score composite"),
        # les variables
        ("{id: sex, label: Sexe}", "{id: sex, label: Sexe}\n  - {id: sex, label: Sexe}", "« sex » sert deux fois"),
        ("{id: sex, label: Sexe}", "{id: sex, label: Sexe, as: combination}", "« sex » n'admet qu'une réponse"),
        ("{id: sex, label: Sexe}",
         "{id: sex, label: Sexe, bands: [{id: few, label: Peu, max: 1}, {id: more, label: Plus}]}",
         "« sex » n'est pas un nombre"),
        ("any_of: [locum]", "any_of: [locum], as: combination", "« locum » a deux recodages"),
        ("any_of: [locum]", "any_of: [locun]", "« locun » n'est pas un choix de cette question"),
        ("from: [gp]", "from: [gp, gpp]", "« gpp » n'est pas un choix de cette question"),
        ("from: [gp]", "from: [gp, other]", "le niveau « other » va dans deux regroupements"),
        ("{id: age, label: Tranche d'âge, ordered: true}", "{id: age, label: Âge, order: [under_40, 40_60]}",
         "« over_60 » manque à « order »"),
        ("{id: activity, label: Participation}",
         "{id: activity, label: Participation, order: [reading, writing, other]}",
         "« other » n'est pas un niveau de cette variable"),
        # les tableaux
        ("wave: before, variables", "wave: before, test_of: {uses: auto}, variables",
         "« uses » n'est pas une variable de ce tableau"),
        ("show: regression", "show: regression, reference: {sex: womann}", "« womann » n'est pas un niveau de « sex »"),
        ("show: item_levels", "show: item_level", "« item_level » n'est pas un genre de tableau"),
        ("variables: [time]}\n  - {id: T8", "variables: [tyme]}\n  - {id: T8", "« tyme » n'est pas une variable"),
        ("wave: after, variables: [sex, age]", "wave: afterr, variables: [sex, age]", "« afterr » n'est pas une vague"),
        # les figures, les textes libres et les fichiers
        ("title: Temps passé, variables: [time]", "title: Temps passé", "demande « variables »"),
        ("file: activity.csv", "file: absent.csv", "le fichier « absent.csv » n'existe pas"),
        ("printed: printed.yaml", "printed: absent.yaml", "le fichier « absent.yaml » n'existe pas"),
        ("{item: why_not, wave", "{item: why, wave", "« why » n'est une question d'aucune vague"),
        ("{item: why_not, wave", "{item: sex, wave", "« sex » n'est pas une question ouverte"),
        ("alpha: 0.05", "alpha: 2", "« alpha » doit rester sous 0,5"),
        ("date: 2023-03-20", "date: 2023-02-30", "« date » doit être une date comme"),
    ],
)  # fmt: skip
def test_what_would_be_left_out_without_a_word_is_a_fault(study, old, new, says):
    text = (study.folder / "plan.yaml").read_text(encoding="utf-8")
    assert old in text
    assert any(says in message for _, message in faults(study, text.replace(old, new, 1)))


WITHOUT_A_SCORE = """\
date: 2023-03-20
variables: [{id: age, label: Âge, ordered: true}]
tables:
  - {id: T2, show: composite_change, title: Score}
figures:
  - {id: F2, show: boxes, title: Questions}
"""


def test_a_table_or_a_figure_of_the_score_wants_one(study):
    assert [(line, message) for line, message in faults(study, WITHOUT_A_SCORE)] == [
        (4, "le tableau « T2 » (composite_change) demande un score"),
        (6, "la figure « F2 » (boxes) demande un score"),
    ]


ONE_WAVE = """\
date: 2026-01-01
composite: {id: score, label: Score, items: [{id: cases, label: Cas}]}
primary: {endpoint: score, test: sign}
variables: [{id: sex, label: Sexe}]
tables:
  - {id: T1, show: characteristics, title: Population, variables: [sex]}
  - {id: T2, show: composite_change, title: Score}
  - {id: T9, show: group_comparison, title: Groupes, groups: [included, not_joined], variables: [sex]}
"""


def test_a_study_of_one_wave_cannot_show_a_change_nor_who_joined(study):
    lonely = replace(study, waves=study.waves[:1], pairing=None, roster=None)
    assert [(line, message) for line, message in faults(lonely, ONE_WAVE)] == [
        (3, "un critère avant/après demande deux vagues appariées"),
        (7, "« composite_change » demande deux vagues appariées"),
        (8, "« group_comparison » compare ceux qui ont rejoint le groupe aux autres"),
    ]


@pytest.mark.parametrize(
    ("limits", "sound"),
    [([10, 20, None], True), ([20, 10, None], False), ([10, 10, None], False), ([10, None, None], False),
     ([10, 20, 30], False)],
)  # fmt: skip
def test_bands_go_up_and_the_last_has_no_end(limits, sound):
    living = load_study(GROUP / "surveys" / "accueil")
    bands = ", ".join(
        f"{{id: b{n}, label: B{n}{'' if limit is None else f', max: {limit}'}}}" for n, limit in enumerate(limits)
    )
    plan = f"date: 2026-01-01\nvariables:\n  - {{id: years, label: Années, bands: [{bands}]}}\ntables:\n"
    plan += "  - {id: T1, show: characteristics, title: Population, variables: [years]}\n"
    if sound:
        assert parse_plan(living, "plan.yaml", plan).variables
    else:
        assert [message for _, message in faults(living, plan)] == [
            "les tranches doivent monter, chacune avec « max » sauf la dernière"
        ]


def test_a_fault_of_form_is_said_before_those_of_meaning(study):
    assert faults(study, "date: 2023-03-20\nvariables: []\n")


def test_the_digest_changes_with_the_plan(study):
    text = (study.folder / "plan.yaml").read_text(encoding="utf-8")
    assert parse_plan(study, "plan.yaml", text).digest != parse_plan(study, "plan.yaml", text + "\n").digest
