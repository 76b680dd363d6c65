"""What leaves the database: a wave, what its receipt erases, what moderators take out of quarantine."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from divan.collector.answer_rows import Sent
from divan.collector.export import admit, erase, forget, write_export
from divan.collector.identity import load_key
from divan.collector.serving import open_store, state_folder
from divan.sources.problem import ProblemsFound
from tests.places import GROUP

RECEIPT = "ABCD-EFGH-JKLM"
IMPORTED = 49  # answers that the wave has already


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A group whose collector received two answers, of which one in doubt."""
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)
    shutil.copytree(GROUP / "surveys" / "pilote", tmp_path / "surveys" / "pilote")
    receipt = load_key(state_folder(tmp_path)).stored_receipt(RECEIPT)
    shared = {"study": "pilote", "wave": "before", "day": "2023-04-01", "definition": "d"}
    with open_store(tmp_path, None) as store:
        store.keep([
            Sent(**shared, submission="a", receipt=receipt, answers={"code": "0101", "uses": "no"}),
            Sent(**shared, submission="b", receipt="other", answers={"code": "0102"}, doubts=("honeypot", "too_fast")),
        ])  # fmt: skip
    return tmp_path


def rows(root: Path, name: str = "before.csv") -> list[dict[str, str]]:
    text = (root / "surveys/pilote/responses" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_answers_join_those_that_were_imported_however_often(group: Path) -> None:
    for _ in range(2):
        assert write_export(group, "pilote", "before", None, None) == 1
        assert len(rows(group)) == IMPORTED + 1
    assert next(row for row in rows(group) if row["response"] == "before-c0001")["code"] == "0101"


def test_the_quarantine_has_its_own_file_which_says_why(group: Path) -> None:
    assert write_export(group, "pilote", "before", None, None, quarantined=True) == 1
    (row,) = rows(group, "before-quarantaine.csv")
    assert (row["response"], row["code"]) == ("before-c0002", "0102")
    assert row["doubts"].count(" ; ") == 1
    assert len(rows(group)) == IMPORTED


def test_another_file_or_the_screen_holds_what_was_received_alone(
    group: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_export(group, "pilote", "before", None, str(group / "mine.csv")) == 1
    assert write_export(group, "pilote", "before", None, "-") == 1
    assert (group / "mine.csv").read_text(encoding="utf-8") == capsys.readouterr().out
    assert (group / "mine.csv").read_text(encoding="utf-8").count("\n") == 2
    assert len(rows(group)) == IMPORTED


def test_a_receipt_erases_its_answer_once_however_it_is_typed(group: Path) -> None:
    erase(group, None, "abcd efgh jklm")
    assert write_export(group, "pilote", "before", None, "-") == 0
    with pytest.raises(ProblemsFound, match="aucune réponse ne porte ce reçu"):
        erase(group, None, RECEIPT)


def test_what_is_admitted_leaves_the_quarantine(group: Path) -> None:
    assert admit(group, "pilote", "before", None, ["before-c0002", "before-c0009"]) == 1
    assert write_export(group, "pilote", "before", None, "-", quarantined=True) == 0
    assert write_export(group, "pilote", "before", None, "-") == 2


@pytest.mark.parametrize("name", ["before-0002", "after-c0002", "before-c", "before-c٢", "before-c0000000002"])
def test_what_is_no_name_of_an_answer_admits_nothing(name: str, group: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        admit(group, "pilote", "before", None, ["before-c0002", name])
    assert [problem.path for problem in found.value.problems] == [name]
    assert write_export(group, "pilote", "before", None, "-", quarantined=True) == 1


def test_a_wave_that_is_not_there_has_no_answer_to_admit_nor_to_export(group: Path) -> None:
    with pytest.raises(ProblemsFound, match="before"):
        admit(group, "pilote", "avant", None, ["avant-c0001"])
    with pytest.raises(ProblemsFound, match="before"):
        write_export(group, "pilote", "avant", None, "-")


def test_what_was_for_one_use_is_forgotten(group: Path) -> None:
    assert forget(group, "pilote", "before", None, []) == 0
    assert forget(group, "pilote", "before", None, ["before-c0001"]) == 1
    assert write_export(group, "pilote", "before", None, "-") == 0
