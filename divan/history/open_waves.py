"""What a change of the questionnaire of an open wave would lose, against each version that git held since it opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from divan.history.past import git
from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml
from surveys.definition import parse_questionnaire
from surveys.model import Study, Wave
from surveys.questionnaire import Questionnaire
from surveys.rules.raw import walk
from surveys.study import load_study, study_folders
from surveys.version_differences import version_differences

_FAULT = FaultKind("E05")


def open_wave_problems(root: Path, today: date) -> Iterator[Problem]:
    """Each answer that may have come in and would be lost, or read otherwise, without a declared change.

    Where git does not hold the past of a questionnaire, nothing is known of it, and nothing is said.
    """
    for folder in study_folders(root):
        try:
            study = load_study(folder)
        except ProblemsFound:
            continue  # its faults are said by those who check it
        for wave in study.waves:
            if wave.state(today) == "open":
                yield from _wave_problems(root, study, wave)


def _wave_problems(root: Path, study: Study, wave: Wave) -> Iterator[Problem]:
    shown = (study.folder / f"{wave.questionnaire.id}.yaml").relative_to(root).as_posix()
    source = read_yaml(shown, wave.questionnaire.source)
    lines = {item["id"]: source.line_of((*place, "id")) for place, item in walk(source.value)}
    said: set[str] = set()
    for old in _versions_since(root, shown, wave):
        for difference in version_differences(old, wave.questionnaire):
            if difference.says not in said:
                said.add(difference.says)
                message = f"la vague « {wave.id} » est ouverte, et {difference.says}"
                yield _FAULT(shown, lines.get(difference.item), message, difference.remedy)


def _versions_since(root: Path, path: str, wave: Wave) -> Iterator[Questionnaire]:
    """The versions that git held from the day the wave opened, the newest first; none where git cannot tell."""
    try:
        told = git(root, "log", "--format=%H %cs", "--", path).decode().splitlines()
    except (ProblemsFound, OSError):
        return
    seen = {wave.questionnaire.source}
    for commit, day in (line.split() for line in told):
        text = (
            git(root, "show", f"{commit}:{path}").decode("utf-8-sig", "replace") if _holds(root, commit, path) else ""
        )
        if text and text not in seen:
            seen.add(text)
            with suppress(ProblemsFound):  # a faulty one could not be shown either
                yield parse_questionnaire(wave.questionnaire.id, path, text)
        if day < wave.opens.isoformat():
            return


def _holds(root: Path, commit: str, path: str) -> bool:
    return bool(git(root, "ls-tree", commit, "--", path))
