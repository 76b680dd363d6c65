"""The proposals' tables, beside the answers' own: what was sent, its images, whom to write to, and how it is published.

Nothing here says who proposed: days instead of times, the receipt and the retry key as keyed hashes.
"""

from __future__ import annotations

import sqlalchemy as sql

METADATA = sql.MetaData()

PROPOSALS = sql.Table(
    "proposals",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("uid", sql.Text, nullable=False, unique=True),
    sql.Column("submission", sql.Text, nullable=False, unique=True),
    sql.Column("receipt", sql.Text, nullable=False, index=True),
    sql.Column("kind", sql.Text, nullable=False),
    sql.Column("target", sql.Text, nullable=False),
    sql.Column("fields", sql.Text, nullable=False),
    sql.Column("state", sql.Text, nullable=False, index=True),
    sql.Column("since", sql.Text, nullable=False),
    sql.Column("arrived", sql.Text, nullable=False),
    sql.Column("words", sql.Text, nullable=False, default=""),
    sql.Column("link", sql.Text, nullable=False, default=""),
    sql.Column("version", sql.Integer, nullable=False, default=1),
    sql.Column("second", sql.Boolean, nullable=False, default=False),
    sql.Column("urgent", sql.Boolean, nullable=False, default=False),
    sql.Column("announced", sql.Boolean, nullable=False, default=False),
    sql.Column("doubts", sql.Text, nullable=False, default=""),
    sqlite_autoincrement=True,
)

PICTURES = sql.Table(
    "proposal_pictures",
    METADATA,
    sql.Column("proposal", sql.Integer, sql.ForeignKey("proposals.id"), primary_key=True),
    sql.Column("position", sql.Integer, primary_key=True),
    sql.Column("suffix", sql.Text, nullable=False),
    sql.Column("alt", sql.Text, nullable=False),
    sql.Column("content", sql.LargeBinary, nullable=False),
)

CORRESPONDENTS = sql.Table(
    "proposal_correspondents",
    METADATA,
    sql.Column("proposal", sql.Integer, sql.ForeignKey("proposals.id"), primary_key=True),
    sql.Column("address", sql.Text, nullable=False),
    sql.Column("told", sql.Text, nullable=False, default="received"),
)

AGREEMENTS = sql.Table(
    "proposal_agreements",
    METADATA,
    sql.Column("proposal", sql.Integer, sql.ForeignKey("proposals.id"), primary_key=True),
    sql.Column("moderator", sql.Integer, primary_key=True),
    sql.Column("version", sql.Integer, nullable=False),
)

PUBLICATIONS = sql.Table(
    "publications",
    METADATA,
    sql.Column("proposal", sql.Integer, sql.ForeignKey("proposals.id"), primary_key=True),
    sql.Column("base", sql.Text, nullable=False),
    sql.Column("files", sql.Text, nullable=False),
    sql.Column("author", sql.Text, nullable=False),
    sql.Column("message", sql.Text, nullable=False),
    sql.Column("decided", sql.BigInteger, nullable=False),
    sql.Column("attempts", sql.Integer, nullable=False, default=0),
    sql.Column("next_try", sql.BigInteger, nullable=False, default=0),
    sql.Column("trouble", sql.Text, nullable=False, default=""),
)

DECISIONS = sql.Table(
    "decisions",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("day", sql.Text, nullable=False),
    sql.Column("kind", sql.Text, nullable=False),
    sql.Column("action", sql.Text, nullable=False),
    sql.Column("days", sql.Integer, nullable=False),
)
