"""Where answers are kept: an address that can be read, of a database that keeps them."""

from pathlib import Path

import pytest

from divan.collector.answer_rows import Sent
from divan.collector.serving import _address, answers_store, key_of, open_store, state_folder
from divan.sources.problem import ProblemsFound


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("sqlite:////srv/reponses.sqlite", "sqlite:////srv/reponses.sqlite"),
        ("postgresql://divan@localhost/divan", "postgresql+psycopg://divan@localhost/divan"),
        ("postgres://divan:mot@localhost/divan", "postgresql+psycopg://divan:mot@localhost/divan"),
        ("postgresql+psycopg://localhost/divan", "postgresql+psycopg://localhost/divan"),
    ],
)
def test_an_address_is_read_as_the_driver_wants_it_password_included(said: str, read: str) -> None:
    assert _address(said) == read


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("ailleurs", "ne se lit pas"),
        ("mysql://x/y", "pas dans « mysql »"),
        ("sqlite://", "elle oublierait tout"),
        ("sqlite:///:memory:", "elle oublierait tout"),
    ],
)
def test_what_keeps_nothing_is_refused(said: str, message: str) -> None:
    with pytest.raises(ProblemsFound, match=message):
        _address(said)


def test_a_file_that_is_not_there_is_made_by_what_receives_and_by_nothing_else(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/reponses.sqlite"
    with pytest.raises(ProblemsFound, match="n'existe pas"), answers_store(tmp_path, address):
        pass
    with answers_store(tmp_path, address, receives=True):
        assert (tmp_path / "reponses.sqlite").is_file()
    with answers_store(tmp_path, address) as store:
        assert list(store.kept("essai", "before")) == []


def test_a_database_without_its_key_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)
    with open_store(tmp_path, None) as store:
        first = key_of(store, tmp_path)
        store.keep([Sent("s", "w", "a", first.stored_receipt("ABCD-EFGH-JKLM"), "2026-01-01", "d", {"code": "1"})])
        assert key_of(store, tmp_path).secret == first.secret
        (state_folder(tmp_path) / "collector.key").unlink()
        with pytest.raises(ProblemsFound, match="leur clé n'est pas là"):
            key_of(store, tmp_path)
    assert not (state_folder(tmp_path) / "collector.key").exists()
