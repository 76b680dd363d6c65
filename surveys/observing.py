"""Remarks on the answers of a wave: counts that a moderator should see, and that no answer is changed for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from divan.privacy.detect import find_identifiers
from surveys.codes import well_formed
from surveys.questionnaire import FREE, CodeFormat, Item, ItemType
from surveys.quotas import quota_lines
from surveys.responses import Responses, Row


def observations(responses: Responses) -> Iterator[str]:
    """French remarks: codes that cannot pair, answers where none was asked, gaps, exclusive answers with others."""
    wave = responses.wave
    outside = sum(
        not wave.opens.isoformat() <= row["date"] <= wave.closes.isoformat() for row in responses.rows if row["date"]
    )
    if outside:
        yield f"{outside} réponse(s) hors de la fenêtre du {wave.opens} au {wave.closes}, gardée(s)"
    yield from quota_lines(wave.questionnaire, responses.rows)
    for item in wave.questionnaire.items:
        if item.type is ItemType.CODE:
            yield from _codes(item, responses.rows)
        yield from _hidden(item, responses)
        yield from _missing(item, responses)
        yield from _exclusive(item, responses.rows)
        yield from _identities(item, responses.rows)


def shown(item: Item, row: Row) -> bool:
    """True when the item's condition holds on this row, or it has none."""
    return item.shown_if is None or item.shown_if.holds(row)


def _codes(item: Item, rows: tuple[Row, ...]) -> Iterator[str]:
    codes = [row.get(item.id, "") for row in rows]
    malformed = [code for code in codes if code and not well_formed(item, code)]
    if malformed:
        yield f"« {item.id} » : {len(malformed)} code(s) mal formé(s), jamais apparié(s)"
    short = sum(code.isdigit() for code in malformed)
    if short and item.format is CodeFormat.DIGITS:
        yield f"« {item.id} » : {short} code(s) trop court(s) ou trop long(s) ; un tableur a pu retirer des zéros"
    twice = sum(n for code, n in Counter(codes).items() if code and n > 1)
    if twice:
        yield f"« {item.id} » : {twice} réponses partagent leur code avec une autre"


def _hidden(item: Item, responses: Responses) -> Iterator[str]:
    n = sum(not shown(item, row) for row in responses.rows if row.get(item.id))
    if n and item.shown_if:
        yield f"« {item.id} » : {n} réponse(s) gardée(s) alors que « {item.shown_if.text} » est faux"


def _missing(item: Item, responses: Responses) -> Iterator[str]:
    n = sum(shown(item, row) for row in responses.rows if not row.get(item.id))
    if n and (item.required or item.type is ItemType.LIKERT):
        yield f"« {item.id} » : {n} réponse(s) manquante(s)"


def _identities(item: Item, rows: tuple[Row, ...]) -> Iterator[str]:
    """How many free answers may name someone, and what of them; the answers themselves are never quoted."""
    column = item.id if item.type in FREE else f"{item.id}_other"
    found = [findings for row in rows if row.get(column) and (findings := find_identifiers(row[column]))]
    if found:
        says = dict.fromkeys(finding.rule.says for findings in found for finding in findings)
        yield f"« {column} » : {len(found)} réponse(s) libre(s) à relire avant d'en montrer : {' ; '.join(says)}"


def _exclusive(item: Item, rows: tuple[Row, ...]) -> Iterator[str]:
    alone = {choice.id for choice in item.choices if choice.exclusive}
    n = sum(len(given) > 1 and bool(alone & set(given)) for given in (row.get(item.id, "").split(";") for row in rows))
    if n:
        yield f"« {item.id} » : {n} réponse(s) joignent une réponse exclusive à une autre"
