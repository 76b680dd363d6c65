"""Waves of different people put end to end: one row a respondent, and the wave they answered as a variable.

Repeated cross-sections: nothing joins the answers of two waves, so that a wave is a group like another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from divan.sources.problem import FaultKind, Problem
from surveys.model import Study, StudyKind, Wave
from surveys.questionnaire import Choice, FormSection, Item, ItemType, Questionnaire
from surveys.responses import Responses

_FAULT = FaultKind("S04")

STACK = "waves"
WAVE = "wave"


def stacked(study: Study) -> Study:
    """The study as one wave, when it has several that no code joins; else the study as it is."""
    if len(study.waves) < 2 or study.pairing is not None or study.kind is not StudyKind.STUDY:
        return study
    first, last = study.waves[0], study.waves[-1]
    whole = Wave(STACK, "Toutes les vagues", _questionnaire(study), first.opens, last.closes)
    return replace(study, waves=(whole,), stacked=study.waves)


def stacked_answers(study: Study, received: Mapping[str, Responses]) -> dict[str, Responses]:
    """The answers of a stacked study: those of every wave, each with its wave."""
    whole = study.wave(STACK)
    blank = dict.fromkeys(Responses(whole, ()).columns, "")
    rows = [{**blank, **row, WAVE: wave.id} for wave in study.stacked for row in received[wave.id].rows]
    return {STACK: Responses(whole, tuple(rows))}


def stacking_problems(study: Study) -> Iterator[Problem]:
    """Questions that bear one name in two waves, and are not the same question."""
    types: dict[str, tuple[str, ItemType]] = {}
    for wave in study.stacked:
        for item in wave.questionnaire.items:
            known, kind = types.setdefault(item.id, (wave.id, item.type))
            if kind is not item.type:
                yield _FAULT(
                    f"surveys/{study.id}/{wave.questionnaire.id}.yaml", None,
                    f"« {item.id} » est une question « {item.type} », et « {kind} » à la vague « {known} »",
                    "donnez-leur le même type, ou un autre identifiant",
                )  # fmt: skip


def not_asked(study: Study) -> Iterator[tuple[Item, tuple[Wave, ...]]]:
    """The questions that some waves of a stacked study did not ask, with these waves."""
    for item in study.waves[0].questionnaire.items if study.stacked else ():
        absent = tuple(wave for wave in study.stacked if item.id not in {one.id for one in wave.questionnaire.items})
        if absent and item.id != WAVE:
            yield item, absent


def _questionnaire(study: Study) -> Questionnaire:
    """Every question of every wave, once, with the choices of all waves; then the wave."""
    found: dict[str, Item] = {}
    for wave in study.waves:
        for item in wave.questionnaire.items:
            found[item.id] = _widened(found[item.id], item) if item.id in found else item
    waves = tuple(Choice(wave.id, wave.label) for wave in study.waves)
    asked = (*found.values(), Item(WAVE, ItemType.SINGLE, "Vague", choices=waves))
    first = study.waves[0].questionnaire
    return replace(first, id=STACK, sections=(FormSection(STACK, first.title, asked),))


def _widened(one: Item, other: Item) -> Item:
    known = {choice.id for choice in one.choices}
    return replace(
        one,
        choices=(*one.choices, *(choice for choice in other.choices if choice.id not in known)),
        minimum=_wider(min, one.minimum, other.minimum),
        maximum=_wider(max, one.maximum, other.maximum),
    )


def _wider(furthest: Callable[[Iterable[float]], float], *bounds: float | None) -> float | None:
    """The furthest bound; none when one of the two has none."""
    known = [bound for bound in bounds if bound is not None]
    return furthest(known) if len(known) == len(bounds) else None
