"""An answer as a row of the table: what was sent, and what to do when its retry key has already served."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sql

from divan.collector.database import ANSWERS

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer ready to be kept. ``answers`` are tidy columns; ``doubts`` are reasons to quarantine it, or ().

    ``admission`` says how it was admitted; ``code`` or ``token`` is the keyed hash of what it spends.
    """

    study: str
    wave: str
    submission: str
    receipt: str
    day: str
    definition: str
    answers: Mapping[str, str]
    doubts: tuple[str, ...] = ()
    proof: str = ""
    proof_expires: int = 0
    admission: str = ""
    code: str = ""
    token: str = ""


def row_of(sent: Sent, doubts: tuple[str, ...]) -> Row:
    """The answer as the table holds it, with what is doubted of it."""
    return {
        "study": sent.study, "wave": sent.wave, "submission": sent.submission, "receipt": sent.receipt,
        "day": sent.day, "definition": sent.definition, "answers": json.dumps(sent.answers, ensure_ascii=False),
        "doubts": ",".join(doubts), "admission": sent.admission,
    }  # fmt: skip


def reused(connection: sql.Connection, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows whose retry key is already kept with other answers, under a key of their own and with a doubt."""
    keys = ANSWERS.c.submission.in_({row["submission"] for row in rows})
    found = connection.execute(sql.select(ANSWERS.c.submission, ANSWERS.c.answers).where(keys))
    kept = {row.submission: row.answers for row in found}
    for row in rows:
        if kept[row["submission"]] != row["answers"]:
            own = hashlib.sha256(row["answers"].encode("utf-8", "surrogatepass")).hexdigest()
            doubts = ",".join(filter(None, (row["doubts"], "submission_reused")))
            yield row | {"submission": f"{row['submission']}:{own}", "doubts": doubts}
