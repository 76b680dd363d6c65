"""``divan import``: an export becomes ``responses/<wave>.csv``: no row lost, nothing written if a cell is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.columns import DATE, Columns, match_columns
from surveys.days import day_of, month_first
from surveys.decoding import UnknownAnswer, decode
from surveys.folding import nearest
from surveys.model import Study, Wave
from surveys.numbering import Changes, numbered
from surveys.observing import observations
from surveys.questionnaire import CLOSED, Item, ItemType
from surveys.responses import Responses, Row, by_origin, read_responses, write_responses
from surveys.roster import parse_roster
from surveys.shapes import read_table
from surveys.shapes.exported_table import ExportedTable
from surveys.study import known_wave, load_study
from surveys.ticks import decode_ticks


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: counts and remarks, never an answer."""

    study_id: str
    wave_id: str
    shape: str
    received: int
    changes: Changes
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    dry_run: bool

    def __str__(self) -> str:
        verb = "seraient écrites" if self.dry_run else "écrites"
        counted = f"{self.received} réponse(s) lue(s) ({self.shape}), toutes {verb}"
        head = f"{self.study_id}, vague {self.wave_id} : {counted}"
        lines = [head, f"  {self.changes}"]
        lines += [f"  colonne retirée sans être lue, elle identifie des personnes : {name}" for name in self.dropped]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def import_wave(
    root: Path, study_id: str, wave_id: str, file: Path, *, roster: Path | None = None, dry_run: bool = False
) -> ImportReport:
    """Read ``file`` (a CSV, or a folder of answer files) as the answers of a wave, in place of those imported before.

    ``roster`` is a CSV of codes, copied beside the study. Raises ProblemsFound with all of them, and writes nothing.
    """
    study = load_study(root / "surveys" / study_id)
    wave = known_wave(study, wave_id)
    table, problems = read_table(file, study_id, wave)
    columns, more = match_columns(table, wave.questionnaire, file.name)
    rows, faults = _rows(table, columns, wave, file.name)
    codes, unreadable = _roster(roster, study)
    stop_if([*problems, *more, *faults, *unreadable, *_nothing(rows, file.name)])
    imported, received = by_origin(read_responses(study, wave_id))
    numbered_rows, changes = numbered(wave, rows, imported)
    responses = Responses(wave, (*numbered_rows.rows, *received.rows))
    notes = (*table.notes, *observations(responses))
    if not dry_run:
        write_responses(study, responses)
        if roster and study.roster:
            write_beside(study.roster, "code\n" + "".join(f"{code}\n" for code in codes))
    return ImportReport(study_id, wave_id, table.shape, len(rows), changes, columns.dropped, notes, dry_run)


def _roster(path: Path | None, study: Study) -> tuple[Sequence[str], list[Problem]]:
    if path is None:
        return (), []
    if study.roster is None:
        message = "l'étude n'a pas de liste de membres : la vôtre n'irait nulle part"
        return (), [
            Problem(f"surveys/{study.id}/study.yaml", None, message, "ajoutez une ligne « roster: roster.csv »")
        ]
    try:
        return parse_roster(path), []
    except ProblemsFound as found:
        return (), list(found.problems)


def _nothing(rows: list[Row], path: str) -> Iterator[Problem]:
    if not rows:
        yield Problem(path, None, "le fichier n'a pas de réponse sous ses en-têtes", "téléchargez à nouveau l'export")


def _rows(table: ExportedTable, columns: Columns, wave: Wave, path: str) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    stamp = columns.positions.get(DATE)
    dates = [one.id for one in wave.questionnaire.items if one.type is ItemType.DATE]
    days = [place for place in map(columns.positions.get, (DATE, *dates)) if place is not None]
    american = month_first(cells[day] for _, cells in table.rows for day in days if day < len(cells))
    for number, cells in table.rows:
        row: dict[str, str] = {}
        row["date"], wrong = _day(_at(cells, stamp), american, path, number)
        problems += wrong
        for item in wave.questionnaire.items:
            cell, typed = (_at(cells, columns.positions.get(name)) for name in (item.id, f"{item.id}_other"))
            ticks = columns.ticks.get(item.id)
            try:
                if ticks:
                    row.update(decode_ticks(item, [(choice, _at(cells, place)) for choice, place in ticks]))
                else:
                    row.update(decode(item, cell, table.joiner, typed, american))
            except UnknownAnswer as error:
                problems.append(_unknown(item, cell, str(error), path, number))
        rows.append(row)
    return rows, problems


def _at(cells: tuple[str, ...], position: int | None) -> str:
    return "" if position is None or position >= len(cells) else cells[position]


def _day(stamp: str, american: bool, path: str, number: int) -> tuple[str, list[Problem]]:
    if not stamp.strip():
        return "", []
    day = day_of(stamp, american)
    if day is not None:
        return day.isoformat(), []
    return "", [
        Problem(path, number, "l'horodatage de cette ligne ne se lit pas", "écrivez-le 26/03/2023 ou 2023-03-26")
    ]


def _unknown(item: Item, cell: str, expected: str, path: str, number: int) -> Problem:
    """A closed answer is quoted only when it resembles a declared one: it might be a text from a shifted column."""
    near = (
        nearest(cell, (choice.label for choice in item.choices))
        if item.type in CLOSED and item.type is not ItemType.SEVERAL
        else None
    )
    if near:
        message = f"question « {item.id} » : « {cell.strip()} » n'est pas déclaré, « {near} » lui ressemble"
        return Problem(path, number, message, "si c'est elle, ajoutez ce libellé à ses « aliases »")
    return Problem(path, number, f"question « {item.id} » : {expected}", "corrigez la cellule, ou déclarez ce libellé")
