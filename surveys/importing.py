"""``divan import``: an export becomes ``responses/<wave>.csv``: no row lost, nothing written if a cell is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from divan.sources.french import plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.columns import match_columns
from surveys.import_account import QuestionAccount
from surveys.model import Study
from surveys.numbering import Changes, numbered
from surveys.observing import observations
from surveys.questionnaire import CodeFormat
from surveys.responses import Responses, Row, by_origin, read_responses, write_responses
from surveys.roster import parse_roster
from surveys.shapes import read_table
from surveys.study import known_wave, load_study
from surveys.tidying import tidied


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: counts and remarks, never an answer that one person alone gave."""

    study_id: str
    wave_id: str
    shape: str
    received: int
    changes: Changes
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    dry_run: bool
    accounts: tuple[QuestionAccount, ...] = ()

    def __str__(self) -> str:
        verb = "rien n'est encore écrit" if self.dry_run else "écrites" if self.received > 1 else "écrite"
        counted = f"{plural(self.received, 'réponse lue', 'réponses lues')} ({self.shape}), {verb}"
        head = f"{self.study_id}, vague {self.wave_id} : {counted}"
        lines = [head, f"  {self.changes}"]
        lines += [f"  colonne retirée sans être lue, elle identifie des personnes : {name}" for name in self.dropped]
        read = (f"  {line}" for account in self.accounts for line in account.lines())
        return "\n".join([*lines, *read, *(f"  {note}" for note in self.notes)])


def import_wave(
    root: Path,
    study_id: str,
    wave_id: str,
    file: Path,
    *,
    roster: Path | None = None,
    dry_run: bool = False,
    month_first: bool | None = None,
) -> ImportReport:
    """Read ``file`` (a table, or a folder of answer files) as the answers of a wave, in place of those imported before.

    ``roster`` is a list of codes, copied beside the study; ``month_first`` settles dates that can be read two ways.
    Raises ProblemsFound with all of them, and writes nothing.
    """
    study = load_study(root / "surveys" / study_id)
    wave = known_wave(study, wave_id)
    table, problems = read_table(file, study_id, wave)
    columns, more = match_columns(table, wave.questionnaire, file.name)
    read = tidied(table, columns, wave, file.name, month_first)
    codes, unreadable, zeros = _roster(roster, study)
    stop_if([*problems, *more, *read.problems, *unreadable, *_nothing(read.rows, file.name)])
    imported, received = by_origin(read_responses(study, wave_id))
    numbered_rows, changes = numbered(wave, read.rows, imported)
    responses = Responses(wave, (*numbered_rows.rows, *received.rows))
    notes = (*table.notes, *read.notes, *zeros, *observations(responses))
    if not dry_run:
        write_responses(study, responses)
        if roster and study.roster:
            write_beside(study.roster, "code\n" + "".join(f"{code}\n" for code in codes))
    return ImportReport(
        study_id, wave_id, table.shape, len(read.rows), changes, columns.dropped, notes, dry_run, read.accounts
    )


def _roster(path: Path | None, study: Study) -> tuple[Sequence[str], list[Problem], tuple[str, ...]]:
    """The codes of the list given, those that a spreadsheet shortened with their zeros again, and a note of it."""
    if path is None:
        return (), [], ()
    if study.roster is None:
        message = "l'étude n'a pas de liste de membres : la vôtre n'irait nulle part"
        remedy = "ajoutez une ligne « roster: roster.csv »"
        return (), [Problem(f"surveys/{study.id}/study.yaml", None, message, remedy)], ()
    try:
        codes = parse_roster(path)
    except ProblemsFound as found:
        return (), list(found.problems), ()
    digits = _code_length(study)
    whole = tuple(code.zfill(digits) if code.isdigit() else code for code in codes)
    padded = sum(code != before for code, before in zip(whole, codes, strict=True))
    said = f"{plural(padded, 'code')} de la liste complété{'s' if padded > 1 else ''} des zéros qu'un tableur retire"
    return whole, [], (said,) if padded else ()


def _code_length(study: Study) -> int:
    """How many digits the code that pairs answers has; 0 when it is no number of digits."""
    if study.pairing is None:
        return 0
    item = study.wave(study.pairing.before).questionnaire.item(study.pairing.code)
    return item.length or 0 if item.format is CodeFormat.DIGITS else 0


def _nothing(rows: list[Row], path: str) -> Iterator[Problem]:
    if not rows:
        yield Problem(path, None, "le fichier n'a pas de réponse sous ses en-têtes", "téléchargez à nouveau l'export")
