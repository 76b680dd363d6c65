"""A backup taken while answers come in is whole, encrypted, and goes back line for line, keys included."""

import json
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sql

from divan.collector.answer_rows import Sent
from divan.collector.backup import opened
from divan.collector.identity import load_key
from divan.collector.serving import signing_keys, state_folder
from divan.collector.spending import CodeRefusedError, counted, hand_out
from divan.collector.store import AnswerStore
from divan.commands.runs import main
from divan.desk.tables import MODERATORS
from divan.proposals.tables import METADATA, PROPOSALS
from divan.tokens.signing_key import make_signing_key, signing_key

PHRASE = "quatre loutres sous le pont"


@pytest.fixture(autouse=True)
def phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIVAN_BACKUP_PASSPHRASE", PHRASE)
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)


def sent(n: int) -> Sent:
    return Sent("etude", "before", f"s{n}", f"r{n}", "2026-06-01", "d", {"q": f"réponse {n}"}, (), "", 0)


def backed_up(root: Path, database: str, file: Path) -> sqlite3.Connection:
    assert main(["--root", str(root), "backup", "--to", str(file), "--database", database]) == 0
    return opened(file.read_bytes(), PHRASE, "x")


def test_it_holds_each_answer_acknowledged_before_it_while_others_come(
    store: AnswerStore, database: str, tmp_path: Path
) -> None:
    store.keep([sent(n) for n in range(200)])
    stop = threading.Event()

    def go_on() -> None:
        n = 1000
        while not stop.is_set():
            store.keep([sent(n)])
            n += 1

    other = threading.Thread(target=go_on)
    other.start()
    try:
        copy = backed_up(tmp_path, database, tmp_path / "b.age")
    finally:
        stop.set()
        other.join()
    receipts = {row[0] for row in copy.execute("SELECT receipt FROM answers")}
    assert {f"r{n}" for n in range(200)} <= receipts
    assert b"r\xc3\xa9ponse" not in (tmp_path / "b.age").read_bytes()
    assert (tmp_path / "b.age").stat().st_mode & 0o077 == 0


def test_it_goes_back_line_for_line_with_its_keys_and_new_answers_follow(
    store: AnswerStore, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    METADATA.create_all(store.engine)
    store.keep([sent(1), sent(2)])
    row = {"uid": "u", "submission": "s", "receipt": "r", "kind": "reply", "target": "t", "fields": "{}",
           "state": "waiting", "since": "2026-06-01", "arrived": "2026-06-01"}  # fmt: skip
    with store.engine.begin() as connection:
        connection.execute(sql.insert(PROPOSALS), row)
        connection.execute(sql.insert(MODERATORS), {"name": "Avocette", "added": "2026-06-01", "revoked": False})
    key = load_key(state_folder(tmp_path)).secret
    backed_up(tmp_path, database, tmp_path / "b.age")
    new = tmp_path / "ailleurs"
    new.mkdir()
    other = f"sqlite:///{new}/neuve.sqlite"
    assert main(["--root", str(new), "restore", str(tmp_path / "b.age"), "--database", other]) == 0
    assert "answers : 2\N{NO-BREAK SPACE}lignes" in capsys.readouterr().out
    assert load_key(state_folder(new)).secret == key
    with AnswerStore(other) as restored:
        restored.keep([sent(3)])
        answers = [answer.answers["q"] for answer in restored.kept("etude", "before")]
        with restored.engine.connect() as connection:
            assert connection.execute(sql.select(MODERATORS.c.name)).scalar_one() == "Avocette"
    assert answers == ["réponse 1", "réponse 2", "réponse 3"]


def test_it_goes_back_into_the_other_kind_of_database(store: AnswerStore, database: str, tmp_path: Path) -> None:
    """A backup of SQLite restored into what the fixture gives: the ids that follow do not collide."""
    source = f"sqlite:///{tmp_path}/source.sqlite"
    with AnswerStore(source) as one:
        one.keep([sent(1), sent(2)])
    backed_up(tmp_path, source, tmp_path / "b.age")
    assert main(["--root", str(tmp_path), "restore", str(tmp_path / "b.age"), "--database", database]) == 0
    store.keep([sent(3)])
    assert [json.dumps(answer.answers) for answer in store.kept("etude", "before")] == [
        json.dumps({"q": f"réponse {n}"}) for n in (1, 2, 3)
    ]


def test_a_base_with_rows_another_key_another_phrase_another_file_are_refused(
    store: AnswerStore,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store.keep([sent(1)])
    load_key(state_folder(tmp_path))
    backed_up(tmp_path, database, tmp_path / "b.age")
    restore = ["--root", str(tmp_path), "restore", str(tmp_path / "b.age"), "--database"]
    assert main([*restore, database]) == 1
    assert "déjà des lignes" in capsys.readouterr().err
    other = tmp_path / "autre"
    load_key(state_folder(other))
    empty = f"sqlite:///{other}/e.sqlite"
    assert main(["--root", str(other), "restore", str(tmp_path / "b.age"), "--database", empty]) == 1
    assert "une autre clé est déjà là" in capsys.readouterr().err
    monkeypatch.setenv("DIVAN_BACKUP_PASSPHRASE", "une tout autre phrase")
    assert main([*restore, empty]) == 1
    assert "ne s'ouvre pas" in capsys.readouterr().err
    (tmp_path / "b.age").write_bytes(b"autre chose")
    assert main([*restore, empty]) == 1
    assert not Path(f"{other}/e.sqlite").exists()
    monkeypatch.setenv("DIVAN_BACKUP_PASSPHRASE", "courte")
    assert main([*restore, empty]) == 1
    assert "12 signes au moins" in capsys.readouterr().err


def test_what_admits_answers_comes_back_codes_those_that_served_tokens_and_the_key_that_signs(
    store: AnswerStore, database: str, tmp_path: Path
) -> None:
    key = make_signing_key(signing_keys(tmp_path), "etude", "before")
    hand_out(store.engine, "etude", "before", ["c1", "c2", "c3"])
    assert store.spend("etude", "before", "c1", "b1")
    store.keep([replace(sent(1), token="t1", admission="token"), replace(sent(2), code="c2", admission="code")])
    backed_up(tmp_path, database, tmp_path / "b.age")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert main(["--root", str(elsewhere), "restore", str(tmp_path / "b.age")]) == 0
    again = signing_key(signing_keys(elsewhere), "etude", "before")
    assert again is not None
    assert again.public == key.public
    with AnswerStore(f"sqlite:///{elsewhere}/.divan/collector/answers.sqlite") as restored:
        assert counted(restored.engine, "etude", "before") == (3, 2)
        assert restored.spend("etude", "before", "c1", "b1")  # asked again by the phone that was cut off
        assert not restored.spend("etude", "before", "c1", "b2")
        assert [answer.admission for answer in restored.kept("etude", "before")] == ["token", "code"]
        with pytest.raises(CodeRefusedError):
            restored.keep([replace(sent(3), token="t1")])


def test_a_backup_of_before_tokens_goes_back(tmp_path: Path) -> None:
    with AnswerStore(f"sqlite:///{tmp_path}/old.sqlite") as old:
        old.keep([sent(1)])
    with sqlite3.connect(tmp_path / "old.sqlite", isolation_level=None) as before:
        before.execute("PRAGMA journal_mode=DELETE")
        before.execute("ALTER TABLE answers DROP COLUMN admission")
        for table in ("handed_codes", "spent_codes", "tokens"):
            before.execute(f"DROP TABLE {table}")
        before.execute("CREATE TABLE divan_keys (path TEXT PRIMARY KEY, content TEXT NOT NULL)")
    (tmp_path / "b.age").write_bytes(pyrage.passphrase.encrypt((tmp_path / "old.sqlite").read_bytes(), PHRASE))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert main(["--root", str(elsewhere), "restore", str(tmp_path / "b.age")]) == 0
    with AnswerStore(f"sqlite:///{elsewhere}/.divan/collector/answers.sqlite") as restored:
        assert [(answer.answers, answer.admission) for answer in restored.kept("etude", "before")] == [
            ({"q": "réponse 1"}, "")
        ]
