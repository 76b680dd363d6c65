"""What ``synthetic.yaml`` says of the answers to make up: a seed, how many people, how often each answer is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from divan.sources.yaml_source import read_yaml
from surveys.model import Study


@dataclass(frozen=True, slots=True)
class Recipe:
    """What ``synthetic.yaml`` says; ``n`` by wave, or by group of a paired study.

    ``shift`` is how far an answer moves once people are helped; ``lift`` how much help goes with an answer; ``blank``
    the share of people who leave a question; ``later`` the share who answer a wave that comes after the pair.
    """

    seed: int
    n: Mapping[str, int]
    weights: Mapping[str, Mapping[str, float]]
    shift: Mapping[str, float]
    texts: Mapping[str, Sequence[str]]
    agree: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, Mapping[str, float]]
    days: int
    blank: Mapping[str, float]
    lift: Mapping[str, Mapping[str, float]]
    later: Mapping[str, float]


def read_recipe(study: Study) -> Recipe:
    """The recipe of a study; sizes that it does not give are zero."""
    path = study.folder / "synthetic.yaml"
    raw = read_yaml(path.name, path.read_text(encoding="utf-8")).value
    return Recipe(
        raw["seed"],
        raw["n"],
        *(raw.get(key, {}) for key in ("weights", "shift", "texts", "agree", "numbers")),
        raw.get("days", 0),
        *(raw.get(key, {}) for key in ("blank", "lift", "later")),
    )
