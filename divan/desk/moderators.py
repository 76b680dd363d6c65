"""Who may moderate: declared by name, let in once by a link, listed and revoked with their devices. No password."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sql

from divan.collector.database import failures
from divan.collector.older_tables import make_tables
from divan.desk.secret import digest
from divan.desk.tables import DEVICES, INVITATIONS, MODERATORS, SESSIONS
from divan.proposals.tables import METADATA

INVITATION_LASTS = 48 * 3600


@dataclass(frozen=True, slots=True)
class Device:
    """A telephone or computer that a moderator has entered with; ``seen`` is the last day it signed in."""

    id: int
    name: str
    passkey: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A moderator as ``divan moderators list`` shows them."""

    name: str
    added: str
    revoked: bool
    devices: tuple[Device, ...]


class Moderators:
    """The declared moderators, in the collector's database; ``clock`` gives seconds since 1970."""

    def __init__(self, engine: sql.Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine, self._clock = engine, clock
        make_tables(engine, METADATA)

    def invite(self, name: str) -> str:
        """Declare a moderator, or welcome them back, and return the token of a link that works once."""
        token = secrets.token_urlsafe(32)
        with failures(), self._engine.begin() as connection:
            known = connection.execute(sql.select(MODERATORS.c.id).where(MODERATORS.c.name == name)).scalar()
            if known is None:
                row = sql.insert(MODERATORS).values(name=name, added=date.today().isoformat())
                known = connection.execute(row.returning(MODERATORS.c.id)).scalar_one()
            connection.execute(sql.update(MODERATORS).where(MODERATORS.c.id == known).values(revoked=False))
            connection.execute(sql.delete(INVITATIONS).where(INVITATIONS.c.moderator == known))
            expires = int(self._clock()) + INVITATION_LASTS
            row = sql.insert(INVITATIONS).values(token=digest(token), moderator=known, expires=expires)
            connection.execute(row)
        return token

    def is_invited(self, token: str) -> bool:
        """Whether this link still works; looking at it (as messengers do to show a preview) does not use it up."""
        query = sql.select(INVITATIONS.c.token).where(self._valid(token))
        with failures(), self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def accept(self, token: str, device_name: str) -> int | None:
        """Use an invitation up: this device is known from now on; its number, or None."""
        with failures(), self._engine.begin() as connection:
            used = sql.delete(INVITATIONS).where(self._valid(token)).returning(INVITATIONS.c.moderator)
            moderator = connection.execute(used).scalar()
            if moderator is None:
                return None
            today = date.today().isoformat()
            row = sql.insert(DEVICES).values(moderator=moderator, name=device_name[:60], seen=today)
            return int(connection.execute(row.returning(DEVICES.c.id)).scalar_one())

    def _valid(self, token: str) -> sql.ColumnElement[bool]:
        return (INVITATIONS.c.token == digest(token)) & (INVITATIONS.c.expires >= int(self._clock()))

    def listed(self) -> list[Listed]:
        """Every moderator with their devices, by name."""
        with failures(), self._engine.connect() as connection:
            people = connection.execute(sql.select(MODERATORS).order_by(MODERATORS.c.name)).all()
            devices = connection.execute(sql.select(DEVICES).order_by(DEVICES.c.id)).all()
        return [
            Listed(
                p.name, p.added, p.revoked,
                tuple(Device(d.id, d.name, d.credential is not None, d.seen) for d in devices if d.moderator == p.id),
            ) for p in people
        ]  # fmt: skip

    def revoke(self, name: str) -> bool:
        """Close every session and device of a moderator; False when nobody has this name."""
        with failures(), self._engine.begin() as connection:
            who = connection.execute(sql.select(MODERATORS.c.id).where(MODERATORS.c.name == name)).scalar()
            if who is None:
                return False
            connection.execute(sql.update(MODERATORS).where(MODERATORS.c.id == who).values(revoked=True))
            connection.execute(sql.delete(INVITATIONS).where(INVITATIONS.c.moderator == who))
            _forget_devices(connection, DEVICES.c.moderator == who)
        return True

    def revoke_device(self, device: int, moderator: int | None = None) -> bool:
        """Forget one device (of this moderator); False when there is no such."""
        chosen = DEVICES.c.id == device
        if moderator is not None:
            chosen &= DEVICES.c.moderator == moderator
        with failures(), self._engine.begin() as connection:
            return _forget_devices(connection, chosen) > 0


def _forget_devices(connection: sql.Connection, chosen: sql.ColumnElement[bool]) -> int:
    numbers = sql.select(DEVICES.c.id).where(chosen)
    connection.execute(sql.delete(SESSIONS).where(SESSIONS.c.device.in_(numbers)))
    return connection.execute(sql.delete(DEVICES).where(chosen)).rowcount
