"""What a trial told, in French: answers, time on each page, where people stopped, what the report lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from divan.collector.doubts import LABELS
from divan.collector.store import KeptAnswer
from divan.pilot.visits import Visit, page_times
from divan.sources.french import number, plural
from divan.sources.problem import Problem
from surveys.model import Wave


def wave_account(wave: Wave, kept: Sequence[KeptAnswer], visits: list[Visit]) -> Iterator[str]:
    """Lines on one wave: its answers, its pages, what would have been set apart."""
    yield f"{wave.label} ({wave.id}) : {plural(len(kept), 'réponse')}, {plural(len(visits), 'ouverture')} du formulaire"
    sections = wave.questionnaire.sections
    for section, (middle, seen, stopped) in zip(sections, page_times(visits, len(sections)), strict=True):
        time = "jamais vue" if middle is None else f"{number(middle)} s (médiane de {plural(seen, 'personne')})"
        left = f", {plural(stopped, 'arrêt')} sur cette page" if stopped else ""
        yield f"  {section.title} : {time}{left}"
    for answer in kept:
        if answer.doubts:
            why = ", ".join(LABELS[doubt] for doubt in answer.doubts)
            yield f"  la réponse {answer.id} irait en quarantaine : {why}"
    if kept:
        yield from _unanswered(wave, kept)


def _unanswered(wave: Wave, kept: Sequence[KeptAnswer]) -> Iterator[str]:
    """Questions that nobody answered: never shown, or not understood."""
    empty = [item.id for item in wave.questionnaire.items if not any(_said(answer, item.columns) for answer in kept)]
    if empty:
        yield f"  sans aucune réponse : {', '.join(empty)}"


def _said(answer: KeptAnswer, columns: Sequence[str]) -> bool:
    return any(answer.answers.get(column) for column in columns)


def report_account(files: int, faults: Sequence[Problem]) -> Iterator[str]:
    """Lines on the report of these answers."""
    if files:
        yield f"Rapport : {plural(files, 'fichier')}, sans faute."
        return
    yield f"Rapport : {plural(len(faults), 'faute')} à corriger avant d'ouvrir"
    yield from (f"  {fault}" for fault in faults)
