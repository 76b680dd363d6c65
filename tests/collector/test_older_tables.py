"""A database that an older version wrote, as it wrote it: nothing in it is lost, and it goes on serving."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sql

import divan.desk.tables  # noqa: F401 - joins its tables to those of the proposals
from divan.collector import database as collector
from divan.collector.answer_rows import Sent
from divan.collector.backup import back_up, opened, put_back
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from divan.desk.moderators import Moderators
from divan.letter import tables as letter
from divan.proposals import tables as proposals
from divan.proposals.store import ProposalStore
from divan.sources.problem import ProblemsFound

#: What ``.dump`` gave of the database that the version of that day made, answered to by that very code.
DUMPS = sorted((Path(__file__).parent / "older").glob("*.sql"))
KEY = Key("une clé de l'époque")
SUBMISSION = KEY.submission("pilote", "before", "une-cle-de-relance")
RECEIPT = KEY.stored_receipt(KEY.receipt(SUBMISSION))
TABLES = [table for each in (collector, proposals, letter) for table in each.METADATA.sorted_tables]


@pytest.fixture(params=DUMPS, ids=lambda dump: dump.stem)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of an older version."""
    file = tmp_path / "answers.sqlite"
    with sqlite3.connect(file) as base:
        base.executescript(request.param.read_text(encoding="utf-8"))
    base.close()
    return f"sqlite:///{file}"


def same_again(**more: object) -> Sent:
    said = {"code": "0042", "cases": "4"}
    return Sent("pilote", "before", SUBMISSION, RECEIPT, "2026-12-01", "d" * 64, said, **more)  # type: ignore[arg-type]


def test_there_are_databases_of_older_versions() -> None:
    assert [dump.stem for dump in DUMPS] == ["2026-11-22", "2026-11-28"]


def test_an_answer_of_an_older_version_is_read_counted_once_and_erased_by_its_receipt(older: str) -> None:
    with AnswerStore(older) as store:
        store.keep([same_again(), Sent("pilote", "before", "neuve", "r", "2026-12-01", "e" * 64, {"cases": "5"})])
        assert [dict(kept.answers) for kept in store.kept("pilote", "before")] == [
            {"code": "0042", "cases": "4"}, {"cases": "5"},
        ]  # fmt: skip
        assert store.erase(RECEIPT) == 1


def test_a_proof_that_served_before_the_upgrade_serves_no_other_answer(older: str) -> None:
    with AnswerStore(older) as store:
        other = Sent("pilote", "before", "autre", "r", "2026-12-01", "d" * 64, {"cases": "1"}, (), "preuve-1", 1)
        store.keep([other])
        apart = [kept.doubts for kept in store.kept("pilote", "before", quarantined=True)]
    assert apart[-1] == ("proof_replayed",)


def test_proposals_and_moderators_of_an_older_version_are_still_there(older: str) -> None:
    with closing(sqlite3.connect(older.removeprefix("sqlite:///"))) as base:
        first = not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'proposals'").fetchone()
    with AnswerStore(older) as store:
        moderators, received = Moderators(store.engine), ProposalStore(store.engine)
        moderators.invite("aulne")
        with received.engine.connect() as connection:
            titles = connection.execute(sql.select(proposals.PROPOSALS.c.fields)).scalars().all()
        names = {listed.name for listed in moderators.listed()}
    assert names == ({"aulne"} if first else {"aulne", "merle"})
    assert len(titles) == (0 if first else 1)


def test_a_backup_of_an_older_version_is_put_back(older: str, tmp_path: Path) -> None:
    engine = sql.create_engine(older)
    into = sql.create_engine(f"sqlite:///{tmp_path}/neuve.sqlite")
    with closing(opened(back_up(engine, TABLES, {}, "une phrase"), "une phrase", "b.age")) as kept:
        counts = put_back(into, TABLES, kept)
    engine.dispose()
    into.dispose()
    assert (counts["answers"] >= 1, counts["proofs"]) == (True, 1)


def test_whatever_the_database_what_is_lacking_is_added(store: AnswerStore, database: str) -> None:
    store.keep([same_again(proof="p", proof_expires=1)])
    with store.engine.begin() as connection:
        connection.execute(sql.text("ALTER TABLE proofs DROP COLUMN submission"))
        connection.execute(sql.text("DROP TABLE definitions"))
    with AnswerStore(database) as upgraded:
        upgraded.keep([Sent("pilote", "before", "b", "r", "2026-12-01", "d" * 64, {"cases": "1"}, (), "q", 1)])
        assert len([*upgraded.kept("pilote", "before")]) == 2


def test_a_database_of_a_newer_version_is_left_as_it_is(store: AnswerStore, database: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sql.text("ALTER TABLE proofs ADD COLUMN country TEXT NOT NULL DEFAULT 'fr'"))
    AnswerStore(database).close()  # what has a default does not hinder us
    with store.engine.begin() as connection:
        connection.execute(sql.text("DROP TABLE proofs"))
        connection.execute(sql.text("CREATE TABLE proofs (proof TEXT PRIMARY KEY, mark TEXT NOT NULL)"))
    with pytest.raises(ProblemsFound, match="version plus récente"):
        AnswerStore(database)
    assert [column["name"] for column in sql.inspect(store.engine).get_columns("proofs")] == ["proof", "mark"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_column_added_since_says_what_the_rows_of_before_hold(table: sql.Table) -> None:
    for dump in DUMPS:
        base = sqlite3.connect(":memory:")
        base.executescript(dump.read_text(encoding="utf-8"))
        known = {row[1] for row in base.execute(f"PRAGMA table_info({table.name})")}
        base.close()
        since = [column for column in table.columns if known and column.name not in known]
        assert [column.name for column in since if not column.nullable and column.server_default is None] == []
