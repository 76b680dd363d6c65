"""The list of who receives the letter: asked, confirmed by a link in a mail, left at any time."""

from __future__ import annotations

import hmac
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sql

from divan.collector.database import failures, insert_of
from divan.collector.older_tables import make_tables
from divan.letter.tables import DELIVERIES, METADATA, SUBSCRIBERS

UNCONFIRMED_KEPT = timedelta(days=7)
LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Subscriber(NamedTuple):
    """Someone who confirmed; ``token`` opens their own address for leaving."""

    id: int
    address: str
    token: str


class Delivery(StrEnum):
    """What became of one letter for one reader; ``leaving`` was on its way when something stopped."""

    LEAVING = "leaving"
    SENT = "sent"
    REFUSED = "refused"


def read_address(typed: str) -> str | None:
    """An address as it can be written to, or None."""
    local, at, host = typed.strip().rpartition("@")
    address = f"{local}{at}{host.lower()}"
    return address if len(address) <= LONGEST and _ADDRESS.fullmatch(address) else None


class Subscribers:
    """The list in the collector's database; ``secret`` makes tokens that nobody can guess."""

    def __init__(self, engine: sql.Engine, secret: str) -> None:
        self.engine, self._secret = engine, secret
        self._insert = insert_of(engine.dialect)
        make_tables(engine, METADATA)

    def ask(self, address: str, today: date) -> str | None:
        """Note that an address was given; its token when it has to be asked, once a day at most, None otherwise."""
        self._forget_unconfirmed(today)
        token = hmac.new(self._secret.encode(), f"letter\0{address}".encode(), "sha256").hexdigest()[:40]
        known = SUBSCRIBERS.c.address == address
        with failures(), self.engine.begin() as connection:
            row = {"address": address, "token": token, "day": today.isoformat(), "confirmed": False}
            added = self._insert(SUBSCRIBERS).values(**row).on_conflict_do_nothing().returning(SUBSCRIBERS.c.id)
            if connection.execute(added).scalar() is not None:
                return token
            again = known & SUBSCRIBERS.c.confirmed.is_(False) & (SUBSCRIBERS.c.day != today.isoformat())
            renewed = sql.update(SUBSCRIBERS).where(again).values(day=today.isoformat()).returning(SUBSCRIBERS.c.id)
            return token if connection.execute(renewed).scalar() is not None else None

    def not_asked(self, token: str) -> None:
        """The mail that asks could not leave: as if nothing had been given, so that one may try again."""
        with failures(), self.engine.begin() as connection:
            chosen = (SUBSCRIBERS.c.token == token) & SUBSCRIBERS.c.confirmed.is_(False)
            connection.execute(sql.delete(SUBSCRIBERS).where(chosen))

    def confirm(self, token: str) -> bool:
        """Whether this token is someone's, who receives the letter from now on."""
        with failures(), self.engine.begin() as connection:
            known = sql.update(SUBSCRIBERS).where(SUBSCRIBERS.c.token == token).values(confirmed=True)
            return connection.execute(known).rowcount == 1

    def leave(self, token: str) -> None:
        """Erase someone, with what left for them; nothing when nobody has this token, or no more."""
        with failures(), self.engine.begin() as connection:
            mine = sql.select(SUBSCRIBERS.c.id).where(SUBSCRIBERS.c.token == token)
            connection.execute(sql.delete(DELIVERIES).where(DELIVERIES.c.subscriber.in_(mine)))
            connection.execute(sql.delete(SUBSCRIBERS).where(SUBSCRIBERS.c.token == token))

    def confirmed(self) -> list[Subscriber]:
        """Those who receive the letter, in the order in which they came."""
        columns = SUBSCRIBERS.c.id, SUBSCRIBERS.c.address, SUBSCRIBERS.c.token
        chosen = sql.select(*columns).where(SUBSCRIBERS.c.confirmed.is_(True)).order_by(SUBSCRIBERS.c.id)
        with failures(), self.engine.connect() as connection:
            return [Subscriber(*row) for row in connection.execute(chosen)]

    def deliveries(self, week: str) -> dict[int, Delivery]:
        """What became of a week's letter, by subscriber."""
        chosen = sql.select(DELIVERIES.c.subscriber, DELIVERIES.c.state).where(DELIVERIES.c.week == week)
        with failures(), self.engine.connect() as connection:
            return {row.subscriber: Delivery(row.state) for row in connection.execute(chosen)}

    def claim(self, week: str, subscriber: int) -> bool:
        """Whether this letter is ours to send: no other process, now or before a kill, began to."""
        row = {"week": week, "subscriber": subscriber, "state": Delivery.LEAVING}
        with failures(), self.engine.begin() as connection:
            claimed = self._insert(DELIVERIES).values(**row).on_conflict_do_nothing().returning(DELIVERIES.c.week)
            return connection.execute(claimed).scalar() is not None

    def settle(self, week: str, subscriber: int, state: Delivery | None) -> None:
        """Say what became of a letter; None when it did not leave and may be tried again."""
        mine = (DELIVERIES.c.week == week) & (DELIVERIES.c.subscriber == subscriber)
        with failures(), self.engine.begin() as connection:
            if state:
                connection.execute(sql.update(DELIVERIES).where(mine).values(state=state))
            else:
                connection.execute(sql.delete(DELIVERIES).where(mine))

    def _forget_unconfirmed(self, today: date) -> None:
        oldest = (today - UNCONFIRMED_KEPT).isoformat()
        with failures(), self.engine.begin() as connection:
            late = SUBSCRIBERS.c.confirmed.is_(False) & (SUBSCRIBERS.c.day < oldest)
            connection.execute(sql.delete(SUBSCRIBERS).where(late))
