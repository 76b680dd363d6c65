"""LimeSurvey's export: codes or full answers, ``,`` or ``;``, one column a choice (``Q1[SQ001]``, ``Q1[other]``).

Its columns are headed by codes, by questions, or by both (``Q1. Question``). An empty ``submitdate`` is an answer left
unfinished; 1980-01-01 means that dates were not kept. An unquoted empty cell, or ``N/A``, is a question that was not
shown, ``""`` one left blank. Source: LimeSurvey manual, « Exporting results ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from divan.sources.problem import Problem
from divan.sources.reader_text import fold
from surveys.questionnaire import Choice, Item, ItemType, Questionnaire
from surveys.shapes.exported_table import ExportedTable, uneven
from surveys.shapes.grid import Grid

_MARKS = (
    {"submitdate", "startlanguage"}, {"date de soumission", "langue de depart"}, {"date submitted", "start language"},
)  # fmt: skip
OWN = {
    "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl", "token",
    "id de la reponse", "date de soumission", "derniere page", "langue de depart", "tete de serie", "graine",
    "date de lancement", "date de debut", "date de la derniere action", "adresse ip", "url referente",
    "url de provenance", "code d'acces",
    "response id", "date submitted", "last page", "start language", "date started", "date last action", "ip address",
    "referrer url", "access code",
}  # fmt: skip
_SENT = {"submitdate", "date de soumission", "date submitted"}
_CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\]]*\])?)\. (?P<text>.+)$", re.DOTALL)
_OTHER = {"-oth-", "autre", "other"}
_TICKED = {"y", "oui", "yes", "1"}
_PART = re.compile(r"^(?P<code>[^\[]+?)\s*\[(?P<part>[^\]]*)\]$")
Cells = tuple[str | None, ...]


def recognises(grid: Grid) -> bool:
    """True when the table has LimeSurvey's own columns."""
    named = {fold(cell) for cell in grid.lines[0][1]} if grid.lines else set()
    return any(marks <= named for marks in _MARKS)


def read(path: str, grid: Grid, questionnaire: Questionnaire) -> tuple[ExportedTable, list[Problem]]:
    """The table with one column a question, and the faults of its rows."""
    first, header = grid.lines[0]
    items = {fold(name): item for item in questionnaire.items for name in (item.id, item.text, *item.headers)}
    names = tuple(_heading(cell, items) for cell in header)
    problems = list(_repeated(path, names))
    kept: list[tuple[int, Cells]] = []
    for number, cells in enumerate(_lines_under(grid), first + 1):
        if any(cells):
            problems += uneven(path, number, len(cells), len(names))
            kept.append((number, (*cells, *(None,) * (len(names) - len(cells)))))
    groups = _groups(names, items)
    typed = {
        f"{group.item.id}_other": group.other for group in groups.values() if group.item and group.other is not None
    }
    when = next((n for n, name in enumerate(names) if fold(name) in _SENT), None)
    table = ExportedTable(
        "export de LimeSurvey", ";", ("date", *groups, *typed),
        tuple((number, (_date(cells, when), *(_cell(group, cells) for group in groups.values()),
                        *(cells[position] or "" for position in typed.values()))) for number, cells in kept),
        (*grid.notes, *_notes(groups, kept, when)), apart=True,
    )  # fmt: skip
    return table, problems


def _heading(cell: str, items: Mapping[str, Item]) -> str:
    """The code of ``Q1. Question`` where the questionnaire declares it, its question otherwise."""
    match = _CODE_AND_TEXT.match(cell.strip())
    if match is None or fold(cell) in items:
        return cell
    return match["code"] if fold(match["code"].split("[")[0]) in items else match["text"]


def _lines_under(grid: Grid) -> Iterator[Cells]:
    if grid.text:
        records = _records(grid.text, grid.separator)
    else:
        records = (tuple(cell or None for cell in cells) for _, cells in grid.lines)
    next(records, None)
    return (tuple(None if cell == "N/A" else cell for cell in cells) for cells in records)


def _repeated(path: str, names: tuple[str, ...]) -> Iterator[Problem]:
    """A question's columns bear different names; of two that bear the same, none can be told for the right one."""
    for name, times in Counter(name.strip() for name in names if name.strip()).items():
        if times > 1:
            message = f"la colonne « {name} » est donnée deux fois"
            yield Problem(path, 1, message, "gardez celle qui porte les réponses")


class _Group:
    """The columns of one question: alone, or one a choice with perhaps a line of text for « other »."""

    def __init__(self, item: Item | None) -> None:
        self.item = item
        self.whole: int | None = None
        self.parts: list[tuple[int, str]] = []
        self.other: int | None = None


def _groups(names: tuple[str, ...], items: Mapping[str, Item]) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for position, name in enumerate(names):
        if fold(name) in OWN:
            continue
        match = _PART.match(name.strip()) if fold(name) not in items else None
        code = match["code"] if match else name.strip()
        group = groups.setdefault(code, _Group(items.get(fold(code))))
        if match is None:
            group.whole = position
        elif fold(match["part"]) in _OTHER | {fold(group.item.other.label) if group.item and group.item.other else ""}:
            group.other = position
        else:
            group.parts.append((position, match["part"]))
    return groups


def _cell(group: _Group, cells: Cells) -> str:
    """One question's answer as one cell: labels or codes, joined by ``;``; what is typed has a column of its own."""
    said = [] if group.whole is None else [cells[group.whole] or ""]
    if group.item and group.item.other and fold("".join(said)) in _OTHER:
        said = [group.item.other.id]
    for position, part in group.parts:
        value = cells[position] or ""
        if group.item is None or group.item.type is not ItemType.SEVERAL:
            said.append(value)
        elif fold(value) in _TICKED:
            said.append(_choice_of(group.item, part))
        elif value and fold(value) not in ("n", "non", "no", "0"):
            said.append(value)
    return ";".join(one for one in said if one)


def _choice_of(item: Item, part: str) -> str:
    names: dict[str, Choice] = {fold(name): c for c in item.choices for name in (c.id, c.label, *c.aliases)}
    found = names.get(fold(part))
    return found.id if found else part


def _date(cells: Cells, when: int | None) -> str:
    stamp = (cells[when] or "") if when is not None else ""
    return "" if stamp.startswith("1980-01-01") else stamp


def _notes(groups: dict[str, _Group], rows: list[tuple[int, Cells]], when: int | None) -> Iterator[str]:
    unfinished = sum(not cells[when] for _, cells in rows) if when is not None else 0
    if unfinished:
        yield f"{unfinished} réponse(s) commencée(s) et non envoyée(s), gardée(s) sans date"
    hidden: Counter[str] = Counter()
    blank: Counter[str] = Counter()
    for _, cells in rows:
        for code, group in groups.items():
            given = [cells[n] for n in ([] if group.whole is None else [group.whole]) + [p for p, _ in group.parts]]
            if given and all(cell is None for cell in given):
                hidden[code] += 1
            elif given and not any(given):
                blank[code] += 1
    for code in groups:
        if hidden[code]:
            yield f"« {code} » : {hidden[code]} fois non affichée, {blank[code]} fois laissée vide"


def _records(text: str, separator: str) -> Iterator[Cells]:
    """Rows of cells; None is an empty cell without quotes, which the csv module would not tell from an empty text."""
    cell = re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^{separator}\r\n]*))(?P<end>{separator}|\r\n|\n|\r|\Z)'
    )
    row: list[str | None] = []
    position = 0
    while match := cell.match(text, position):
        quoted = match["quoted"]
        row.append((match["bare"] or None) if quoted is None else quoted.replace('""', '"'))
        if match["end"] != separator:
            yield tuple(row)
            row = []
        if match.end() == len(text) and match["end"] != separator:
            return
        position = match.end()
