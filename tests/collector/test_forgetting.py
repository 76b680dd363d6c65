"""What people gave is kept until the day that the study said: told once it has passed, erased when asked."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from divan.collector.answer_rows import Sent
from divan.collector.forgetting import note_edition, retention_problems
from divan.collector.serving import lists_of_codes, open_store, signing_keys
from divan.collector.spending import counted, hand_out
from divan.commands.runs import main
from divan.sources.problem import ProblemsFound
from divan.tokens.signing_key import make_signing_key
from surveys.study import load_study
from tests.places import GROUP

RETENTION = "retention: {sources: 2023-12-31, answers: 2024-12-31}\n"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A study that says until when it keeps, with a file received, two answers at the collector, an exact edition."""
    shutil.copytree(GROUP / "surveys/pilote", tmp_path / "surveys/pilote")
    study = tmp_path / "surveys/pilote/study.yaml"
    study.write_text(study.read_text(encoding="utf-8") + RETENTION, encoding="utf-8")
    for name in ("received/avant.csv", "secret/pseudonyms.json", "review/opinions.csv"):
        (tmp_path / "surveys/pilote" / name).parent.mkdir()
        (tmp_path / "surveys/pilote" / name).write_text("x\n", encoding="utf-8")
    with open_store(tmp_path, None) as store:
        shared = {"wave": "before", "receipt": "r", "day": "2023-04-01", "definition": "d", "answers": {}}
        store.keep([
            Sent(study="pilote", submission="a", **shared), Sent(study="autre", submission="b", **shared),
            Sent(study="pilote", submission="c", **shared, doubts=("honeypot",)),
        ])  # fmt: skip
    (tmp_path / "ailleurs/pilote").mkdir(parents=True)
    (tmp_path / "ailleurs/pilote/report.json").write_text("{}\n", encoding="utf-8")
    note_edition(tmp_path, "pilote", tmp_path / "ailleurs/pilote")
    return tmp_path


def counts(root: Path) -> tuple[int, int]:
    with open_store(root, None) as store:
        return store.count("pilote"), store.count("autre")


def folders(root: Path) -> set[str]:
    return {path.name for path in (root / "surveys/pilote").iterdir() if path.is_dir()}


def test_a_date_that_has_passed_is_told_with_the_command_to_run(group: Path) -> None:
    assert retention_problems(group, date(2023, 12, 31)) == []
    (only,) = retention_problems(group, date(2024, 1, 1))
    assert only.remedy == "lancez « divan forget pilote »"
    assert "les fichiers reçus et la clé des pseudonymes" in only.message
    assert only.message.endswith("il reste 2\u00a0fichiers")
    told = [problem.message for problem in retention_problems(group, date(2025, 1, 1))]
    assert any(
        message.endswith("2\u00a0réponses du collecteur, 3\u00a0fichiers, 1\u00a0édition exacte") for message in told
    )


def test_what_goes_is_what_has_passed_and_the_second_run_finds_nothing(
    group: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("divan.sources.french.civil_day", lambda *_: date(2024, 6, 1))
    assert main(["--root", str(group), "forget", "pilote", "--yes"]) == 0
    assert folders(group) == {"responses", "review"}
    assert counts(group) == (2, 1)
    monkeypatch.setattr("divan.sources.french.civil_day", lambda *_: date(2025, 1, 1))
    assert main(["--root", str(group), "forget", "pilote", "--yes"]) == 0
    assert "2\u00a0réponses du collecteur" in capsys.readouterr().out
    assert (folders(group), counts(group)) == (set(), (0, 1))
    assert not (group / "ailleurs/pilote").exists()
    assert (group / "ailleurs").is_dir()
    assert retention_problems(group, date(2025, 1, 1)) == []
    assert main(["--root", str(group), "forget", "pilote", "--yes"]) == 0
    assert "rien n'est plus gardé" in capsys.readouterr().out
    load_study(group / "surveys/pilote")


def test_with_the_answers_go_the_codes_the_tokens_their_key_and_the_lists_of_who_was_given_which(
    group: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("divan.sources.french.civil_day", lambda *_: date(2025, 1, 1))
    make_signing_key(signing_keys(group), "pilote", "before")
    lists_of_codes(group, "pilote").mkdir(parents=True)
    (lists_of_codes(group, "pilote") / "before-1.csv").write_text("nom;code;link\n", encoding="utf-8")
    with open_store(group, None) as store:
        for study in ("pilote", "autre"):
            hand_out(store.engine, study, "before", ["c1", "c2"])
            assert store.spend(study, "before", "c1", "b1")
    assert main(["--root", str(group), "forget", "pilote", "--yes"]) == 0
    with open_store(group, None) as store:
        assert counted(store.engine, "pilote", "before") == (0, 0)
        assert counted(store.engine, "autre", "before") == (2, 1)
    assert not [*lists_of_codes(group, "pilote").glob("*"), *(signing_keys(group) / "pilote").glob("*")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--yes"], "rien n'est à effacer avant le 31"),
        (["--now"], "rien n'est effacé sans confirmation"),
    ],
)
def test_before_its_date_or_unconfirmed_nothing_is_erased(words: list[str], told: str, group: Path) -> None:
    command = [sys.executable, "-c", "import datetime, divan.sources.french as f\n"
               "f.civil_day = lambda *_: datetime.date(2023, 7, 1)\n"
               "import sys; from divan.commands.runs import main; sys.exit(main())"]  # fmt: skip
    ended = subprocess.run([*command, "--root", str(group), "forget", "pilote", *words], stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert (ended.returncode, told in ended.stderr) == (1, True), ended.stderr
    assert counts(group) == (2, 1)
    assert folders(group) == {"received", "responses", "review", "secret"}


def test_a_date_before_the_end_of_the_last_wave_is_a_fault(group: Path) -> None:
    study = group / "surveys/pilote/study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("2024-12-31", "2023-08-01"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="avant la fin de la dernière vague"):
        load_study(group / "surveys/pilote")
