"""A full disk, a locked database, a server that goes away: the sender is told, and can send the same answer again."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy

from divan.collector.health import mark_backup
from divan.collector.store import AnswerStore
from tests.collector.conftest import PostgresServer
from tests.collector.sending import ADDRESS, ANSWER, client_for, kept


def assert_told_that_nothing_was_saved(page: object) -> None:
    assert (page.status_code, page.headers["retry-after"]) == (503, "60")  # type: ignore[attr-defined]
    assert "reste sur votre appareil" in page.text  # type: ignore[attr-defined]


def test_a_disk_that_fills(tmp_path: Path) -> None:
    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store, client_for(store) as client:
        store.close()  # the next connections are held to the pages already there: SQLite's own SQLITE_FULL
        limit = sqlalchemy.event.listen
        limit(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
        long = ANSWER | {"why_not": "x" * 3900}
        pages = [client.post(ADDRESS, data=long | {"submission": str(n)}) for n in range(20)]
        refused = [page for page in pages if page.status_code != 200]
        assert refused
        assert_told_that_nothing_was_saved(refused[0])
        assert len(kept(store)) == len(pages) - len(refused)
        assert client.get("/health").status_code == 503


def test_a_locked_database_then_a_retry(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with AnswerStore(f"sqlite:///{path}", patience=1) as store, client_for(store) as client:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert_told_that_nothing_was_saved(client.post(ADDRESS, data=ANSWER))
        other.execute("ROLLBACK")
        other.close()
        assert client.post(ADDRESS, data=ANSWER).status_code == 200
        assert len(kept(store)) == 1


@pytest.mark.postgresql
@pytest.mark.xdist_group("pg")
def test_a_server_that_goes_away_and_comes_back(postgres: PostgresServer) -> None:
    server = PostgresServer(postgres.binaries)  # our own, since we stop it
    try:
        with AnswerStore(server.new_database()) as store, client_for(store) as client:
            assert client.post(ADDRESS, data=ANSWER).status_code == 200
            server.stop()
            assert_told_that_nothing_was_saved(client.post(ADDRESS, data=ANSWER | {"submission": "s-2"}))
            assert client.get("/health").status_code == 503
            server.start()
            assert client.post(ADDRESS, data=ANSWER | {"submission": "s-2"}).status_code == 200
            assert len(kept(store)) == 2
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.mark.postgresql
@pytest.mark.xdist_group("pg")
def test_a_server_that_freezes_is_not_waited_for_and_its_answer_counts_once(postgres: PostgresServer) -> None:
    server = PostgresServer(postgres.binaries)
    try:
        with AnswerStore(server.new_database()) as store, client_for(store, patience=1) as client:
            assert client.post(ADDRESS, data=ANSWER).status_code == 200
            frozen = [int(pid) for pid in subprocess.check_output(["pgrep", "-f", str(server.folder)]).split()]
            frozen += [int(pid) for parent in frozen for pid in children(parent)]
            for pid in frozen:
                os.kill(pid, signal.SIGSTOP)
            try:
                page = client.post(ADDRESS, data=ANSWER | {"submission": "s-2"})
                assert (page.status_code, page.headers["retry-after"]) == (503, "60")
                assert "On ne sait pas encore" in page.text
                assert client.get("/health").status_code == 503
            finally:
                for pid in frozen:
                    os.kill(pid, signal.SIGCONT)
            assert client.post(ADDRESS, data=ANSWER | {"submission": "s-2"}).status_code == 200
            assert len(kept(store)) == 2
            while store.engine.pool.checkedout():  # what was asked of the frozen server ends too, before it is left
                time.sleep(0.05)
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def children(parent: int) -> list[bytes]:
    return subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, check=False).stdout.split()


def test_a_file_that_may_not_grow_is_a_fault_of_health_too(tmp_path: Path) -> None:
    script = """
import resource, signal, sys
from divan.collector.health import mark_backup
from divan.collector.store import AnswerStore
from tests.collector.sending import ADDRESS, ANSWER, client_for
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with AnswerStore(f"sqlite:///{sys.argv[1]}/answers.sqlite") as store, client_for(store) as client:
    assert client.get("/health").status_code == 200
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    assert client.post(ADDRESS, data=ANSWER | {"why_not": "x" * 3900}).status_code == 503
    assert client.get("/health").status_code == 503
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, cwd=Path.cwd())


def test_health_tells_what_somebody_should_look_at(tmp_path: Path) -> None:
    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store, client_for(store, root=tmp_path) as client:
        client.post(ADDRESS, data=ANSWER | {"website": "x"})
        told = client.get("/health").json()
        assert (told["status"], told["quarantined"], told["days_since_backup"]) == ("ok", 1, None)
        assert told["free_megabytes"] > 0
        mark_backup(tmp_path)
        assert client.get("/health").json()["days_since_backup"] == 0
