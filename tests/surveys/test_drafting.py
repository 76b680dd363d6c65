"""A questionnaire is drafted from an export, and that very export can be imported with it, unread."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from divan.sources.problem import ProblemsFound
from surveys.definition import load_questionnaire
from surveys.drafting import draft_questionnaire
from surveys.importing import import_wave
from surveys.questionnaire import ItemType
from surveys.responses import read_responses
from surveys.study import load_study
from tests.surveys.conftest import questionnaire  # noqa: F401 - the folder's fixtures

ROWS = [
    ["Répondant", "Vous exercez…", "Ce qui vous aide", "", "", "Notez-le", "", "Heures", "Depuis", "Écrivez-nous"],
    ["", "Réponse", "Secrétariat", "Dictée, vocale", "Rien", "Le matin", "Le soir", "Réponse", "Réponse", "Réponse"],
    *([str(900 + n), ("En groupe", "Seul(e)")[n % 2], "Secrétariat" if n % 3 else "", "Dictée, vocale" if n % 4 else "",
       "", str(1 + n % 5), str(1 + n % 4), f"{n},5", f"{1 + n % 28:02}/03/2024", f"a{n}@exemple.fr"]
      for n in range(24)),
]  # fmt: skip


def written(folder: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    export = folder / "export.csv"
    export.write_bytes(text.getvalue().encode(encoding))
    return export


def test_the_draft_names_asks_and_imports_what_the_export_holds(tmp_path):
    export = written(tmp_path, ROWS)
    draft = draft_questionnaire(tmp_path, "cabinet", "survey", export)
    assert (draft.questions, draft.left_aside, draft.heading_rows) == (6, 2, 2)
    asked = load_questionnaire(tmp_path / "surveys/cabinet/survey.yaml")
    assert [(item.id, item.type) for item in asked.items] == [
        ("exercez", ItemType.SINGLE), ("aide", ItemType.SEVERAL), ("matin", ItemType.INTEGER),
        ("soir", ItemType.INTEGER), ("heures", ItemType.DECIMAL), ("depuis", ItemType.DATE),
    ]  # fmt: skip
    assert [choice.label for choice in asked.item("aide").choices] == ["Secrétariat", "Dictée, vocale", "Rien"]
    import_wave(tmp_path, "cabinet", "survey", export)
    rows = read_responses(load_study(tmp_path / "surveys/cabinet"), "survey").rows
    assert [row["aide"] for row in rows[:5]] == ["", "secretariat;dictee_vocale", "secretariat;dictee_vocale",
                                                 "dictee_vocale", "secretariat"]  # fmt: skip
    assert (rows[3]["heures"], rows[3]["depuis"]) == ("3.5", "2024-03-04")


def test_bands_stand_in_the_order_of_their_numbers(tmp_path):
    bands = ["45-60", "> 60", "18-29", "30-44", "$100,000 +", "$25,000 - $99,999", "$0 - $24,999"]
    rows = [["Âge", "Revenu"], *([bands[n % 4], bands[4 + n % 3]] for n in range(24))]
    draft_questionnaire(tmp_path, "cabinet", "survey", written(tmp_path, rows))
    asked = load_questionnaire(tmp_path / "surveys/cabinet/survey.yaml")
    assert [choice.id for choice in asked.item("age").choices] == ["18_29", "30_44", "45_60", "60"]
    assert [choice.label for choice in asked.item("revenu").choices] == bands[:3:-1]


def test_a_file_of_windows_is_read_and_its_separator_found(tmp_path):
    export = written(tmp_path, ROWS, "cp1252", ";")
    draft_questionnaire(tmp_path, "cabinet", "survey", export)
    assert import_wave(tmp_path, "cabinet", "survey", export).received == 24


def test_nothing_already_written_is_lost(tmp_path):
    export = written(tmp_path, ROWS)
    draft_questionnaire(tmp_path, "cabinet", "survey", export)
    (tmp_path / "surveys/cabinet/study.yaml").write_text("relu", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="déjà écrit"):
        draft_questionnaire(tmp_path, "cabinet", "survey", export)
    draft_questionnaire(tmp_path, "cabinet", "later", export)
    assert (tmp_path / "surveys/cabinet/study.yaml").read_text(encoding="utf-8") == "relu"


@pytest.mark.parametrize(
    ("content", "said"), [(None, "n'existe pas"), (b"", "le fichier est vide"), (b"a,b\n", "réponses")]
)
def test_what_cannot_be_drafted_is_told(tmp_path, content, said):
    export = tmp_path / "export.csv"
    if content is not None:
        export.write_bytes(content)
    with pytest.raises(ProblemsFound, match=said):
        draft_questionnaire(tmp_path, "cabinet", "survey", export)
    assert not (tmp_path / "surveys").exists()


CELLS = st.one_of(st.sampled_from(["", "Oui", "oui ", "Non", "1", "0", "2,5", "99", "2024-01-02", "=1+1", "-", "n/a"]),
                  st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abéÀ 1[]{}:#'\"", min_size=1, max_size=9), min_size=1, max_size=5),
       st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=12))  # fmt: skip
def test_a_draft_is_always_a_questionnaire_that_holds(tmp_path_factory, header, rows):
    folder = tmp_path_factory.mktemp("draft")
    export = written(folder, [header, *(row[: len(header)] for row in rows)])
    try:
        draft_questionnaire(folder, "essai", "survey", export)
    except ProblemsFound as refused:
        assert all(problem.message for problem in refused.problems)
    else:
        assert load_questionnaire(folder / "surveys/essai/survey.yaml").items
