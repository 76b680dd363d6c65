"""Answers out of the database: the tidy CSV of a wave, an erasure by receipt, a way out of quarantine."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from divan.collector.answer_admission import ADMISSIONS
from divan.collector.case_choices import CHOICES, counts
from divan.collector.doubts import LABELS
from divan.collector.identity import load_key, read_receipt
from divan.collector.merging import SENT, merged
from divan.collector.serving import answers_store, state_folder
from divan.collector.shown_versions import ShownVersions
from divan.collector.store import KeptAnswer
from divan.forum.asked import CHOICES_FILE, asked, seal_of_choices
from divan.sources.french import plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.model import Wave
from surveys.responses import ADMISSION, Responses, by_origin, read_responses, tidy_cells
from surveys.study import known_wave, load_study


def tidy_rows(wave: Wave, kept: Iterable[tuple[KeptAnswer, Mapping[str, str]]]) -> Iterator[dict[str, str]]:
    """Rows of the tidy CSV, of answers in its columns; ``doubts`` says, in quarantine, why an answer is there."""
    for answer, cells in kept:
        reasons = " ; ".join(LABELS.get(doubt, doubt) for doubt in answer.doubts)
        known = {"response": response_id(wave.id, answer.id), "date": answer.day, ADMISSION: answer.admission}
        yield {**known, **cells, "doubts": reasons}


def response_id(wave: str, number: int) -> str:
    """What an answer is called in an export: ``before-c0042``; the ``c`` tells it from an imported one."""
    return f"{wave}-c{number:04d}"


def write_export(
    root: Path,
    study_id: str,
    wave_id: str,
    database: str | None,
    output: str | None,
    quarantined: bool = False,
    tell: Callable[[str], None] = lambda _note: None,
) -> int:
    """Write the CSV of a wave to ``output``; the number of answers received by the collector.

    ``-`` is the screen, None ``responses/``, where answers that were imported keep their place; ``tell`` is given
    what should be known: answers to earlier versions of the questionnaire, answers left in quarantine.
    """
    study = load_study(root / "surveys" / study_id)
    wave = known_wave(study, wave_id)
    name = f"{wave.id}-quarantaine.csv" if quarantined else f"{wave.id}.csv"
    columns = [*Responses(wave, ()).columns, *(["doubts", SENT] if quarantined else [])]
    with answers_store(root, database) as store:
        kept_answers = [*store.kept(study.id, wave.id, quarantined=quarantined)]
        brought = merged(study, wave, kept_answers, ShownVersions(store.engine))
        apart = 0 if quarantined else sum(1 for _ in store.kept(study.id, wave.id, quarantined=True))
    for note in (*brought.notes, *_admitted(kept_answers)):
        tell(note)
    if apart:
        tell(f"{plural(apart, 'réponse')} en quarantaine, à regarder : ajoutez --quarantined")
    received = [*tidy_rows(wave, brought.answers)]
    kept = () if output or quarantined else by_origin(read_responses(study, wave.id))[0].rows
    cells = tidy_cells(columns, [*kept, *received])
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *cells])
    if output == "-":
        sys.stdout.write(text.getvalue())
    else:
        write_beside(Path(output) if output else study.folder / "responses" / name, text.getvalue())
    return len(received)


def _admitted(kept: Iterable[KeptAnswer]) -> Iterator[str]:
    """How the answers were admitted, in one sentence."""
    counts = Counter(answer.admission for answer in kept)
    said = [f"{counts[how]} par {words}" if how else f"{counts[how]} {words}"
            for how, words in ADMISSIONS.items() if counts[how]]  # fmt: skip
    if said:
        yield f"admission : {', '.join(said)}"


def write_choices(root: Path, database: str | None, today: date) -> int:
    """Write ``surveys/choices.csv``, which the site reads: what was chosen under how many cases."""
    rows = [["case", "choices", "counts", "day"]]
    with answers_store(root, database) as store:
        for case in store.waves(CHOICES):
            offered = asked(root, case)
            numbers = counts(store, case, offered) if offered else None
            if numbers:
                rows.append([case, seal_of_choices(offered), " ".join(map(str, numbers)), today.isoformat()])
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_beside(root / CHOICES_FILE, text.getvalue())
    return len(rows) - 1


def erase(root: Path, database: str | None, typed: str) -> None:
    """Erase the answer of this receipt; ProblemsFound when there is none."""
    receipt = read_receipt(typed)
    if receipt is None:
        raise ProblemsFound([Problem("reçu", None, "un reçu a la forme ABCD-EFGH-JKLM", "recopiez-le tel qu'affiché")])
    with answers_store(root, database) as store:
        erased = store.erase(load_key(state_folder(root)).stored_receipt(receipt))
    if erased == 0:
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


def admit(root: Path, study: str, wave: str, database: str | None, responses: Sequence[str]) -> int:
    """Take these answers (``before-c0042``) out of quarantine; how many were there."""
    known_wave(load_study(root / "surveys" / study), wave)
    numbers = _numbers(wave, responses)
    with answers_store(root, database) as store:
        return store.admit(study, wave, numbers)


def forget(root: Path, study: str, wave: str, database: str | None, responses: Sequence[str]) -> int:
    """Erase these answers from the database, once what they were for is done; how many were there."""
    numbers = _numbers(wave, responses)
    if not numbers:
        return 0
    with answers_store(root, database) as store:
        return store.forget(study, wave, numbers)


def _numbers(wave: str, responses: Sequence[str]) -> list[int]:
    numbers = [response.removeprefix(f"{wave}-c") for response in responses]
    faults = [
        Problem(response, None, "ce n'est pas une réponse de cette vague", f"attendu : {wave}-c0042")
        for response, number in zip(responses, numbers, strict=True)
        if not (number.isascii() and number.isdigit() and len(number) < 10)
    ]
    stop_if(faults)
    return [int(number) for number in numbers]
