"""What is kept, once, and what leaves no trace."""

from pathlib import Path

import pytest

from divan.collector.answer_rows import Sent
from divan.collector.database import METADATA, StorageUnavailableError
from divan.collector.store import AnswerStore


def sent(submission: str, answer: str = "yes", **more: object) -> Sent:
    fields = {
        "study": "essai", "wave": "before", "submission": submission, "receipt": f"r-{submission}", "day": "2026-11-22",
        "definition": "d1", "answers": {"uses": answer},
    }  # fmt: skip
    return Sent(**(fields | more))  # type: ignore[arg-type]


def test_an_answer_sent_again_is_kept_once(store: AnswerStore) -> None:
    store.keep([sent("a", "yes")])
    store.keep([sent("a", "yes"), sent("b", "no"), sent("b", "no")])
    assert [kept.answers["uses"] for kept in store.kept("essai", "before")] == ["yes", "no"]
    assert list(store.kept("essai", "before", quarantined=True)) == []


def test_a_retry_key_that_comes_back_with_other_answers_drops_neither(store: AnswerStore) -> None:
    store.keep([sent("a", "yes")])
    for _ in range(2):  # and the second one may be sent again too
        store.keep([sent("b", "yes"), sent("a", "no"), sent("a", "no")])
    assert [kept.answers["uses"] for kept in store.kept("essai", "before")] == ["yes", "yes"]
    (apart,) = store.kept("essai", "before", quarantined=True)
    assert (apart.answers, apart.doubts) == ({"uses": "no"}, ("submission_reused",))
    assert store.erase("r-a") == 2  # one receipt for both: a withdrawal leaves nothing behind


def test_an_answer_in_doubt_waits_in_quarantine_until_admitted(store: AnswerStore) -> None:
    store.keep([sent("a"), sent("b", doubts=("honeypot",))])
    assert [kept.id for kept in store.kept("essai", "before")] == [1]
    assert [(kept.id, kept.doubts) for kept in store.kept("essai", "before", quarantined=True)] == [(2, ("honeypot",))]
    assert store.admit("essai", "before", [1, 2, 3]) == 1
    assert [kept.id for kept in store.kept("essai", "before")] == [1, 2]


def test_a_proof_used_twice_puts_the_second_answer_in_quarantine(store: AnswerStore) -> None:
    store.keep([sent("a", proof="p", proof_expires=10)])
    store.keep([sent("b", proof="p", proof_expires=10)])
    assert [kept.doubts for kept in store.kept("essai", "before", quarantined=True)] == [("proof_replayed",)]


def test_a_retry_with_its_own_proof_is_no_replay(store: AnswerStore) -> None:
    store.keep([sent("a", proof="p", proof_expires=10)])
    store.keep([sent("a", proof="p", proof_expires=10)])
    assert [kept.doubts for kept in store.kept("essai", "before")] == [()]


def test_a_forgotten_proof_is_one_that_expired(store: AnswerStore) -> None:
    store.keep([sent("a", proof="old", proof_expires=10), sent("b", proof="new", proof_expires=30)])
    store.forget_proofs(now=20)
    store.keep([sent("c", proof="old", proof_expires=10), sent("d", proof="new", proof_expires=30)])
    assert [kept.id for kept in store.kept("essai", "before", quarantined=True)] == [4]


def test_erasing_leaves_the_others_and_their_numbers(store: AnswerStore) -> None:
    store.keep([sent("a"), sent("b"), sent("c")])
    assert store.erase("r-c") == 1
    assert store.erase("r-c") == 0
    store.keep([sent("d")])
    assert [kept.id for kept in store.kept("essai", "before")] == [1, 2, 4]


def test_what_is_erased_is_in_no_file_any_more(tmp_path: Path) -> None:
    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store:
        store.keep([sent("a", "un secret")])
        files = list(tmp_path.iterdir())
        assert any(b"un secret" in file.read_bytes() for file in files)
        store.erase("r-a")
        assert not any(b"un secret" in file.read_bytes() for file in files)


def test_texts_come_back_as_they_were_sent(store: AnswerStore) -> None:
    text = "=1+1 ; « né à l'été »\n'; DROP TABLE answers; -- \U0001f642"
    store.keep([sent("a", text)])
    assert [kept.answers["uses"] for kept in store.kept("essai", "before")] == [text]


def test_a_database_that_is_not_there_is_said_to_be_unavailable() -> None:
    with pytest.raises(StorageUnavailableError):
        AnswerStore("sqlite:////nowhere/answers.sqlite")
    with pytest.raises(StorageUnavailableError):
        AnswerStore("postgresql+psycopg://divan@127.0.0.1:1/none")


def test_the_name_of_an_erased_answer_is_never_given_again(store: AnswerStore) -> None:
    store.keep([sent("a"), sent("b")])
    assert store.erase("r-b") == 1
    store.keep([sent("c")])
    assert [kept.id for kept in store.kept("essai", "before")] == [1, 3]


def test_no_column_may_be_left_empty() -> None:
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    assert len(columns) > 10
    assert [column.name for column in columns if column.nullable] == []
