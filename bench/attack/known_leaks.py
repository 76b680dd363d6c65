"""Small studies of the kinds that gave people back before counts were told together: each kind, as small as it goes."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from bench.attack.invented import Draw, InventedStudy, Row, drawn_study

ITEMS, CHOICES = ("item1", "item2"), {"choice1": 3, "choice2": 2}
KNOWN: dict[str, tuple[int, list[dict[str, Any]]]] = {
    "ranks": (2, [{"show": "item_means", "tests": ["signed_rank"]}, {"show": "item_levels"}, {"show": "transitions"}]),
    "unanalysed": (
        2,
        [{"show": "item_means", "tests": ["sign"]}, {"show": "item_levels"}, {"show": "composite_change"}],
    ),
    "third_wave": (
        3,
        [
            {"show": "item_means", "tests": ["sign"]},
            {"show": "ordinal_change", "variables": ["choice2", "bands"]},
            {"show": "item_levels"},
            {"show": "transitions"},
        ],
    ),
    "one_value": (
        1,
        [
            {"show": "characteristics", "variables": ["choice1"]},
            {"show": "item_scores"},
            {"show": "score_by", "variables": ["choice1"]},
            {"show": "score_difference", "by": ["halves"]},
        ],
    ),
}


def known_leak(kind: str, seed: int) -> InventedStudy:
    """A study of this kind."""
    waves, tables = KNOWN[kind]
    random = Random(f"{kind} {seed}")
    names = ("autumn", "winter", "spring")[:waves]
    # counts that no table hides, changes that it does: more people
    few = kind in ("unanalysed", "one_value")
    people = random.randint(24, 48) if few else random.randint(160, 220)
    draw = Draw(seed, random, names, waves > 1, people, ITEMS, 4, CHOICES, 0.0, 0.0, (1.0,) * 4)
    study = drawn_study(draw, tables)
    if kind == "unanalysed":
        return replace(study, answers=_one_left_blank(study.answers))
    if kind == "one_value":
        return replace(study, answers=_one_scored(study.answers))
    return study


def _one_left_blank(answers: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The last person did not finish the first questionnaire, and did not come back."""
    first = [*answers["autumn"][:-1], {**answers["autumn"][-1], "item1": ""}]
    return {"autumn": first, "winter": answers["winter"][:-1]}


def _one_scored(answers: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Six people of one choice, of whom one answered the questions of the score."""
    rows = [
        {**row, "choice1": "c1" if n < 6 else "ab"[n % 2] + "1", "item1": "" if 0 < n < 6 else row["item1"]}
        for n, row in enumerate(answers["autumn"])
    ]
    return {"autumn": rows}
