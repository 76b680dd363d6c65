"""Who receives the letter, and which letters left: beside the answers, never in git.

An address, the day it was given, whether it was confirmed: nothing else. Who leaves is erased with what left for them.
"""

from __future__ import annotations

import sqlalchemy as sql

METADATA = sql.MetaData()

SUBSCRIBERS = sql.Table(
    "letter_subscribers",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("address", sql.Text, nullable=False, unique=True),
    sql.Column("token", sql.Text, nullable=False, unique=True),
    sql.Column("day", sql.Text, nullable=False),
    sql.Column("confirmed", sql.Boolean, nullable=False, default=False),
    sqlite_autoincrement=True,
)

DELIVERIES = sql.Table(
    "letter_deliveries",
    METADATA,
    sql.Column("week", sql.Text, primary_key=True),
    sql.Column("subscriber", sql.Integer, primary_key=True),
    sql.Column("state", sql.Text, nullable=False),
)
