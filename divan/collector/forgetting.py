"""``divan forget``: what a study may keep no longer, found wherever the machine has it, and erased."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from divan.collector.serving import answers_store, lists_of_codes, signing_keys, state_folder
from divan.sources.french import long_date, plural
from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.model import Study
from surveys.retention import FOLDERS, NAMES, kept_files, passed
from surveys.study import load_study, study_folders

_FORGETTING = FaultKind("E06")

_EXACT = Path(".divan") / "exact"


@dataclass(frozen=True)
class Leftovers:
    """What is still here of what ``names`` are about: ``rows`` of the collector, ``files``, exact ``editions``."""

    names: tuple[str, ...]
    rows: int
    files: tuple[Path, ...]
    editions: tuple[Path, ...]

    @property
    def nothing(self) -> bool:
        """True when all is gone."""
        return not (self.rows or self.files or self.editions)


def note_edition(root: Path, study: str, folder: Path) -> None:
    """Remember where an exact edition was written, so that it can be forgotten."""
    known = dict.fromkeys([*_noted(root, study), folder.resolve()])
    write_beside(root / _EXACT / f"{study}.txt", "".join(f"{path}\n" for path in known), mode=0o600)


def _noted(root: Path, study: str) -> list[Path]:
    file = root / _EXACT / f"{study}.txt"
    return [Path(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


def names_to_forget(study: Study, today: date, *, now: bool) -> tuple[str, ...]:
    """What is to be forgotten on that day; ProblemsFound while every date is to come, unless it is ``now``."""
    names = tuple(FOLDERS) if now else tuple(passed(study, today))
    if names:
        return names
    place = f"surveys/{study.id}/study.yaml"
    if not study.retention:
        message, remedy = "l'étude ne dit pas jusqu'à quand elle garde", "déclarez « retention », ou ajoutez --now"
    else:
        first = min(study.retention.values())
        message, remedy = (
            f"rien n'est à effacer avant le {long_date(first)} passé",
            "ajoutez --now pour ne pas attendre",
        )
    raise ProblemsFound([_FORGETTING(place, None, message, remedy)])


def leftovers(root: Path, study: Study, database: str | None, names: Sequence[str]) -> Leftovers:
    """What is still here."""
    answers = "answers" in names
    codes = sorted(path for folder in _of_tokens(root, study) if answers for path in folder.glob("*"))
    files = (*(path for name in names for path in kept_files(study, name)), *codes)
    editions = tuple(path for path in _noted(root, study.id) if answers and (path / "report.json").is_file())
    return Leftovers(tuple(names), _rows(root, study.id, database) if answers else 0, files, editions)


def _of_tokens(root: Path, study: Study) -> tuple[Path, Path]:
    """Folders of the codes that were handed out, and of the keys that sign their tokens."""
    return lists_of_codes(root, study.id), signing_keys(root) / study.id


def _rows(root: Path, study: str, database: str | None) -> int:
    if database is None and not (state_folder(root) / "answers.sqlite").is_file():
        return 0
    with answers_store(root, database) as store:
        return store.count(study)


def forget_study(root: Path, study: Study, database: str | None, found: Leftovers) -> None:
    """Erase it: the database first, then files; whatever stops it, the next run finds what is left."""
    stop_if(_out_of_reach(root, found))
    if "answers" in found.names and (database or (state_folder(root) / "answers.sqlite").is_file()):
        with answers_store(root, database) as store:
            store.forget_study(study.id)
    for path in found.files:
        path.unlink(missing_ok=True)
    for folder in found.editions:
        shutil.rmtree(folder)
    for name in found.names:
        for emptied in FOLDERS[name]:
            shutil.rmtree(study.folder / emptied, ignore_errors=True)
    if "answers" in found.names:
        (root / _EXACT / f"{study.id}.txt").unlink(missing_ok=True)


def _out_of_reach(root: Path, found: Leftovers) -> Iterator[Problem]:
    """What could not be erased is told before anything is."""
    for path in (*found.files, *found.editions):
        if not os.access(path.parent, os.W_OK):
            shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            yield _FORGETTING(
                shown, None, "ce dossier ne se laisse pas modifier : rien n'est effacé", "vérifiez ses droits"
            )


def still_elsewhere(root: Path, found: Leftovers) -> Iterator[str]:
    """Where copies may be that this command does not reach."""
    backups = sorted((root / ".divan" / "backups").glob("*.age"))
    if backups:
        yield f"{plural(len(backups), 'sauvegarde')} dans .divan/backups/ : effacez celles d'avant ce jour"
    inside = [path.relative_to(root).as_posix() for path in found.files]
    listed = subprocess.run(["git", "ls-files", "-z", "--", *inside[:500]], cwd=root, capture_output=True, check=False)
    followed = listed.stdout.split(b"\0")[:-1] if inside else []
    if followed:
        files = plural(len(followed), "fichier suivi", "fichiers suivis")
        yield f"{files} par git : committez, l'histoire les garde encore"
    yield "les sauvegardes et copies faites ailleurs"


def retention_problems(root: Path, today: date) -> list[Problem]:
    """For ``divan check``: each date that has passed while something of it is still here."""
    found = []
    for folder in study_folders(root):
        try:
            study = load_study(folder)
        except ProblemsFound:
            continue  # its faults are told by whoever checks studies
        for name in passed(study, today):
            left = leftovers(root, study, None, [name])
            if not left.nothing:
                last = long_date(study.retention[name])
                message = f"{NAMES[name]} ne devaient plus être gardées après le {last}, et {left_here(left)}"
                remedy = f"lancez « divan forget {study.id} »"
                found.append(_FORGETTING(f"surveys/{study.id}/study.yaml", None, message, remedy))
    return found


def left_here(left: Leftovers) -> str:
    """``12 réponses du collecteur, 3 fichiers…``."""
    said = (
        (left.rows, "réponse du collecteur", "réponses du collecteur"),
        (len(left.files), "fichier", "fichiers"),
        (len(left.editions), "édition exacte", "éditions exactes"),
    )
    return "il reste " + ", ".join(plural(count, one, many) for count, one, many in said if count)
