"""Every version of a questionnaire that a form may have shown: kept with the answers, read again when files change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sql

from divan.collector.database import DEFINITIONS, failures, insert_of
from divan.sources.problem import ProblemsFound
from surveys.definition import parse_questionnaire
from surveys.model import Study
from surveys.questionnaire import Questionnaire
from surveys.study import load_study, study_folders

_LOOKED_EVERY = 1.0  # seconds


class ShownVersions:
    """The versions kept in the answers' database."""

    def __init__(self, engine: sql.Engine) -> None:
        self._engine = engine
        self._read: dict[tuple[str, str, str], Questionnaire] = {}

    def keep(self, studies: dict[str, Study]) -> None:
        """Keep the questionnaires of today, beside those of before; StorageUnavailableError when that cannot be."""
        rows = [
            {
                "digest": wave.questionnaire.digest,
                "study": study.id,
                "wave": wave.id,
                "source": wave.questionnaire.source,
            }
            for study in studies.values()
            for wave in study.waves
        ]
        insert = insert_of(self._engine.dialect)(DEFINITIONS)
        with failures(), self._engine.begin() as connection:
            if rows:
                connection.execute(insert.on_conflict_do_nothing(), rows)

    def version(self, study: str, wave: str, digest: str) -> Questionnaire | None:
        """The questionnaire that this digest names; None when no form of this wave was ever made of it."""
        key = (study, wave, digest)
        if key not in self._read:
            of_wave = (DEFINITIONS.c.study == study) & (DEFINITIONS.c.wave == wave) & (DEFINITIONS.c.digest == digest)
            with failures(), self._engine.connect() as connection:
                source = connection.execute(sql.select(DEFINITIONS.c.source).where(of_wave)).scalar_one_or_none()
            if source is None:
                return None
            try:
                self._read[key] = parse_questionnaire(wave, f"{study}/{wave}", source)
            except ProblemsFound:
                return None  # a rule that this program has and that one's had not
        return self._read[key]


def load_studies(root: Path) -> dict[str, Study]:
    """Every study of ``root/surveys``, by id; ProblemsFound when one of them is faulty."""
    return {folder.name: load_study(folder) for folder in study_folders(root)}


@dataclass
class StudiesOnDisk:
    """The studies of ``root``, read again when one of their files has changed; a faulty one leaves those of before."""

    root: Path
    studies: dict[str, Study]
    versions: ShownVersions
    _seen: tuple[tuple[str, int, int], ...] = ()
    _looked: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._seen = tuple(self._signature())
        self.versions.keep(self.studies)

    def changed(self) -> bool:
        """True when a file has changed since it was read; the disk is looked at once a second at most."""
        now = time.monotonic()
        if now - self._looked < _LOOKED_EVERY:
            return False
        self._looked = now
        return tuple(self._signature()) != self._seen

    def read_again(self) -> None:
        """Read the studies as they are now, and keep their versions."""
        seen = tuple(self._signature())
        try:
            studies = load_studies(self.root)
        except ProblemsFound:
            self._seen = seen  # half written, or wrong: what was right goes on, until the next change
            return
        self.versions.keep(studies)
        self.studies, self._seen = studies, seen

    def _signature(self) -> Iterator[tuple[str, int, int]]:
        for path in sorted((self.root / "surveys").glob("*/*.yaml")):
            try:
                told = path.stat()
            except OSError:
                continue
            yield str(path), told.st_mtime_ns, told.st_size
