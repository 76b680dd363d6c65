"""Until when a study keeps what people gave: the dates it declares, what each is about, and what is still here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from surveys.model import Study

#: What each date is about: folders of the study that go with it.
FOLDERS: Mapping[str, tuple[str, ...]] = {
    "sources": ("received", "exports", "raw", "secret"),
    "answers": ("responses", "review", "chat", "coding"),
}
NAMES = {
    "sources": "les fichiers reçus et la clé des pseudonymes",
    "answers": "les réponses une à une",
}


def retention_faults(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What cannot be promised: to forget answers before the last wave is closed."""
    last = max(wave["closes"] for wave in raw["waves"])
    for name, day in raw.get("retention", {}).items():
        if day < last:
            message = f"« {name} » finit le {day}, avant la fin de la dernière vague ({last})"
            yield ("retention", name), message, "corrigez l'une des dates"


def dates_of(raw: Mapping[str, Any]) -> dict[str, date]:
    """The declared dates, by what they are about."""
    return {name: date.fromisoformat(day) for name, day in raw.get("retention", {}).items()}


def passed(study: Study, today: date) -> list[str]:
    """What the study may keep no longer: a date is the last day."""
    return [name for name in FOLDERS if name in study.retention and study.retention[name] < today]


def kept_files(study: Study, name: str) -> list[Path]:
    """The files of ``name`` that are still in the study's folder."""
    found = (path for folder in FOLDERS[name] for path in (study.folder / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() or path.is_symlink())
