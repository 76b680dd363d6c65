"""Answers out of the database: the tidy CSV of a wave, an erasure by receipt, a way out of quarantine."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from collector.doubts import LABELS
from collector.identity import Key, read_receipt
from collector.store import Kept, Store
from sources.problem import Problem, ProblemsFound
from surveys.model import Wave

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tidy_csv(wave: Wave, kept: Iterable[Kept], *, quarantined: bool = False) -> Iterator[str]:
    """Lines of the tidy CSV: ``response``, ``date``, one column an item; in quarantine also ``doubts``.

    A cell that a spreadsheet would run as a formula starts with an apostrophe.
    """
    columns = wave.questionnaire.columns
    yield _line(["response", "date", *columns, *(["doubts"] if quarantined else [])])
    for answer in kept:
        cells = [_inert(answer.answers.get(column, "")) for column in columns]
        reasons = [" ; ".join(LABELS.get(doubt, doubt) for doubt in answer.doubts)] if quarantined else []
        yield _line([response_id(wave.id, answer.id), answer.day, *cells, *reasons])


def response_id(wave: str, number: int) -> str:
    """What an answer is called in an export: ``before-0042``."""
    return f"{wave}-{number:04d}"


def erase(store: Store, key: Key, typed: str) -> None:
    """Erase the answer of this receipt; ProblemsFound when there is none."""
    receipt = read_receipt(typed)
    if receipt is None:
        raise ProblemsFound([Problem("reçu", None, "un reçu a la forme ABCD-EFGH-JKLM", "recopiez-le tel qu'affiché")])
    if store.erase(key.stored_receipt(receipt)) == 0:
        raise ProblemsFound(
            [
                Problem(
                    "reçu",
                    None,
                    "aucune réponse ne porte ce reçu",
                    "elle est peut-être déjà effacée ; sinon la base ou la clé ne sont pas celles qui l'ont donné",
                )
            ]
        )


def admit(store: Store, study: str, wave: str, responses: Sequence[str]) -> int:
    """Take these answers (``before-0042``) out of quarantine; how many were there."""
    numbers = [response.removeprefix(f"{wave}-") for response in responses]
    faults = [
        Problem("quarantaine", None, f"« {response} » n'est pas une réponse de cette vague", f"attendu : {wave}-0042")
        for response, number in zip(responses, numbers, strict=True)
        if not (number.isascii() and number.isdigit() and len(number) < 10)
    ]
    if faults:
        raise ProblemsFound(faults)
    return store.admit(study, wave, [int(number) for number in numbers])


def _inert(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
