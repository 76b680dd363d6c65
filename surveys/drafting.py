"""``divan draft``: a questionnaire drafted from an export, to be corrected by hand before anything is imported."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.guessing import Guess, choice_identifier, free_name, guesses
from surveys.questionnaire import ItemType
from surveys.shapes.exported_table import SEPARATORS, first_record
from surveys.shapes.headings import joined_headings

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


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written, and what the draft holds."""

    files: tuple[Path, ...]
    questions: int
    left_aside: int
    heading_rows: int

    def __str__(self) -> str:
        rows = " (deux lignes d'en-tête)" if self.heading_rows > 1 else ""
        aside = f", {self.left_aside} colonne(s) laissée(s) de côté" if self.left_aside else ""
        return "\n".join(
            [*map(str, self.files), f"  {self.questions} question(s){aside}{rows} ; relisez, puis importez"]
        )


def draft_questionnaire(root: Path, study: str, wave: str, export: Path) -> Draft:
    """Write ``surveys/<study>/<wave>.yaml``, and ``study.yaml`` when there is none; ProblemsFound, nothing written."""
    folder = root / "surveys" / study
    target = folder / f"{wave}.yaml"
    stop_if(_refusals(export, target))
    text, encoding = _text(export)
    separator = max(SEPARATORS, key=lambda one: len(first_record(text, one)))
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(map(str.strip, row))]
    heading_rows = _heading_rows(rows)
    if len(rows) <= heading_rows:
        raise ProblemsFound(
            [Problem(export.name, None, "il faut une ligne d'en-tête et des réponses", "reprenez l'export")]
        )
    header = joined_headings(*rows[:2]) if heading_rows == 2 else tuple(cell.strip() for cell in rows[0])
    found = guesses(header, rows[heading_rows:])
    if all(one.type is None for one in found):
        message = "aucune colonne ne ressemble à une question"
        raise ProblemsFound([Problem(export.name, 1, message, "vérifiez que la première ligne nomme les questions")])
    declared = "".join(_questionnaire(export.name, wave, found, heading_rows, encoding))
    files = [target]
    if not (folder / "study.yaml").exists():
        said = {"title": json.dumps(study, ensure_ascii=False), "wave": wave, "today": date.today().isoformat()}
        write_beside(folder / "study.yaml", STUDY.format(**said))
        files.insert(0, folder / "study.yaml")
    write_beside(target, declared)
    kept = sum(one.type is not None for one in found)
    return Draft(tuple(path.relative_to(root) for path in files), kept, len(found) - kept, heading_rows)


def _refusals(export: Path, target: Path) -> Iterator[Problem]:
    if not export.is_file():
        yield Problem(str(export), None, "ce fichier n'existe pas", "vérifiez son nom et son dossier")
    if target.exists():
        yield Problem(
            target.name, None, "ce questionnaire est déjà écrit", "donnez un autre nom de vague, ou retirez-le"
        )


def _text(export: Path) -> tuple[str, str]:
    content = export.read_bytes()
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _heading_rows(rows: Sequence[Sequence[str]]) -> int:
    """Two when the blanks of the first row are filled by the second."""
    if len(rows) < 2:
        return 1
    blank = [place for place, cell in enumerate(rows[0]) if not cell.strip()]
    return 2 if blank and all(place < len(rows[1]) and rows[1][place].strip() for place in blank) else 1


def _questionnaire(file: str, wave: str, found: Sequence[Guess], heading_rows: int, encoding: str) -> Iterator[str]:
    yield HEAD.format(file=file, title=_quoted(wave))
    aside = [one.text for one in found if one.type is None]
    if aside or heading_rows > 1 or encoding:
        yield "import:\n"
        yield f"  heading_rows: {heading_rows}\n" if heading_rows > 1 else ""
        yield f"  encoding: {encoding}\n" if encoding else ""
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
