"""What changed between the engine that a group asks for and the one that runs, and what the group has to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from divan import __version__
from divan.sources.problem import FaultKind, Problem
from divan.upgrading.engine_pin import PIN_FILE, engine_pin

_FAULT = FaultKind("G04")


@dataclass(frozen=True, slots=True)
class UpgradeStep:
    """Something to do in the files that ``where`` names, if they have, or lack, a pattern."""

    say: str
    where: tuple[str, ...]
    has: str = ""
    lacks: str = ""

    def places(self, root: Path) -> list[str]:
        """The files of the group at ``root`` that are concerned."""
        files = sorted({file for shape in self.where for file in root.glob(shape) if file.is_file()})
        return [file.relative_to(root).as_posix() for file in files if self._concerns(file)]

    def _concerns(self, file: Path) -> bool:
        text = file.read_text(encoding="utf-8", errors="replace")
        if self.lacks:
            return re.search(self.lacks, text, re.MULTILINE) is None
        return re.search(self.has, text, re.MULTILINE) is not None


@dataclass(frozen=True, slots=True)
class VersionNotes:
    """What one version changed, and what it asks of groups."""

    version: str
    changed: tuple[str, ...]
    todo: tuple[UpgradeStep, ...]


def all_notes() -> tuple[VersionNotes, ...]:
    """Those of every version, the oldest first."""
    written = yaml.safe_load((Path(__file__).parent / "notes.yaml").read_text(encoding="utf-8"))
    return tuple(
        VersionNotes(one["version"], tuple(one["changed"]), tuple(_step(step) for step in one["todo"]))
        for one in written
    )


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What a group is told: how it stands, what changed, what is left for it to do."""

    standing: str = ""
    changed: tuple[str, ...] = ()
    todo: tuple[Problem, ...] = ()


def told(root: Path, running: str = __version__) -> Upgrade:
    """All that the group at ``root`` should know of the version that runs; nothing when it asks for that one."""
    pinned = engine_pin(root)
    if pinned is None or pinned.version is None or in_order(pinned.version) == in_order(running):
        return Upgrade()
    if in_order(pinned.version) > in_order(running):
        return Upgrade(f"ce groupe demande Divan {pinned.version}, et c'est {running} qui tourne : « make html »")
    since = [
        notes
        for notes in all_notes()
        if in_order(pinned.version) < in_order(notes.version) and _release(notes.version) <= _release(running)
    ]
    return Upgrade(
        f"ce groupe est réglé sur Divan {pinned.version}, et c'est {running} qui tourne",
        tuple(f"Divan {notes.version} : {change}" for notes in since for change in notes.changed),
        tuple(problem for notes in since for problem in _left(root, notes)),
    )


def upgrade_notices(root: Path, running: str = __version__) -> list[Problem]:
    """The same, as what « divan check » says deserves a look."""
    news = told(root, running)
    if not news.standing:
        return []
    pinned = engine_pin(root)
    remedy = "lisez ce qui suit, puis « divan upgrade » le note" if news.changed or news.todo else ""
    standing = _FAULT(PIN_FILE, pinned.line if pinned else None, news.standing, remedy)
    return [standing, *(_FAULT(PIN_FILE, None, change) for change in news.changed), *news.todo]


def _left(root: Path, notes: VersionNotes) -> Iterator[Problem]:
    for step in notes.todo:
        for place in step.places(root):
            yield _FAULT(place, None, f"Divan {notes.version} demande un changement ici", step.say)


def in_order(version: str) -> tuple[tuple[int, ...], bool, str]:
    """What sorts versions: 0.2.0.dev0 comes before 0.2.0."""
    release = _release(version)
    after = re.sub(r"^v?[\d.]*\d", "", version).split("+")[0]
    return release, not after, after


def _release(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", re.match(r"v?[\d.]*", version)[0])]  # type: ignore[index]
    return (*numbers, 0, 0, 0)[:3]


def _step(written: Mapping[str, Any]) -> UpgradeStep:
    return UpgradeStep(**{**written, "where": tuple(written["where"])})
