"""The database, its key and the list of who received which code do not tell, together, who gave which answer.

Somebody tries: by what is equal on both sides, by the order in which things were written, by what the file still holds.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sql
from stdnum import luhn

from divan.collector.answer_admission import unpacked
from divan.collector.database import HANDED_CODES, METADATA, SPENT_CODES
from divan.collector.store import AnswerStore
from divan.sources.copied_letters import LETTERS, in_groups
from divan.tokens.invitation_code import LENGTH
from tests.collector.invited import KEY, Invitations, invite
from tests.collector.sending import ADDRESS, ANSWER
from tests.tokens.blinding_phone import Blinding, blinding, packed

PEOPLE = 16
CODE_SIDE = (HANDED_CODES, SPENT_CODES)


@pytest.fixture
def invited(store: AnswerStore, tmp_path: Path) -> Iterator[Invitations]:
    drawn = random.Random(55)
    letters = ["".join(drawn.choices(LETTERS, k=LENGTH - 1)) for _ in range(PEOPLE)]
    codes = [in_groups(code + luhn.calc_check_digit(code, alphabet=LETTERS)) for code in letters]
    made = invite(store, tmp_path / "keys", PEOPLE, codes)
    with made.client:
        yield made


def answer_in_turn(invited: Invitations, order: Sequence[int], phones: Sequence[Blinding]) -> None:
    """Each in turn changes a code and answers at once, the worst case; every third has no script."""
    for person in order:
        code, phone = invited.codes[person], phones[person]
        if person % 3:
            told = invited.sign(code, phone)
            given = {"token": phone.token(unpacked(told.json()["signature"]))}
        else:
            given = {"invitation": code}
        sent = invited.answer(**given, submission=f"s-{person}", why_not=f"person {person}")
        assert sent.status_code == 200


def rows(store: AnswerStore, table: sql.Table) -> list[dict[str, object]]:
    """Every row as it lies, with the place and the transaction that the database keeps for itself."""
    own = "ctid, xmin" if store.engine.dialect.name == "postgresql" else "rowid"
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sql.text(f"SELECT {own}, * FROM {table.name}")).mappings()]


def in_order(store: AnswerStore, table: sql.Table) -> list[dict[str, object]]:
    return sorted(rows(store, table), key=lambda row: str(row.get("xmin", row.get("rowid"))).zfill(12))


def given(invited: Invitations) -> list[str]:
    """The answers in the order in which they lie; each says whose it is, which nothing else should."""
    found = in_order(invited.store, METADATA.tables["answers"])
    return [json.loads(str(row["answers"]))["why_not"] for row in found]


def test_the_side_of_the_codes_is_the_same_whoever_came_first(invited: Invitations, tmp_path: Path) -> None:
    """What is kept of the codes depends on which have served, and on nothing else: no order can be read from it."""
    phones = [blinding(invited.signing.public) for _ in range(PEOPLE)]
    order = random.Random(16).sample(range(PEOPLE), PEOPLE)
    answer_in_turn(invited, order, phones)
    with other_way_round(invited, order, phones, tmp_path) as backwards:
        arrived = [given(invited), given(backwards)]
        assert arrived[0] == [*reversed(arrived[1])] == [f"person {person}" for person in order]
        assert kept_of_codes(invited) == kept_of_codes(backwards)


@contextmanager
def other_way_round(
    invited: Invitations, order: Sequence[int], phones: Sequence[Blinding], tmp_path: Path
) -> Iterator[Invitations]:
    with AnswerStore(f"sqlite:///{tmp_path}/backwards.sqlite") as store:
        again = invite(store, tmp_path / "keys", PEOPLE, codes=invited.codes)
        with again.client:
            answer_in_turn(again, [*reversed(order)], phones)
            yield again


def kept_of_codes(invited: Invitations) -> list[object]:
    """All that is kept of codes, but for what the database draws by chance where no phone blinded anything."""
    codes = [row["code"] for row in rows(invited.store, HANDED_CODES)]
    (spent,) = rows(invited.store, SPENT_CODES)
    lines = [line.split(" ") for line in str(spent["codes"]).splitlines()]
    without_script = {KEY.invitation("pilote", "before", code) for code in invited.codes[::3]}
    assert {len(part) for line in lines for part in line} == {32}  # one who had no script looks like any other
    return [codes, spent["number"], [(code, "" if code in without_script else token) for code, token in lines]]


def test_nothing_of_the_answers_is_equal_to_anything_that_the_list_or_the_key_makes(invited: Invitations) -> None:
    phones = [blinding(invited.signing.public) for _ in range(PEOPLE)]
    answer_in_turn(invited, range(PEOPLE), phones)
    answers = json.dumps([rows(invited.store, METADATA.tables[name]) for name in ("answers", "tokens", "proofs")],
                         default=str)  # fmt: skip
    for code, phone in zip(invited.codes, phones, strict=True):
        for trace in (
            code, code.replace("-", ""), KEY.invitation("pilote", "before", code), packed(phone.blinded),
            KEY.blinded("pilote", "before", phone.blinded.hex()), packed(phone.serial), phone.serial.hex(),
        ):  # fmt: skip
            assert trace not in answers
    codes = json.dumps([rows(invited.store, table) for table in CODE_SIDE], default=str)
    assert not any(KEY.token("pilote", "before", phone.serial.hex()) in codes for phone in phones)
    assert not any(str(row["submission"]) in codes for row in rows(invited.store, METADATA.tables["answers"]))


def linked_by_order(codes: Sequence[object], invited: Invitations) -> int:
    """How many answers whoever reads both sides in the order in which they lie gives to the right person."""
    owner = {KEY.invitation("pilote", "before", code): f"person {n}" for n, code in enumerate(invited.codes)}
    return sum(owner[str(code)] == answer for code, answer in zip(codes, given(invited), strict=True))


def test_whoever_reads_both_sides_in_their_order_finds_nobody_but_by_chance(invited: Invitations) -> None:
    phones = [blinding(invited.signing.public) for _ in range(PEOPLE)]
    order = random.Random(9474).sample(range(PEOPLE), PEOPLE)
    naive = sql.Table("naive", sql.MetaData(), sql.Column("code", sql.Text))
    naive.create(invited.store.engine)
    for person in order:
        answer_in_turn(invited, [person], phones)
        with invited.store.engine.begin() as connection:  # what a table with a row a spent code would hold
            spent = KEY.invitation("pilote", "before", invited.codes[person])
            connection.execute(sql.insert(naive).values(code=spent))
    assert linked_by_order([row["code"] for row in in_order(invited.store, naive)], invited) == PEOPLE
    (spent,) = rows(invited.store, SPENT_CODES)
    sides = [[line.split(" ")[0] for line in str(spent["codes"]).splitlines()],
             [row["code"] for row in in_order(invited.store, HANDED_CODES)]]  # fmt: skip
    for codes in sides:
        assert linked_by_order(codes, invited) < 4  # chance alone puts one in its place on average


def test_the_file_holds_no_earlier_state_and_the_journal_neither(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    with AnswerStore(f"sqlite:///{file}") as store:
        made = invite(store, tmp_path / "keys", PEOPLE)
        phones = [blinding(made.signing.public) for _ in range(PEOPLE)]
        with made.client as client:
            for person in range(PEOPLE):
                if person % 3:
                    made.sign(made.codes[person], phones[person])
                else:
                    client.post(ADDRESS, data={**ANSWER, "invitation": made.codes[person], "submission": f"s-{person}"})
                assert (tmp_path / "answers.sqlite-wal").stat().st_size == 0
            content = file.read_bytes()
    hashes = [KEY.invitation("pilote", "before", code).encode() for code in made.codes]
    # the row and the index of the codes handed out, and the one text of those that have served
    assert {content.count(one) for one in hashes} == {3}
    assert not any(code.encode() in content for code in made.codes)
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)
