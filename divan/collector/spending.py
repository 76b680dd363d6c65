"""What admits an answer is spent once: a code handed to a member, or the token that was signed for one.

Nothing ties the two. The spent codes of a wave are one sorted text, the same whatever the order in which they came;
each has beside it the hash of a blinded token, or as many drawn letters where no device blinded any.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

import sqlalchemy as sql

from divan.collector.answer_rows import Sent
from divan.collector.database import ANSWERS, HANDED_CODES, SPENT_CODES, TOKENS, failures, insert_of

_TRIES = 20
UNKNOWN = "Ce code n'est pas de cette enquête ; vérifiez celui que vous avez reçu."
SPENT = "Ce code a déjà servi. Si ce n'est pas par vous, demandez-en un autre à qui vous interroge."


class CodeRefusedError(Exception):
    """A code or a token that admits nothing here, or no more; its text is a French sentence for who sent it."""


def hand_out(engine: sql.Engine, study: str, wave: str, codes: Iterable[str]) -> None:
    """Let these codes (keyed hashes) answer; they are written sorted, not as they are printed."""
    rows = [{"study": study, "wave": wave, "code": code} for code in sorted(codes)]
    with failures(), engine.begin() as connection:
        connection.execute(sql.insert(HANDED_CODES), rows)


def counted(engine: sql.Engine, study: str, wave: str) -> tuple[int, int]:
    """How many codes of a wave were handed out, and how many have served."""
    of_wave = sql.select(sql.func.count()).select_from(HANDED_CODES).where(_of(HANDED_CODES, study, wave))
    with failures(), engine.connect() as connection:
        handed = connection.execute(of_wave).scalar_one()
        return handed, len(_spent(connection, study, wave))


def spend(connection: sql.Connection, sent: Sent) -> None:
    """Spend what an answer came with; CodeRefusedError when it can't be. The same answer sent again spends nothing."""
    if sent.token:
        _spend_token(connection, sent)
        return
    if not sent.code or _kept(connection, sent.submission):
        return
    if not spend_code(connection, sent.study, sent.wave, sent.code, secrets.token_hex(len(sent.code) // 2)):
        raise CodeRefusedError(SPENT)


def spend_code(connection: sql.Connection, study: str, wave: str, code: str, blinded: str) -> bool:
    """Spend a code for a blinded token; False when it has served for another, CodeRefusedError when it is no code."""
    asked = _of(HANDED_CODES, study, wave) & (HANDED_CODES.c.code == code)
    if connection.execute(sql.select(HANDED_CODES.c.code).where(asked)).first() is None:
        raise CodeRefusedError(UNKNOWN)
    for _ in range(_TRIES):  # another may have written between the reading and the writing
        spent = _spent(connection, study, wave)
        if code in spent:
            return spent[code] == blinded
        if _write(connection, study, wave, spent, code, blinded):
            return True
    raise sql.exc.TimeoutError("spent_codes")


def _of(table: sql.Table, study: str, wave: str) -> sql.ColumnElement[bool]:
    return (table.c.study == study) & (table.c.wave == wave)


def _spent(connection: sql.Connection, study: str, wave: str) -> Mapping[str, str]:
    of_wave = sql.select(SPENT_CODES.c.codes).where(_of(SPENT_CODES, study, wave))
    codes = connection.execute(of_wave).scalar_one_or_none() or ""
    return dict(line.split(" ") for line in codes.splitlines())


def _write(
    connection: sql.Connection, study: str, wave: str, spent: Mapping[str, str], code: str, blinded: str
) -> bool:
    lines = sorted(f"{one} {token}" for one, token in {**spent, code: blinded}.items())
    row = {"number": len(lines), "codes": "\n".join(lines)}
    if not spent:
        first = (
            insert_of(connection.dialect)(SPENT_CODES).values(study=study, wave=wave, **row).on_conflict_do_nothing()
        )
        return connection.execute(first).rowcount == 1
    as_read = _of(SPENT_CODES, study, wave) & (SPENT_CODES.c.number == len(spent))
    return connection.execute(sql.update(SPENT_CODES).where(as_read).values(row)).rowcount == 1


def _spend_token(connection: sql.Connection, sent: Sent) -> None:
    insert = insert_of(connection.dialect)(TOKENS)
    row = insert.values(token=sent.token, study=sent.study, wave=sent.wave, submission=sent.submission)
    if connection.execute(row.on_conflict_do_nothing()).rowcount == 1:
        return
    same = (TOKENS.c.token == sent.token) & (TOKENS.c.submission == sent.submission)
    if connection.execute(sql.select(TOKENS.c.token).where(same)).first() is None:
        raise CodeRefusedError(SPENT)


def _kept(connection: sql.Connection, submission: str) -> bool:
    return connection.execute(sql.select(ANSWERS.c.id).where(ANSWERS.c.submission == submission)).first() is not None
