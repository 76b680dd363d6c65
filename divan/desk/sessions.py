"""Open sessions: a cookie's secret, the device it was given to, and a passkey where the device can hold one."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sql

from divan.collector.database import failures
from divan.desk.secret import digest
from divan.desk.tables import CHALLENGES, DEVICES, MODERATORS, SESSIONS

COOKIE_LASTS = 180 * 24 * 3600
PASSKEY_SESSION_LASTS = 12 * 3600
_CHALLENGE_LASTS = 300


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A moderator at work, on one device, with or without a passkey there; ``session`` is the cookie's secret."""

    moderator: int
    name: str
    device: int
    device_name: str
    passkey: bool
    session: str


class Sessions:
    """The open sessions; ``clock`` gives seconds since 1970."""

    def __init__(self, engine: sql.Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine, self._clock = engine, clock

    def open(self, device: int, lasts: int = COOKIE_LASTS) -> str:
        """The secret of a new session: one that a browser brings is never taken over."""
        secret = secrets.token_urlsafe(32)
        with failures(), self._engine.begin() as connection:
            row = {"token": digest(secret), "device": device, "expires": int(self._clock()) + lasts}
            connection.execute(sql.insert(SESSIONS).values(**row))
        return secret

    def signed_in(self, secret: str) -> SignedIn | None:
        """Whose session this is, unless it is over, its device is gone or they are no longer a moderator."""
        joined = SESSIONS.join(DEVICES).join(MODERATORS)
        columns = MODERATORS.c.id, MODERATORS.c.name, DEVICES.c.id.label("device"), DEVICES.c.name.label("device_name")
        current = (SESSIONS.c.token == digest(secret)) & (SESSIONS.c.expires >= int(self._clock()))
        query = sql.select(*columns, DEVICES.c.credential).select_from(joined)
        with failures(), self._engine.connect() as connection:
            row = connection.execute(query.where(current, MODERATORS.c.revoked.is_(False))).first()
        if row is None:
            return None
        return SignedIn(row.id, row.name, row.device, row.device_name, row.credential is not None, secret)

    def close(self, secret: str) -> None:
        """End a session."""
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(SESSIONS).where(SESSIONS.c.token == digest(secret)))

    def remember_challenge(self, challenge: str) -> None:
        """Keep a passkey's challenge until it is answered, once."""
        now = int(self._clock())
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(CHALLENGES).where(CHALLENGES.c.expires < now))
            connection.execute(sql.insert(CHALLENGES).values(challenge=challenge, expires=now + _CHALLENGE_LASTS))

    def use_challenge(self, challenge: str) -> bool:
        """Whether this challenge was ours and had not served."""
        ours = (CHALLENGES.c.challenge == challenge) & (CHALLENGES.c.expires >= int(self._clock()))
        with failures(), self._engine.begin() as connection:
            return connection.execute(sql.delete(CHALLENGES).where(ours)).rowcount == 1

    def give_passkey(self, who: SignedIn, credential: str, public_key: bytes, sign_count: int) -> None:
        """This device signs in with a passkey from now on, and its open session becomes a short one."""
        key = {"credential": credential, "public_key": public_key, "sign_count": sign_count}
        expires = int(self._clock()) + PASSKEY_SESSION_LASTS
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.update(DEVICES).where(DEVICES.c.id == who.device).values(**key))
            shorter = sql.update(SESSIONS).where(SESSIONS.c.device == who.device)
            connection.execute(shorter.values(expires=expires))

    def passkey(self, credential: str) -> tuple[bytes, int] | None:
        """The public key and the counter of a passkey; None when it is not known."""
        query = sql.select(DEVICES.c.public_key, DEVICES.c.sign_count).select_from(DEVICES.join(MODERATORS))
        query = query.where(DEVICES.c.credential == credential, MODERATORS.c.revoked.is_(False))
        with failures(), self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (bytes(row.public_key), row.sign_count) if row else None

    def enter_by_passkey(self, credential: str, sign_count: int) -> str:
        """A new session for the device of this passkey."""
        seen = {"sign_count": sign_count, "seen": date.today().isoformat()}
        update = sql.update(DEVICES).where(DEVICES.c.credential == credential).values(**seen)
        with failures(), self._engine.begin() as connection:
            device = connection.execute(update.returning(DEVICES.c.id)).scalar_one()
        return self.open(device, PASSKEY_SESSION_LASTS)
