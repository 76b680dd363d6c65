"""Answers to several versions of a questionnaire, brought to the columns of the one of today; what changed is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from divan.collector.shown_versions import ShownVersions
from divan.collector.store import KeptAnswer
from divan.sources.french import plural
from divan.sources.problem import Problem, stop_if
from surveys.declared_changes import Migration
from surveys.model import Study, Wave
from surveys.questionnaire import Questionnaire

#: The column, in quarantine, of what a form sent that is no question of any known version.
SENT = "sent"


@dataclass(frozen=True, slots=True)
class Merged:
    """``answers`` in the columns of today, in the order given; ``notes`` say in French what came from elsewhere."""

    answers: list[tuple[KeptAnswer, Mapping[str, str]]]
    notes: tuple[str, ...]


def merged(study: Study, wave: Wave, kept: Iterable[KeptAnswer], versions: ShownVersions) -> Merged:
    """Bring every answer to today's questionnaire; ProblemsFound names what has no column there and is not declared."""
    asked, migration = wave.questionnaire, Migration(wave.questionnaire.changes)
    found: list[tuple[KeptAnswer, Mapping[str, str]]] = []
    earlier: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for answer in kept:
        old = _shown(study, wave, answer, versions)
        earlier[answer.definition] += old.digest != asked.digest
        strangers = {name: text for name, text in answer.answers.items() if name not in old.columns}
        if strangers and not answer.doubts:
            lost.update(strangers.keys())
            continue
        try:
            cells = migration.brought(answer.answers, old, asked)
        except KeyError as column:
            lost[str(column.args[0])] += 1
        else:
            found.append((answer, cells | ({SENT: json.dumps(strangers, ensure_ascii=False)} if strangers else {})))
    path = f"surveys/{study.id}/{wave.id}"
    stop_if(
        Problem(path, None, f"{plural(n, 'réponse')} à « {name} » n'ont plus de place dans le questionnaire",
                "dites sous « changes » ce que cette question ou cette réponse est devenue : rien n'est encore écrit")
        for name, n in lost.items()
    )  # fmt: skip
    return Merged(found, tuple(_notes(earlier, study, wave, versions)))


def _shown(study: Study, wave: Wave, answer: KeptAnswer, versions: ShownVersions) -> Questionnaire:
    if answer.definition == wave.questionnaire.digest:
        return wave.questionnaire
    return versions.version(study.id, wave.id, answer.definition) or wave.questionnaire


def _notes(earlier: Counter[str], study: Study, wave: Wave, versions: ShownVersions) -> Iterable[str]:
    migration = Migration(wave.questionnaire.changes)
    for digest, n in earlier.items():
        old = versions.version(study.id, wave.id, digest) if n else None
        if old is None:
            continue
        now = {item.id for item in wave.questionnaire.items}
        names = {item.id: migration.item(item.id) for item in old.items}
        told = [f"« {was} » devient « {name} »" for was, name in names.items() if name and name != was]
        told += [f"« {was} » n'est plus posée" for was, name in names.items() if name is None]
        told += [f"« {name} » n'y était pas" for name in sorted(now - {*names.values()})]
        yield f"{plural(n, 'réponse')} à une version d'avant ({old.version}) : {', '.join(told) or 'mêmes questions'}"
