"""What lasts at the desk: a link, a session, a challenge, to the second; and what its log keeps of the time it took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sql

from divan.desk.moderators import Moderators
from divan.desk.queue import PendingPublication, Queue
from divan.desk.sessions import Sessions
from divan.desk.tables import CHALLENGES, METADATA
from divan.proposals.model import New, ProposalState
from divan.proposals.store import ProposalStore

HOUR = 3600
ARRIVED = date(2026, 11, 1)


class Clock:
    """Seconds since 1970, as the test says."""

    now = 1_000_000

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine() -> Iterator[sql.Engine]:
    made = sql.create_engine("sqlite://", poolclass=sql.StaticPool)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def moderators(engine: sql.Engine, clock: Clock) -> Moderators:
    return Moderators(engine, clock)


@pytest.fixture
def sessions(moderators: Moderators, engine: sql.Engine, clock: Clock) -> Sessions:
    return Sessions(engine, clock)


def device_of(moderators: Moderators, name: str = "Anouk", device: str = "Téléphone") -> int:
    number = moderators.accept(moderators.invite(name), device)
    assert number is not None
    return number


def test_a_link_works_for_two_days_to_the_second(moderators: Moderators, clock: Clock) -> None:
    token = moderators.invite("Anouk")
    clock.now += 48 * HOUR
    assert moderators.is_invited(token)
    clock.now += 1
    assert not moderators.is_invited(token)
    assert moderators.accept(token, "Téléphone") is None


def test_a_new_link_undoes_the_one_before_and_welcomes_back(moderators: Moderators) -> None:
    first = moderators.invite("Anouk")
    moderators.revoke("Anouk")
    second = moderators.invite("Anouk")
    assert (moderators.is_invited(first), moderators.is_invited(second)) == (False, True)
    assert [(one.name, one.revoked) for one in moderators.listed()] == [("Anouk", False)]


def test_a_device_has_a_short_name_and_no_passkey_at_first(moderators: Moderators) -> None:
    device_of(moderators, device="a" * 61)
    [one] = moderators.listed()
    [device] = one.devices
    assert (device.name, device.passkey, device.seen, one.added) == (
        "a" * 60, False, date.today().isoformat(), date.today().isoformat(),
    )  # fmt: skip


@pytest.mark.parametrize(("passkey", "lasts"), [(False, 180 * 24 * HOUR), (True, 12 * HOUR)])
def test_a_session_lasts_half_a_year_or_half_a_day_with_a_passkey(
    passkey: bool, lasts: int, moderators: Moderators, sessions: Sessions, clock: Clock
) -> None:
    device = device_of(moderators)
    secret = sessions.open(device)
    if passkey:
        who = sessions.signed_in(secret)
        assert who is not None and (who.name, who.device_name, who.passkey) == ("Anouk", "Téléphone", False)
        sessions.give_passkey(who, "clef", b"public", 7)
        assert sessions.passkey("clef") == (b"public", 7)
        secret = sessions.enter_by_passkey("clef", 8)
        assert sessions.passkey("clef") == (b"public", 8)
    clock.now += lasts
    found = sessions.signed_in(secret)
    assert found is not None and (found.device, found.passkey, found.session) == (device, passkey, secret)
    clock.now += 1
    assert sessions.signed_in(secret) is None


def test_the_session_that_received_a_passkey_is_shortened(
    moderators: Moderators, sessions: Sessions, clock: Clock
) -> None:
    secret = sessions.open(device_of(moderators))
    who = sessions.signed_in(secret)
    assert who is not None
    sessions.give_passkey(who, "clef", b"public", 0)
    clock.now += 12 * HOUR
    assert sessions.signed_in(secret) is not None
    clock.now += 1
    assert sessions.signed_in(secret) is None


def test_the_passkey_of_whoever_was_sent_away_opens_nothing(moderators: Moderators, sessions: Sessions) -> None:
    secret = sessions.open(device_of(moderators))
    who = sessions.signed_in(secret)
    assert who is not None
    sessions.give_passkey(who, "clef", b"public", 0)
    assert moderators.revoke("Anouk")
    assert (sessions.passkey("clef"), sessions.signed_in(secret)) == (None, None)
    assert sessions.passkey("autre") is None
    assert not moderators.revoke("Personne")


def test_a_device_is_forgotten_by_its_own_moderator(moderators: Moderators, sessions: Sessions) -> None:
    device = device_of(moderators)
    other = device_of(moderators, "Barnabé")
    kept, secret = sessions.open(other), sessions.open(device)
    owner = sessions.signed_in(secret)
    assert owner is not None
    assert not moderators.revoke_device(other, owner.moderator)
    assert moderators.revoke_device(device, owner.moderator)
    assert not moderators.revoke_device(device, owner.moderator)
    assert (sessions.signed_in(secret), sessions.signed_in(kept) is None) == (None, False)


def test_a_challenge_serves_once_within_five_minutes(sessions: Sessions, clock: Clock, engine: sql.Engine) -> None:
    sessions.remember_challenge("a")
    sessions.remember_challenge("b")
    clock.now += 300
    assert [sessions.use_challenge("a"), sessions.use_challenge("a")] == [True, False]
    sessions.remember_challenge("c")
    clock.now += 1
    assert not sessions.use_challenge("b")
    sessions.remember_challenge("d")
    with engine.connect() as connection:
        left = connection.execute(sql.select(CHALLENGES.c.challenge).order_by(CHALLENGES.c.challenge)).scalars().all()
    assert left == ["c", "d"]


def kept(store: ProposalStore, name: str, arrived: date, *, urgent: bool = False):  # type: ignore[no-untyped-def]
    new = New(name, f"reçu de {name}", "reply", {"text": ["Oui."]}, arrived.isoformat(), urgent=urgent)
    return store.keep_one(new)


@pytest.fixture
def queue(engine: sql.Engine) -> Queue:
    return Queue(ProposalStore(engine))


def test_the_urgent_then_the_oldest_come_first(queue: Queue) -> None:
    for name, urgent in (("a", False), ("b", False), ("c", True)):
        kept(queue.store, name, ARRIVED, urgent=urgent)
    assert [one.id for one in queue.waiting()] == [3, 1, 2]


def test_the_time_that_reviews_take_is_the_median_of_days(queue: Queue) -> None:
    assert (queue.times(ARRIVED).median_age, queue.times(ARRIVED).median_review) == (None, None)
    three = [kept(queue.store, name, ARRIVED) for name in "abc"]
    for proposal, days in zip(three, (1, 5, 8), strict=True):
        assert queue.settle(proposal, ProposalState.REFUSED, "déjà dit", ARRIVED + timedelta(days=days))
    kept(queue.store, "d", ARRIVED)
    kept(queue.store, "e", ARRIVED + timedelta(days=4))
    times = queue.times(ARRIVED + timedelta(days=10))
    assert (times.waiting, times.median_age, times.decided, times.median_review) == (2, 8.0, 3, 5)  # 10 and 6 days
    assert [(one.day, one.kind, one.action, one.days) for one in queue.decisions()] == [
        ("2026-11-09", "reply", "refused", 8), ("2026-11-06", "reply", "refused", 5),
        ("2026-11-02", "reply", "refused", 1),
    ]  # fmt: skip


def test_a_clock_that_was_put_back_makes_no_negative_wait(queue: Queue) -> None:
    proposal = kept(queue.store, "a", ARRIVED)
    assert queue.settle(proposal, ProposalState.REFUSED, "", ARRIVED - timedelta(days=1))
    assert [one.days for one in queue.decisions()] == [0]


def test_a_decision_holds_for_the_version_that_was_read_and_once(queue: Queue) -> None:
    proposal = kept(queue.store, "a", ARRIVED)
    files = {"content/replies/x/y.md": "é".encode(), "content/replies/x/z.md": None}
    publication = PendingPublication(proposal.id, "abc", files, "merle", "un message", 1_000)
    assert queue.accept(proposal, publication, ARRIVED)
    assert not queue.accept(proposal, publication, ARRIVED)
    assert not queue.settle(proposal, ProposalState.REFUSED, "", ARRIVED)
    assert [one.action for one in queue.decisions()] == ["published"]


def test_two_different_moderators_make_an_agreement_once_a_second_is_asked_for(queue: Queue) -> None:
    proposal = kept(queue.store, "a", ARRIVED)
    assert queue.agree(proposal, 1)
    assert queue.ask_second(proposal, 1)
    assert not queue.agree(proposal, 1)
    assert queue.agree(proposal, 2)


def test_no_column_may_be_left_empty_but_a_passkey_s() -> None:
    columns = [(table.name, column) for table in METADATA.tables.values() for column in table.columns]
    empty = [f"{table}.{column.name}" for table, column in columns if column.nullable]
    assert empty == ["devices.credential", "devices.public_key"]
    alone = [f"{table}.{column.name}" for table, column in columns if column.unique]
    assert alone == ["proposals.uid", "proposals.submission", "moderators.name", "devices.credential"]


def test_what_nobody_said_begins_at_nothing() -> None:
    columns = [(table.name, column) for table in METADATA.tables.values() for column in table.columns]
    begun = {f"{table}.{column.name}": column.default.arg for table, column in columns if column.default is not None}
    assert begun == {
        "proposals.words": "", "proposals.link": "", "proposals.doubts": "", "proposals.version": 1,
        "proposals.second": False, "proposals.urgent": False, "proposals.announced": False,
        "proposal_correspondents.told": "received", "publications.attempts": 0, "publications.next_try": 0,
        "publications.trouble": "", "moderators.revoked": False, "devices.sign_count": 0,
    }  # fmt: skip
