"""Whatever is sent: no error 5xx, and no row that the questionnaire forbids.

DIVAN_FUZZ_EXAMPLES=40000 pytest tests/collector/test_fuzz.py     (about ten minutes)
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from starlette.testclient import TestClient

from divan.collector.database import ANSWERS
from divan.collector.store import AnswerStore
from surveys.questionnaire import Item, ItemType
from surveys.validation import validate
from tests.collector.sending import ADDRESS, ANSWER, STUDY, client_for, kept

QUESTIONNAIRE = STUDY.wave("before").questionnaire
FUZZ = settings(
    max_examples=int(os.environ.get("DIVAN_FUZZ_EXAMPLES", "150")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ANY_TEXT = some.one_of(
    some.text(max_size=30),
    some.sampled_from(["", "=1+1", "\0", "٤٢", "a\tb", "é" * 5000, "0042", "-1", "1e3", "';--", "\u202e", "<b>"]),
)
HIDDEN = ("submission", "website", "elapsed", "altcha", "practice_other", "inconnu")


def plausible(item: Item) -> some.SearchStrategy[list[str]]:
    one = some.sampled_from([choice.id for choice in item.choices]) if item.choices else ANY_TEXT
    return some.lists(some.one_of(one, ANY_TEXT), max_size=3)


FIELDS = some.fixed_dictionaries(
    {},
    optional={item.id: plausible(item) for item in QUESTIONNAIRE.items}
    | {name: some.lists(ANY_TEXT, max_size=2) for name in HIDDEN},
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, AnswerStore]]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with AnswerStore(f"sqlite:///{folder}/answers.sqlite") as store, client_for(store) as client:
        yield client, store


@FUZZ
@given(changed=FIELDS)
def test_any_fields(opened: tuple[TestClient, AnswerStore], changed: dict[str, list[str]]) -> None:
    client, store = opened
    page = client.post(ADDRESS, data=ANSWER | {"submission": ""} | changed)
    assert page.status_code in (200, 400, 413, 422)
    for row in [*kept(store), *kept(store, quarantined=True)]:
        again = validate(QUESTIONNAIRE, {column: listed(column, cell) for column, cell in row.items()})
        assert (again.answers, again.faults) == (row, ())
    forget_all(store)


def listed(column: str, cell: str) -> list[str]:
    several = {item.id for item in QUESTIONNAIRE.items if item.type == ItemType.SEVERAL}
    return cell.split(";") if column in several else [cell]


def forget_all(store: AnswerStore) -> None:
    with store._engine.begin() as connection:
        connection.execute(sqlalchemy.delete(ANSWERS))


@FUZZ
@given(
    body=some.binary(max_size=400),
    kind=some.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "",
            ";",
        ]
    ),
    method=some.sampled_from(["POST", "GET", "PUT", "HEAD", "DELETE", "OPTIONS"]),
    tail=some.text(max_size=10),
)
def test_any_request(opened: tuple[TestClient, AnswerStore], body: bytes, kind: str, method: str, tail: str) -> None:
    client, _ = opened
    page = client.request(method, ADDRESS + quote(tail, errors="replace"), content=body, headers={"content-type": kind})
    assert page.status_code < 500
