"""Matrix, ranking, list to unroll, recall, calculation, drawn order: declared, checked, imported, told."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from divan.sources.problem import ProblemsFound
from surveys.check import check_studies
from surveys.codebook import codebook_csv
from surveys.decoding import UnknownAnswer, decode
from surveys.definition import parse_questionnaire
from surveys.form import form_scripts, render_form
from surveys.formula import FormulaError, parse_formula
from surveys.importing import import_wave
from surveys.kinds import KINDS
from surveys.kinds.random_order import order_shown
from surveys.model import Notice, Sending, Study, StudyKind, Wave
from surveys.questionnaire import ItemType
from surveys.validation import validate
from surveys.version_differences import version_differences
from tests.surveys.conftest import questionnaire

MATRIX = """
- id: pleased
  type: matrix
  required: true
  text: Êtes-vous satisfait ?
  choices: [{score: 1, label: Non}, {score: 2, label: Oui}, {id: silent, label: Sans avis, missing: true}]
  rows: [{id: room, text: La salle}, {id: meal, text: Le repas, headers: [Repas]}]
"""
RANKING = """
- id: first
  type: ranking
  ranks: 2
  text: Que changer ?
  choices: [{id: time, label: "L'heure, le jour"}, {id: place, label: Le lieu}, {id: topic, label: Le sujet}]
"""
CALCULATED = """
- {id: height, type: decimal, text: Taille, minimum: 1, maximum: 2.3}
- {id: weight, type: decimal, text: Poids, minimum: 0, maximum: 250}
- {id: bmi, type: calculated, text: Indice, formula: weight / (height * height), decimals: 1}
- {id: thin, type: short_text, text: Depuis quand ?, shown_if: bmi < 18}
"""
RANDOM = """
- id: colour
  type: single
  order: random
  text: Couleur
  choices: [{id: red, label: R}, {id: green, label: V}, {id: blue, label: B}, {id: other, label: Autre, other: true}]
"""


def form_of(items: str) -> str:
    wave = Wave("w", "W", questionnaire(items), date(2026, 1, 1), date(2026, 1, 31))
    study = Study("s", "S", None, StudyKind.STUDY, "", Notice("a", "b", "c", "d", "e"), (wave,))
    return render_form(study, wave, sending=Sending("file"))


def sentences(asked, raw):
    return [fault.sentence for fault in validate(asked, raw).faults]


def test_every_kind_is_in_the_table():
    assert set(KINDS) == set(ItemType)


def test_a_matrix_is_a_question_and_a_column_a_row():
    asked = questionnaire(MATRIX)
    assert asked.columns == ("room", "meal")
    assert [item.type for item in asked.items] == [ItemType.LIKERT, ItemType.LIKERT]
    assert validate(asked, {"room": ["2"], "meal": ["silent"]}).answers == {"room": "2", "meal": "silent"}
    assert [fault.item for fault in validate(asked, {"room": ["2"]}).faults] == ["meal"]
    assert "Êtes-vous satisfait ? — Le repas" in codebook_csv(asked)


def test_a_matrix_says_its_question_once_and_each_row_bears_both():
    page = form_of(MATRIX)
    assert page.count('id="m-pleased-text"') == page.count("Êtes-vous satisfait") == 1
    assert 'aria-labelledby="m-pleased-text q-room-text c-room-2"' in page


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("id: meal", "id: room", "sert à deux questions"),
        ("id: meal", "id: pleased", "aussi le nom d'une autre question"),
        ("rows: [", "minimum: 1\n  rows: [", "« matrix » n'a pas de clé « minimum »"),
        ("missing: true", "other: true", "n'a pas de réponse « autre »"),
        ("score: 2, label: Oui", "label: Oui", "doit avoir un identifiant"),
    ],
)
def test_a_faulty_matrix_is_told(was, now, said):
    with pytest.raises(ProblemsFound, match=said):
        questionnaire(MATRIX.replace(was, now))


@pytest.mark.parametrize(
    ("sent", "kept"), [(["topic", "time"], "topic;time"), (["topic", ""], "topic"), (["", ""], ""), ([], "")]
)
def test_a_ranking_keeps_the_order_given(sent, kept):
    assert validate(questionnaire(RANKING), {"first": sent}).answers.get("first", "") == kept


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (["", "time"], "rang est resté vide"),
        (["time", "time"], "à deux rangs"),
        (["time", "place", "topic"], "Il y a 2 rangs"),
        (["time", "somewhere"], "parmi les réponses proposées"),
    ],
)
def test_what_is_no_ranking_is_refused(sent, said):
    assert said in sentences(questionnaire(RANKING), {"first": sent})[0]


def test_a_required_ranking_fills_every_rank():
    asked = questionnaire(RANKING.replace("ranks: 2", "ranks: 2\n  required: true"))
    assert sentences(asked, {"first": ["time", ""]}) == ["Il y a 2 rangs à donner."]
    assert sentences(asked, {}) == ["Donnez une réponse à chaque rang."]


def test_a_ranking_is_read_from_a_cell_whose_labels_hold_the_joiner():
    item = questionnaire(RANKING).item("first")
    assert decode(item, "Le sujet, L'heure, le jour", ", ") == {"first": "topic;time"}
    for wrong in ("Le sujet, ailleurs", "Le sujet, Le sujet", "Le sujet, Le lieu, L'heure, le jour"):
        with pytest.raises(UnknownAnswer, match="un classement d'au plus 2"):
            decode(item, wrong, ", ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("first[1]", "first[2]"),  # LimeSurvey, codes
        ("Que changer ? [Rang 1]", "Que changer ? [Rang 2]"),  # LimeSurvey, full text
        ("Que changer ? [Rank 1]", "Que changer ? [Rank 2]"),
        ("group/first/_1st_choice", "group/first/_2nd_choice"),  # Kobo
        ("Que changer ? : Choix 1", "Que changer ? : Choix 2"),
        ("Que changer ? - 1", "Que changer ? - 2"),
    ],
)
def test_a_ranking_is_read_from_a_column_a_rank(site, tmp_path, first, second):
    items = "".join(f"      {line}\n" for line in RANKING.strip().splitlines())
    asked = f'title: Un\nversion: "1"\nsections:\n  - id: one\n    title: Un\n    items:\n{items}'
    (site / "surveys/essai/before.yaml").write_text(asked, encoding="utf-8")
    study = site / "surveys/essai/study.yaml"
    study.write_text(study.read_text(encoding="utf-8").partition("pairing:")[0], encoding="utf-8")
    export = tmp_path / "export.csv"
    rows = '2026-01-02,Le sujet,"L\'heure, le jour"\n2026-01-03,time,\n2026-01-03,,\n'
    export.write_text(f'date,"{first}","{second}"\n{rows}', encoding="utf-8")
    import_wave(site, "essai", "before", export)
    kept = (site / "surveys/essai/responses/before.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.rpartition(",")[2] for line in kept] == ["topic;time", "time", ""]
    for wrong in (",Le lieu", "Le lieu,Le lieu", "Ailleurs,"):
        export.write_text(f'date,"{first}","{second}"\n2026-01-02,{wrong}\n', encoding="utf-8")
        with pytest.raises(ProblemsFound, match="un classement d'au plus 2"):
            import_wave(site, "essai", "before", export)


def test_fewer_ranks_would_lose_answers():
    less = questionnaire(RANKING.replace("ranks: 2", "ranks: 1"))
    assert ["n'admet plus" in one.says for one in version_differences(questionnaire(RANKING), less)] == [True]


def test_a_calculated_value_is_the_collector_s_own():
    asked = questionnaire(CALCULATED)
    sent = {"height": ["1,75"], "weight": ["50"], "bmi": ["99"], "thin": ["toujours"]}
    # 50 / 1.75² = 16.326…
    assert validate(asked, sent).answers == {"height": "1.75", "weight": "50", "bmi": "16.3", "thin": "toujours"}
    assert "bmi" not in validate(asked, {"weight": ["50"], "bmi": ["99"]}).answers


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("8 / 4 / 2", "1"), ("5 - 2 - 1", "2"), ("-x + 1", "-1"),
     ("2 / 3", "0.67"), ("0.125 * 1", "0.13"), ("x / 0", ""), ("y + 1", ""), ("0 - 0.001", "0"), ("100 * 10", "1000")],
)  # fmt: skip
def test_arithmetic(text, value):
    assert parse_formula(text).value({"x": "2"}, 2) == value


@pytest.mark.parametrize("text", ["", "1 +", "(1", "1)", "1 2", "__import__('os')", "x ** 2", "x; y", "(" * 30 + "1"])
def test_what_is_no_arithmetic_is_not_read(text):
    with pytest.raises(FormulaError):
        parse_formula(text)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_told_not_to_be(text):
    try:
        parse_formula(text)
    except FormulaError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("weight / (", "wieght / (", "vouliez-vous « weight »"),
        ("weight / (", "thin / (", "n'est pas une question précédente"),
        ("height * height", "height *", "la formule doit se lire"),
        ("decimals: 1", "decimals: 1, required: true", "personne n'y répond"),
    ],
)
def test_a_faulty_formula_is_told(was, now, said):
    with pytest.raises(ProblemsFound, match=said):
        questionnaire(CALCULATED.replace(was, now))


def test_another_formula_is_another_question():
    other = questionnaire(CALCULATED.replace("(height * height)", "height"))
    assert ["ne se calcule plus" in one.says for one in version_differences(questionnaire(CALCULATED), other)] == [True]


RECALL = """
- {id: town, type: short_text, text: Votre ville}
- {id: why, type: short_text, text: "Vous avez dit « {town} » : pourquoi ?"}
- {id: how, type: short_text, text: "Pour {town|y venir}, comment ?"}
"""


def test_a_recalled_answer_has_neutral_words_wherever_it_is_not_known():
    asked = questionnaire(RECALL)
    assert asked.item("why").text == "Vous avez dit « [Votre ville] » : pourquoi ?"
    assert asked.item("how").text == "Pour y venir, comment ?"
    page = form_of(RECALL)
    assert '<span class="recall" data-recall="town">y venir</span>, comment' in page
    assert "form-recall.js" in form_scripts(asked, Sending("file"))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [("{town}", "{why}", "n'est pas posée avant"), ("{town}", "{twon}", "vouliez-vous « town »")],
)
def test_only_an_earlier_answer_is_recalled(was, now, said):
    with pytest.raises(ProblemsFound, match=said):
        questionnaire(RECALL.replace(was, now))


def test_the_seed_of_a_drawn_order_is_kept_and_nothing_else_in_its_place():
    asked = questionnaire(RANDOM)
    assert asked.columns == ("colour", "colour_other", "shown_order")
    assert validate(asked, {"shown_order": ["0badcafe"]}).answers == {"shown_order": "0badcafe"}
    assert validate(asked, {"shown_order": ["=1+1"]}).answers == {}


@given(st.integers(0, 2**32 - 1))
def test_a_drawn_order_holds_every_choice_and_other_stays_last(seed):
    shown = order_shown(questionnaire(RANDOM), "colour", f"{seed:08x}")
    assert sorted(shown) == ["blue", "green", "other", "red"]
    assert shown[-1] == "other"


def test_every_order_comes_about_as_often():
    asked = questionnaire(RANDOM)
    drawn = [order_shown(asked, "colour", f"{seed:08x}") for seed in range(6000)]
    counts = [drawn.count(order) for order in set(drawn)]
    assert len(counts) == 6
    # 1000 expected of each, standard deviation √(6000 · 1/6 · 5/6) = 29
    assert max(abs(count - 1000) for count in counts) < 6 * 29


def test_a_page_on_which_another_depends_is_not_drawn():
    text = """title: E
version: "1"
sections:
  - {id: a, title: A, order: random, items: [{id: x, type: short_text, text: X}]}
  - {id: b, title: B, order: random, items: [{id: y, type: short_text, text: Y, shown_if: x = 1}]}
"""
    with pytest.raises(ProblemsFound, match="placée au hasard"):
        parse_questionnaire("q", "q.yaml", text)
    free = parse_questionnaire("q", "q.yaml", text.replace(", shown_if: x = 1", ""))
    assert {order_shown(free, "sections", f"{seed:08x}") for seed in range(20)} == {("a", "b"), ("b", "a")}


def test_a_list_to_unroll_works_without_script():
    listed = "- {id: town, type: single, dropdown: true, text: Ville, choices: [{id: a, label: A}, {id: b, label: B}]}"
    page = form_of(listed)
    assert '<label for="i-town">' in page
    assert '<select id="i-town" name="town"' in page


IMAGE = "- {id: seen, type: short_text, text: Que voyez-vous ?, image: {file: knee.png, alt: Un genou vu de face}}"


def test_an_image_is_shown_above_its_answers_with_its_words():
    page = form_of(IMAGE)
    assert '<img class="asked-image" src="../images/knee.png" alt="Un genou vu de face"' in page
    for wrong in (IMAGE.replace(", alt: Un genou vu de face", ""), IMAGE.replace("knee.png", "https://x.y/knee.png")):
        with pytest.raises(ProblemsFound):
            questionnaire(wrong)


def test_the_check_wants_the_file_of_an_image_and_a_light_one(site):
    before = site / "surveys/essai/before.yaml"
    before.write_text(before.read_text(encoding="utf-8") + f"      {IMAGE}\n", encoding="utf-8")
    assert ["le fichier n'y est pas" in one.message for one in check_studies(site)] == [True]
    (before.parent / "images").mkdir()
    file = before.parent / "images/knee.png"
    Image.new("RGB", (4, 4)).save(file)
    assert check_studies(site) == []
    noise = Image.frombytes("RGB", (400, 400), random.Random(1).randbytes(480_000))
    noise.save(file)  # what is drawn at random cannot be packed: 480 ko
    assert ["200 ko" in one.message for one in check_studies(site)] == [True]
