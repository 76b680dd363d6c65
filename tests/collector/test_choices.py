"""What is chosen under a case: counted once a device, told from five on, to nobody who asks of another thread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from divan.collector.export import write_choices
from divan.collector.store import AnswerStore
from tests import small_forum as forum
from tests.collector.sending import DURING, client_for, kept

CASE = "2026-02-01-aaaa"
ADDRESS = f"/avis/{CASE}"
THREE = ["Adresser", "Revoir", "Attendre"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = forum.make_forum(tmp_path / "forum", git=False, theme=False)
    forum.case(root, CASE, tags=["toux"], choices=THREE)
    return root


@pytest.fixture
def client(root: Path, store: AnswerStore) -> Iterator[TestClient]:
    with client_for(store, root=root) as opened:
        yield opened


def choose(client: TestClient, choice: object, who: str = "") -> object:
    answer = client.post(ADDRESS, data={"choice": choice, "submission": who})
    assert answer.status_code == 200, answer.text
    return answer.json()["counts"]


def test_the_distribution_is_told_from_the_fifth_choice_on(client: TestClient) -> None:
    told = [choose(client, choice, f"device {n}") for n, choice in enumerate((0, 1, 1, 2, 1))]
    assert told == [None, None, None, None, [1, 3, 1]]
    assert client.get(ADDRESS).json() == {"counts": [1, 3, 1]}


def test_a_device_that_sends_again_counts_once_and_changes_nothing(client: TestClient) -> None:
    for n in range(4):
        choose(client, 0, f"device {n}")
    for choice in (1, 1, 2, 1):
        told = choose(client, choice, "the same")
    assert told == [4, 1, 0]


@pytest.mark.parametrize("choice", ["3", "-1", "", "un", "00", "0\u0660"])
def test_only_a_choice_that_is_offered_counts(choice: str, client: TestClient) -> None:
    assert client.post(ADDRESS, data={"choice": choice}).status_code == 422


def test_choices_that_changed_are_counted_anew(root: Path, client: TestClient) -> None:
    for n in range(6):
        choose(client, 0, f"device {n}")
    forum.case(root, CASE, tags=["toux"], choices=[*THREE, "Rassurer"])
    assert client.get(ADDRESS).json() == {"counts": None}


@pytest.mark.parametrize("thread", ["2026-02-05-aaaa", "2026-03-20-dddd", "2099-01-01-aaaa", "..%2F..%2Fforum"])
def test_other_threads_are_as_if_they_were_not(thread: str, client: TestClient) -> None:
    assert client.post(f"/avis/{thread}", data={"choice": "0"}).status_code == 404
    assert client.get(f"/avis/{thread}").status_code == 404


def test_a_case_kept_to_members_is_not_counted(root: Path, client: TestClient) -> None:
    forum.case(root, CASE, tags=["toux"], choices=THREE, visibility="members")
    assert client.post(ADDRESS, data={"choice": "0"}).status_code == 404


def test_a_choice_is_no_answer_to_a_survey(client: TestClient, store: AnswerStore) -> None:
    choose(client, 0, "device")
    assert kept(store) == []


def test_the_counts_go_to_a_file_that_the_site_reads(root: Path, client: TestClient, store: AnswerStore) -> None:
    for n, choice in enumerate((0, 1, 1, 2, 1)):
        choose(client, choice, f"device {n}")
    url = store.engine.url.render_as_string(hide_password=False)
    assert write_choices(root, url, DURING) == 1
    head, line = (root / "surveys/choices.csv").read_text(encoding="utf-8").splitlines()
    assert head == "case,choices,counts,day"
    assert line.split(",")[0] == CASE and line.endswith(",1 3 1,2023-04-01")
    page = forum.from_nothing(root)[f"cas/{CASE}/index.html"].decode()
    assert 'data-counted="1 3 1"' in page


def test_fewer_than_five_do_not_leave_the_database(root: Path, client: TestClient, store: AnswerStore) -> None:
    choose(client, 1, "device")
    assert write_choices(root, store.engine.url.render_as_string(hide_password=False), DURING) == 0
