"""The moderators' tables: who they are, the links that let them in once, their devices and open sessions.

Links and cookies are stored as digests: who reads the database can't sign in with it.
"""

from __future__ import annotations

import sqlalchemy as sql

from divan.proposals.tables import METADATA

MODERATORS = sql.Table(
    "moderators",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("name", sql.Text, nullable=False, unique=True),
    sql.Column("added", sql.Text, nullable=False),
    sql.Column("revoked", sql.Boolean, nullable=False, default=False),
)

INVITATIONS = sql.Table(
    "invitations",
    METADATA,
    sql.Column("token", sql.Text, primary_key=True),
    sql.Column("moderator", sql.Integer, sql.ForeignKey("moderators.id"), nullable=False),
    sql.Column("expires", sql.BigInteger, nullable=False),
)

DEVICES = sql.Table(
    "devices",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("moderator", sql.Integer, sql.ForeignKey("moderators.id"), nullable=False),
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("credential", sql.Text, unique=True),
    sql.Column("public_key", sql.LargeBinary),
    sql.Column("sign_count", sql.Integer, nullable=False, default=0),
    sql.Column("seen", sql.Text, nullable=False),
)

SESSIONS = sql.Table(
    "desk_sessions",
    METADATA,
    sql.Column("token", sql.Text, primary_key=True),
    sql.Column("device", sql.Integer, sql.ForeignKey("devices.id"), nullable=False),
    sql.Column("expires", sql.BigInteger, nullable=False),
)

CHALLENGES = sql.Table(
    "desk_challenges",
    METADATA,
    sql.Column("challenge", sql.Text, primary_key=True),
    sql.Column("expires", sql.BigInteger, nullable=False),
)

DAYS_TOLD = sql.Table("desk_days_told", METADATA, sql.Column("day", sql.Text, primary_key=True))
