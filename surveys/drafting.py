"""``divan draft``: a questionnaire drafted from an export, or carried from another tool, to be read before use."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.reader_text import fold
from divan.sources.writing import write_beside
from surveys.column_names import DATE_NAMES
from surveys.exchange.form_files import read_form_file
from surveys.guessing import Guess, choice_identifier, free_name, guesses
from surveys.questionnaire import ItemType
from surveys.shapes.form_services import own_names
from surveys.shapes.grid import read_grid
from surveys.shapes.headings import is_for_machines, joined_headings
from surveys.shapes.limesurvey import OWN
from surveys.ticks import NOT_TICKED, TICKED

STUDY = """title: {title}
kind: study
about: À écrire, en une ou deux phrases.
notice:
  who: "À écrire : qui interroge."
  why: "À écrire : pour quoi faire."
  kept: "À écrire : ce qui est gardé, et combien de temps."
  rights: "À écrire : les droits, et comment retirer ses réponses."
  contact: "À écrire : à qui s'adresser."
waves:
  - {{id: {wave}, label: {title}, questionnaire: {wave}.yaml, opens: {today}, closes: {today}}}
"""
HEAD = """# Ébauche faite d'après {file}. À relire : les types, l'ordre des choix (ici le plus fréquent d'abord),
# les degrés d'accord (« type: likert », « score: » à chaque choix), les non-réponses (« missing: true »).
title: {title}
version: "1"
"""
#: Columns that services add, which an import knows by itself.
_NOT_ASKED = own_names() | OWN | {*DATE_NAMES}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written, and what the draft holds."""

    files: tuple[Path, ...]
    questions: int
    left_aside: int
    heading_rows: int = 1
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        rows = " (deux lignes d'en-tête)" if self.heading_rows > 1 else ""
        aside = f", {self.left_aside} colonne(s) laissée(s) de côté" if self.left_aside else ""
        told = f"  {self.questions} question(s){aside}{rows} ; relisez, puis importez"
        lost = [f"  {len(self.lost)} chose(s) n'ont pas pu être reprises :"] if self.lost else []
        return "\n".join([*map(str, self.files), told, *lost, *(f"  - {one}" for one in self.lost)])


def draft_questionnaire(root: Path, study: str, wave: str, export: Path) -> Draft:
    """Write ``surveys/<study>/<wave>.yaml``, and ``study.yaml`` when there is none; ProblemsFound, nothing written."""
    folder = root / "surveys" / study
    target = folder / f"{wave}.yaml"
    stop_if(_refusals(export, target))
    carried = read_form_file(export)
    if carried is not None:
        files = _written(folder, target, study, wave, carried.text)
        return Draft(tuple(path.relative_to(root) for path in files), carried.questions, 0, lost=carried.lost)
    grid, problems = read_grid(export)
    stop_if(problems)
    rows = _under_titles([cells for _, cells in grid.lines if not is_for_machines(cells)])
    heading_rows = _heading_rows(rows)
    if len(rows) <= heading_rows:
        raise ProblemsFound(
            [Problem(export.name, None, "il faut une ligne d'en-tête et des réponses", "reprenez l'export")]
        )
    header = _header(rows, heading_rows)
    found = guesses(header, rows[heading_rows:], _NOT_ASKED)
    if all(one.type is None for one in found):
        message = "aucune colonne ne ressemble à une question"
        raise ProblemsFound([Problem(export.name, 1, message, "vérifiez que la première ligne nomme les questions")])
    declared = "".join(_questionnaire(export.name, wave, found, heading_rows))
    files = _written(folder, target, study, wave, declared)
    kept = sum(one.type is not None for one in found)
    return Draft(tuple(path.relative_to(root) for path in files), kept, len(found) - kept, heading_rows)


def _written(folder: Path, target: Path, study: str, wave: str, declared: str) -> list[Path]:
    """Write the questionnaire, and the study when there is none; the files written."""
    files = [target]
    if not (folder / "study.yaml").exists():
        said = {"title": json.dumps(study, ensure_ascii=False), "wave": wave, "today": date.today().isoformat()}
        write_beside(folder / "study.yaml", STUDY.format(**said))
        files.insert(0, folder / "study.yaml")
    write_beside(target, declared)
    return files


def _refusals(export: Path, target: Path) -> Iterator[Problem]:
    if not export.is_file():
        yield Problem(str(export), None, "ce fichier n'existe pas", "vérifiez son nom et son dossier")
    if target.exists():
        yield Problem(
            target.name, None, "ce questionnaire est déjà écrit", "donnez un autre nom de vague, ou retirez-le"
        )


def _header(rows: Sequence[Sequence[str]], heading_rows: int) -> tuple[str, ...]:
    """One name a column; a line with a service's own names has those of questions too, but above columns of ticks."""
    if heading_rows == 1:
        return tuple(cell.strip() for cell in rows[0])
    joined = joined_headings(*rows[:2])
    if sum(fold(cell) in _NOT_ASKED for cell in rows[1]) < 2:
        return joined
    ticks = ({fold(cell) for cell in column} <= {"", *TICKED, *NOT_TICKED} for column in zip(*rows[2:], strict=False))
    return tuple(
        name if ticked and fold(low) not in _NOT_ASKED else low
        for name, low, ticked in zip(joined, rows[1], ticks, strict=False)
    )


def _under_titles(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without those above the headings that hold a title and nothing else."""
    titles = 0
    while titles < len(rows) and rows[titles][0].strip() and not any(map(str.strip, rows[titles][1:])):
        titles += 1
    return rows[titles:] if titles < len(rows) and len(rows[titles]) > 2 else rows


def _heading_rows(rows: Sequence[Sequence[str]]) -> int:
    """Two when the blanks of the first row are filled by the second, or a service's columns are named there."""
    if len(rows) < 2:
        return 1
    if sum(fold(cell) in _NOT_ASKED for cell in rows[1]) > 1:
        return 2
    blank = [place for place, cell in enumerate(rows[0]) if not cell.strip()]
    return 2 if blank and all(place < len(rows[1]) and rows[1][place].strip() for place in blank) else 1


def _questionnaire(file: str, wave: str, found: Sequence[Guess], heading_rows: int) -> Iterator[str]:
    yield HEAD.format(file=file, title=_quoted(wave))
    aside = [one.text for one in found if one.type is None and fold(one.text) not in _NOT_ASKED]
    if aside or heading_rows > 1:
        yield "import:\n"
        yield f"  heading_rows: {heading_rows}\n" if heading_rows > 1 else ""
        yield f"  ignore: [{', '.join(map(_quoted, aside))}]\n" if aside else ""
    shared = {labels: f"list_{n}" for n, labels in enumerate(_shared(found), start=1)}
    if shared:
        yield "scales:\n"
        for labels, name in shared.items():
            commonest = next(one.labels for one in found if frozenset(one.labels) == labels)
            yield f"  {name}:\n" + "".join(_choices(commonest, "    "))
    yield "sections:\n  - id: all\n    title: Questions\n    items:\n"
    for one in found:
        if one.type is not None:
            yield from _item(one, shared)


def _shared(found: Sequence[Guess]) -> list[frozenset[str]]:
    """The lists of choices that several questions have."""
    times = Counter(frozenset(one.labels) for one in found if one.type is ItemType.SINGLE)
    return [labels for labels, n in times.items() if n > 1]


def _item(one: Guess, shared: dict[frozenset[str], str]) -> Iterator[str]:
    yield f"      - id: {one.id}\n        type: {one.type}\n        text: {_quoted(one.text)}\n"
    if one.headers:
        yield f"        headers: [{', '.join(map(_quoted, one.headers))}]\n"
    if one.length:
        yield f"        format: digits\n        length: {one.length}\n"
    if one.bounds:
        yield f"        minimum: {one.bounds[0]}\n        maximum: {one.bounds[1]}\n"
    listed = shared.get(frozenset(one.labels)) if one.type is ItemType.SINGLE else None
    if listed:
        yield f"        choices: {listed}\n"
    elif one.labels:
        yield "        choices:\n"
        yield from _choices(one.labels, "          ")


def _choices(labels: Sequence[str], margin: str) -> Iterator[str]:
    taken: list[str] = []
    for label in labels:
        taken.append(free_name(choice_identifier(label), taken))
        yield f"{margin}- {{id: {_quoted(taken[-1])}, label: {_quoted(label)}}}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
