"""A study in pandas: one frame a wave, one of people, for a notebook or for a table that does not exist yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.people.cohort import Cohort, gather
from analysis.people.reading_answers import read_answers
from analysis.people.respondents import GROUP_LABELS, INCLUDED
from analysis.people.variable import axis
from analysis.plan.loading import load_plan
from divan.sources.problem import Problem, ProblemsFound
from surveys.questionnaire import WHOLE, Item, ItemType
from surveys.responses import Responses
from surveys.study import load_study

_LABELLED = frozenset({ItemType.SINGLE, ItemType.LIKERT})


@dataclass(frozen=True, eq=False)
class OpenStudy:
    """A study whose answers are frames.

    ``waves``: by wave, a row a respondent (index ``response``); after ``date``, a column an item, in the order asked.
    A choice among several is a categorical with the questionnaire's labels in their order, ordered when the plan or the
    scale is; several choices are a tuple of labels; a number is ``Int64``, or ``Float64`` with decimals; a date is a
    date; a consent is ``boolean``; a text a string.
    What was not answered is missing.

    ``people``: a row a person who answered the first wave, indexed by that answer: ``group`` (who is analysed, who is
    not, why), ``paired``, ``<wave>`` (their answer in each other wave), ``<score>_<wave>`` for the composite of the
    plan, in points, and ``<score>_change``, the last wave less the first. Without a plan it only has its index.
    """

    id: str
    title: str
    waves: Mapping[str, pd.DataFrame]
    people: pd.DataFrame


def open_study(study_id: str, root: Path | str = ".") -> OpenStudy:
    """Open ``surveys/<study_id>`` of the group's folder ``root``; ProblemsFound when its files do not hold."""
    folder = Path(root) / "surveys" / study_id
    if not (folder / "study.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in folder.parent.glob("*/study.yaml"))) or "aucune"
        raise ProblemsFound(
            [Problem(f"surveys/{study_id}", None, "cette étude n'existe pas", f"études d'ici : {known}")]
        )
    study = load_study(folder)
    if not (folder / "plan.yaml").is_file():
        waves = {wave: _frame(answers, frozenset()) for wave, answers in read_answers(study).items()}
        return OpenStudy(study.id, study.title, waves, pd.DataFrame(index=waves[study.waves[0].id].index))
    cohort = gather(study, load_plan(study))
    ordered = frozenset(spec.item for spec in cohort.plan.variables if spec.ordered)
    waves = {wave: _frame(answers, ordered) for wave, answers in cohort.responses.items()}
    return OpenStudy(study.id, study.title, waves, _people(cohort))


def _frame(responses: Responses, ordered: frozenset[str]) -> pd.DataFrame:
    rows = responses.rows
    columns: dict[str, pd.Series] = {
        "date": pd.to_datetime(pd.Series([row["date"] or None for row in rows], dtype=object))
    }
    for item in responses.wave.questionnaire.items:
        columns[item.id] = _answers(item, [row[item.id] for row in rows], item.id in ordered)
        if item.other:
            columns[f"{item.id}_other"] = _text([row[f"{item.id}_other"] for row in rows])
    return pd.DataFrame(columns).set_axis(pd.Index([row["response"] for row in rows], name="response"))


def _answers(item: Item, cells: Sequence[str], ordered: bool) -> pd.Series:
    labels = {choice.id: choice.label for choice in item.choices}
    if item.type in WHOLE:
        return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    if item.type is ItemType.DECIMAL:
        return pd.Series([float(cell) if cell else None for cell in cells], dtype="Float64")
    if item.type is ItemType.DATE:
        return pd.to_datetime(pd.Series([cell or None for cell in cells], dtype=object))
    if item.type in _LABELLED:
        levels = pd.CategoricalDtype(_levels(item), ordered=ordered or item.type is ItemType.LIKERT)
        return pd.Series([labels.get(cell) for cell in cells], dtype=levels)
    if item.type is ItemType.SEVERAL:
        return pd.Series(
            [tuple(labels[one] for one in cell.split(";")) if cell else None for cell in cells], dtype=object
        )
    if item.type is ItemType.CONSENT:
        return pd.Series([bool(cell) or None for cell in cells], dtype="boolean")
    return _text(cells)


def _levels(item: Item) -> list[str]:
    """Labels in the order of their scores, where each has one: a form may show « tout à fait » first."""
    choices = [choice for choice in item.choices if not choice.missing]
    if all(choice.score is not None for choice in choices):
        choices.sort(key=lambda choice: choice.score or 0)
    return [choice.label for choice in choices]


def _text(cells: Sequence[str]) -> pd.Series:
    return pd.Series([cell or None for cell in cells], dtype="string")


def _people(cohort: Cohort) -> pd.DataFrame:
    people = cohort.people
    first, *others = (wave.id for wave in cohort.study.waves)
    columns: dict[str, pd.Series] = {
        "group": pd.Series(people.group).map(GROUP_LABELS).astype(pd.CategoricalDtype([*GROUP_LABELS.values()])),
        "paired": pd.Series(cohort.paired & people.of(INCLUDED), dtype="boolean"),
    }
    columns |= {wave: _text(list(people.answers[wave])) for wave in others}
    if score := cohort.plan.composite:
        points = {wave.id: people.numbers.get(axis(score.id, wave.id)) for wave in cohort.study.waves}
        columns |= {f"{score.id}_{wave}": pd.Series(one) for wave, one in points.items() if one is not None}
        scored = [one for one in points.values() if one is not None]
        if len(scored) > 1:
            columns[f"{score.id}_change"] = pd.Series(np.subtract(scored[-1], scored[0]))
    return pd.DataFrame(columns).set_axis(pd.Index(people.answers[first], name=first))
