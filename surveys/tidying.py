"""The rows of an exported table made tidy answers, with what was read in each question and every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from divan.sources.problem import Problem
from surveys.column_names import DATE
from surveys.columns import Columns
from surveys.decoding import UnknownAnswer, decode, decode_ranks
from surveys.grouped_faults import GroupedFaults
from surveys.import_account import QuestionAccount
from surveys.joiners import joiner_of
from surveys.model import Wave
from surveys.questionnaire import JOINED, Item, ItemType
from surveys.responses import Row
from surveys.shapes.exported_table import ExportedTable
from surveys.stamps import StampOrder, stamp_day, stamp_order
from surveys.ticks import decode_ticks


@dataclass(frozen=True, slots=True)
class Tidied:
    """``rows``: the tidy answers; ``accounts``: what was read, a question each; ``notes`` say what was settled."""

    rows: list[Row]
    accounts: tuple[QuestionAccount, ...]
    problems: list[Problem]
    notes: tuple[str, ...]


def tidied(table: ExportedTable, columns: Columns, wave: Wave, path: str, month_first: bool | None = None) -> Tidied:
    """Read every row; ``month_first`` is what a person says of its dates, None to find it in them."""
    order = _order(table, columns, wave) if month_first is None else StampOrder(month_first)
    items = wave.questionnaire.items
    accounts = {item.id: _account(item, table, columns) for item in items}
    faults = GroupedFaults(path)
    rows: list[Row] = []
    for number, cells in table.rows:
        stamp = columns.cell(DATE, cells)
        day = stamp_day(stamp, order.american) if stamp.strip() else None
        if stamp.strip() and day is None:
            faults.stamp(number)
        row: dict[str, str] = {"date": day.isoformat() if day else ""}
        for item in items:
            if item.formula is not None:  # calculated again, whatever the export says
                row[item.id] = item.formula.value(row, item.decimals)
                continue
            cell = columns.cell(item.id, cells)
            try:
                answer = _answer(item, cell, cells, table, columns, accounts[item.id], order.american)
            except UnknownAnswer as error:
                faults.answer(item, cell, str(error), number)
            else:
                accounts[item.id].count(cell, answer)
                row.update(answer)
        rows.append(row)
    notes = (*_renamed(columns, table), *([f"dates : {order.why}"] if order.why else []))
    unsure = [] if order.sure else [_ambiguous(path)]
    return Tidied(rows, tuple(accounts.values()), [*faults.problems(), *unsure], notes)


def _answer(
    item: Item, cell: str, cells: tuple[str, ...], table: ExportedTable, columns: Columns, account: QuestionAccount,
    american: bool,
) -> dict[str, str]:  # fmt: skip
    if ranks := columns.ranks.get(item.id):
        return {item.id: decode_ranks(item, [cells[place] if place < len(cells) else "" for place in ranks])}
    typed = columns.cell(f"{item.id}_other", cells)
    ticks = columns.ticks.get(item.id)
    if not ticks:
        joiner = account.joiner.text if account.joiner else table.joiner
        return decode(item, cell, joiner, typed, american, apart=table.apart)
    answer = decode_ticks(item, [(choice, cells[place] if place < len(cells) else "") for choice, place in ticks])
    if typed.strip() and item.other:
        given = {*answer[item.id].split(";"), item.other.id}
        answer[item.id] = ";".join(choice.id for choice in item.choices if choice.id in given)
        answer[f"{item.id}_other"] = typed.strip()
    return answer


def _account(item: Item, table: ExportedTable, columns: Columns) -> QuestionAccount:
    ticks = columns.ticks.get(item.id, columns.ranks.get(item.id, ()))
    if ticks or item.type not in JOINED:
        return QuestionAccount(item, len(ticks) or 1)
    cells = (columns.cell(item.id, cells) for _, cells in table.rows)
    return QuestionAccount(item, 1, joiner_of(item, cells, table.joiner))


def _order(table: ExportedTable, columns: Columns, wave: Wave) -> StampOrder:
    days = [item.id for item in wave.questionnaire.items if item.type is ItemType.DATE]
    stamps = [columns.cell(DATE, cells) for _, cells in table.rows]
    return stamp_order(stamps, (columns.cell(name, cells) for _, cells in table.rows for name in days), wave)


def _renamed(columns: Columns, table: ExportedTable) -> Iterator[str]:
    for name, places in columns.also.items():
        headings = ", ".join(f"« {table.header[place].strip()} »" for place in (columns.positions[name], *places))
        yield f"« {name} » : {len(places) + 1} colonnes, jamais remplies ensemble, lues comme une seule : {headings}"


def _ambiguous(path: str) -> Problem:
    message = "les dates peuvent se lire jour d'abord ou mois d'abord, et rien dans le fichier ne le dit"
    return Problem(path, None, message, "dites-le : « --dates day-first » ou « --dates month-first »")
