"""What everybody may read of a study before any answer: its questions, its variables, its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from divan.sources.yaml_source import parse

MISSING, SCORE, STACKED = "missing", "score", "waves"
Yaml = dict[str, Any]
Parts = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Axis:
    """A question at a wave (``item1@first``): its finest answers, and what each is worth when it is a number."""

    name: str
    levels: tuple[str, ...]
    worth: Mapping[str, int]
    always: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The answers, and the absence of one where that can be."""
        return self.levels if self.always else (*self.levels, MISSING)


@dataclass(frozen=True, slots=True)
class Asked:
    """The public definition of a study; ``parts``: each level of a variable as finest answers of its question.

    ``observed``: the page says that its quartiles are answers given.
    """

    plan: Yaml
    waves: tuple[str, ...]
    pair: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]
    worth: Mapping[str, Mapping[str, int]]
    variables: Mapping[str, tuple[str, Parts]]
    complete: frozenset[str]
    labels: Mapping[tuple[str, str], str]
    observed: bool = False

    @property
    def items(self) -> tuple[str, ...]:
        """The questions of the score."""
        return tuple(one["id"] for one in self.plan["composite"]["items"]) if "composite" in self.plan else ()

    @property
    def score(self) -> str:
        """What the plan calls the score."""
        return str(self.plan["composite"]["id"]) if "composite" in self.plan else ""

    def axis(self, question: str, wave: str) -> Axis:
        """The question at this wave."""
        always = question in self.complete and wave in self.pair
        return Axis(f"{question}@{wave}", self.questions[question], self.worth.get(question, {}), always)

    def ordered(self, variable: str) -> Sequence[str]:
        """The levels of a variable as its plan orders them."""
        return [*self.variables[variable][1]]


def read_asked(folder: Path) -> Asked:
    """From the folder of the study, its answers and roster aside."""
    study, plan = yaml_of(folder / "study.yaml"), yaml_of(folder / "plan.yaml")
    asked = yaml_of(folder / study["waves"][0]["questionnaire"])
    waves = tuple(one["id"] for one in study["waves"])
    questions, worth = _questions(asked)
    variables = {
        one["id"]: _parts(one, questions)
        for one in plan["variables"]
        if one.get("item", one["id"]) in questions or "any_of" in one
    }
    pairing = study.get("pairing")
    pair = (pairing["before"], pairing["after"]) if pairing else ()
    stacked = not pair and len(waves) > 1
    shown = (STACKED,) if stacked else waves
    if stacked:
        questions, variables = (
            {**questions, "wave": waves},
            {**variables, "wave": ("wave", {w: frozenset({w}) for w in waves})},
        )
    complete = frozenset(pairing["complete"] if pairing else ())
    found = Asked(plan, shown, pair, questions, worth, variables, complete, _labels(asked))
    return _with_score(found)


def yaml_of(path: Path) -> Yaml:
    """A file of the study, as whoever reads the repository has it."""
    loaded: Yaml = parse(path.read_text(encoding="utf-8"))
    return loaded


def _questions(asked: Yaml) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, int]]]:
    found: dict[str, tuple[str, ...]] = {}
    worth: dict[str, dict[str, int]] = {}
    for item in (item for section in asked["sections"] for item in section["items"]):
        if item["type"] in ("single", "likert"):
            own = item["choices"]
            choices = asked["scales"][own] if isinstance(own, str) else own
            found[item["id"]] = tuple(str(one.get("id", one.get("score"))) for one in choices if not one.get("missing"))
            if all("score" in one for one in choices):
                worth[item["id"]] = {str(one["score"]): one["score"] for one in choices}
        elif item["type"] in ("integer", "scale"):
            values = range(int(item.get("minimum", 0)), int(item.get("maximum", 10)) + 1)
            found[item["id"]] = tuple(map(str, values))
            worth[item["id"]] = {str(value): value for value in values}
    return found, worth


def _labels(asked: Yaml) -> dict[tuple[str, str], str]:
    """The answer that a label names."""
    found = {}
    for item in (item for section in asked["sections"] for item in section["items"] if "choices" in item):
        own = item["choices"]
        for one in asked["scales"][own] if isinstance(own, str) else own:
            found[item["id"], one["label"]] = str(one.get("id", one.get("score")))
    return found


def _parts(one: Yaml, questions: dict[str, tuple[str, ...]]) -> tuple[str, Parts]:
    """The question that a variable comes from, and each of its levels as answers to it."""
    name, item = one["id"], one.get("item", one["id"])
    if "any_of" in one:
        questions[name] = ("yes", "no")
        return name, {level: frozenset({level}) for level in ("yes", "no")}
    answers = questions[item]
    if "merge" in one:
        return item, {level["id"]: frozenset(map(str, level["from"])) for level in one["merge"]}
    if "bands" in one:
        return item, dict(_bands(one["bands"], answers))
    order = [str(level) for level in one.get("order", answers)]
    return item, {level: frozenset({level}) for level in order}


def _bands(bands: Sequence[Yaml], answers: Sequence[str]) -> list[tuple[str, frozenset[str]]]:
    found, left = [], list(answers)
    for band in bands:
        inside = [one for one in left if int(one) <= band.get("max", int(left[-1]))]
        left = [one for one in left if one not in inside]
        found.append((band["id"], frozenset(inside)))
    return found


def _with_score(found: Asked) -> Asked:
    if not found.items or not all(item in found.worth for item in found.items):
        return found
    low = sum(min(found.worth[item].values()) for item in found.items)
    high = sum(max(found.worth[item].values()) for item in found.items)
    values = {str(value): value for value in range(low, high + 1)}
    questions = {**found.questions, SCORE: tuple(values)}
    complete = found.complete | ({SCORE} if found.complete >= {*found.items} else set())
    items = {item: (item, {level: frozenset({level}) for level in found.questions[item]}) for item in found.items}
    return Asked(
        found.plan,
        found.waves,
        found.pair,
        questions,
        {**found.worth, SCORE: values},
        {**items, **found.variables},
        complete,
        found.labels,
    )
