"""Draw the data sets that Python and R are compared on: `python tests/analysis/r/generate.py` (seeded, committed).

Each is one table, one row a respondent, with every column that some statistic needs, so that every statistic meets
every shape: ties, zeros, one or two respondents, constant columns, empty levels, missing answers, aliased columns. The
``study-*`` sets are the first study itself, its variables poured into the same columns.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from surveys.pairing import Pair, pair
from surveys.questionnaire import Item
from surveys.responses import Row, read_responses
from surveys.roster import read_roster
from surveys.study import load_study

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
COLUMNS = ["before", "after", "group", "band", "yes", "yes_later", "level_before", "level_after",
           "item1", "item2", "item3", "item4", "coder_a", "coder_b", "x", "z", "w"]  # fmt: skip
LEVELS = list("ABCDE")

Columns = dict[str, list[object]]


def likert(source: np.random.Generator, n: int, around: int = 3) -> np.ndarray:
    return np.clip(np.rint(source.normal(around, 1.2, n)), 1, 5).astype(int)


def ordinary(source: np.random.Generator, n: int) -> Columns:
    """A small before/after survey: sums of Likert items, five groups, five ordered bands."""
    items = [likert(source, n, around) for around in (4, 3, 4, 3)]
    before = sum(items) + likert(source, n)
    moved = source.choice([-2, -1, 0, 1, 2, 3], n, p=[0.05, 0.1, 0.4, 0.25, 0.15, 0.05])
    level_before = likert(source, n)
    coder = source.choice(list("abc"), n, p=[0.5, 0.3, 0.2])
    return {
        "before": list(before),
        "after": list(before + moved),
        "group": list(source.choice(LEVELS, n, p=[0.2, 0.3, 0.2, 0.2, 0.1])),
        "band": list(source.choice(LEVELS, n, p=[0.2, 0.4, 0.2, 0.1, 0.1])),
        "yes": list(source.binomial(1, 0.4, n)),
        "yes_later": list(source.binomial(1, 0.5, n)),
        "level_before": list(level_before),
        "level_after": list(np.clip(level_before + source.choice([-1, 0, 1], n, p=[0.15, 0.6, 0.25]), 1, 5)),
        **{f"item{i + 1}": list(item) for i, item in enumerate(items)},
        "coder_a": list(coder),
        "coder_b": list(np.where(source.random(n) < 0.75, coder, source.choice(list("abc"), n))),
        "x": list(np.round(source.normal(40, 9, n), 3)),
        "z": list(np.round(source.normal(0, 1, n), 4)),
        "w": list(source.binomial(1, 0.3, n)),
    }


def continuous(source: np.random.Generator, n: int) -> Columns:
    """Nothing ties: the exact laws apply as long as n allows."""
    columns = ordinary(source, n)
    before = source.normal(10, 3, n)
    return columns | {
        "before": list(np.round(before, 6)),
        "after": list(np.round(before + source.normal(0.5, 1, n), 6)),
    }


def with_holes(source: np.random.Generator, n: int, share: float) -> Columns:
    columns = ordinary(source, n)
    return {name: [v if source.random() > share else "" for v in values] for name, values in columns.items()}


def changed(columns: Columns, **replaced: list[object]) -> Columns:
    return columns | replaced


def data_sets() -> dict[str, Columns]:
    """Every data set by name; the seed is the same at each run."""
    source = np.random.default_rng(20230326)
    normal, smooth = partial(ordinary, source), partial(continuous, source)
    sets = {
        "one-respondent": normal(1),
        "two-respondents": normal(2),
        "three-respondents": smooth(3),
        "five-exact": smooth(5),
        "eight-ties": normal(8),
        "nine-exact": smooth(9),
        "ten-edgeworth": smooth(10),
        "twenty-five-exact": smooth(25),
        "forty-nine-exact": smooth(49),
        "fifty-asymptotic": smooth(50),
        "hundred-smooth": smooth(100),
        "thirty": normal(30),
        "sixty-nine": normal(69),
        "ninety": normal(90),
        "hundred-forty": normal(140),
        "three-hundred": normal(300),
        "a-thousand": normal(1000),
        "holes-some": with_holes(source, 80, 0.1),
        "holes-many": with_holes(source, 60, 0.45),
        "nobody-moves": normal(20),
        "one-moves": normal(25),
        "all-go-up": normal(15),
        "all-equal": normal(18),
        "empty-levels": normal(40),
        "lone-members": normal(24),
        "one-group": normal(22),
        "nobody-says-yes": normal(26),
        "rare-yes": normal(48),
        "aliased": normal(45),
        "large-numbers": smooth(35),
        "tiny-numbers": smooth(33),
        "halves": normal(55),
        "negative": normal(37),
        "skewed": smooth(64),
        "zeros-without-ties": smooth(16),
        "two-by-two": normal(58),
    }
    _bend(sets, source)
    return sets


def _bend(sets: dict[str, Columns], source: np.random.Generator) -> None:
    """Give each special data set the shape that its name says."""
    still = sets["nobody-moves"]
    still["after"], still["level_after"], still["yes_later"] = still["before"], still["level_before"], still["yes"]
    one = sets["one-moves"]
    one["after"] = [one["before"][0] + 3, *one["before"][1:]]
    sets["all-go-up"]["after"] = [value + 1 + i % 3 for i, value in enumerate(sets["all-go-up"]["before"])]
    equal = sets["all-equal"]
    for name in ("before", "after", "level_before", "level_after", "item1", "item2", "item3", "item4"):
        equal[name] = [3] * 18
    for name in ("group", "band"):
        sets["empty-levels"][name] = list(source.choice(["B", "D"], 40))
        sets["lone-members"][name] = ["A", "C", "E", *["B"] * 10, *["D"] * 11]
        sets["one-group"][name] = ["C"] * 22
        sets["two-by-two"][name] = list(source.choice(["A", "B"], 58))
    sets["nobody-says-yes"]["yes"] = [0] * 26
    sets["rare-yes"]["yes"] = [1, *[0] * 47]
    sets["aliased"]["z"] = [2 * value - 1 for value in sets["aliased"]["x"]]
    sets["aliased"]["band"] = sets["aliased"]["group"]
    for name in ("before", "after"):
        sets["large-numbers"][name] = [round(value * 1e6 + 1e8, 1) for value in sets["large-numbers"][name]]
        sets["tiny-numbers"][name] = [round(value * 1e-6, 13) for value in sets["tiny-numbers"][name]]
        sets["halves"][name] = [value / 2 for value in sets["halves"][name]]
        sets["negative"][name] = [value - 30 for value in sets["negative"][name]]
        sets["skewed"][name] = [round(float(np.exp(value / 3)), 5) for value in sets["skewed"][name]]
    zeros = sets["zeros-without-ties"]
    zeros["after"] = [*zeros["before"][:3], *zeros["after"][3:]]


AREAS = ("cases", "relation", "local", "admin", "sanitary", "moral", "referral")


def study_sets() -> dict[str, Columns]:
    """The first study: the composite, each of the seven items, and the included beside those who never joined."""
    study = load_study(ROOT / "surveys" / "poitou-charentes-2023")
    before, after = (read_responses(study, wave) for wave in ("before", "after"))
    pairing = pair(study, before, after, read_roster(study))
    item = before.wave.questionnaire.item
    total = {"study-composite": lambda row: sum(int(row[area]) for area in AREAS)}
    scores = total | {f"study-{area}": lambda row, area=area: int(row[area]) for area in AREAS}
    sets = {name: _paired(pairing.pairs, score, item) for name, score in scores.items()}
    people = [(row.before, 1) for row in pairing.pairs] + [(row, 0) for row in pairing.never_joined]
    joined = {column: [""] * len(people) for column in COLUMNS}
    joined["before"] = [sum(int(row[area]) for area in AREAS if row[area]) for row, _ in people]
    joined["yes"] = [member for _, member in people]
    joined |= {"group": [_letter(item("age"), row) for row, _ in people],
               "band": [_letter(item("years"), row) for row, _ in people]}  # fmt: skip
    joined |= {f"item{i + 1}": [row[area] for row, _ in people] for i, area in enumerate(AREAS[:4])}
    return sets | {"study-joined": joined}


def _paired(pairs: tuple[Pair, ...], score: Callable[[Row], int], item: Callable[[str], Item]) -> Columns:
    rows = [one.before for one in pairs]
    return {
        "before": [score(one.before) for one in pairs],
        "after": [score(one.after) for one in pairs],
        "group": [_letter(item("age"), row) for row in rows],
        "band": [_letter(item("time"), row) for row in rows],
        "yes": [int(row["sex"] == "man") for row in rows],
        "yes_later": [int(row["uses"] == "yes") for row in rows],
        "level_before": [one.before["moral"] for one in pairs],
        "level_after": [one.after["moral"] for one in pairs],
        **{f"item{i + 1}": [row[area] for row in rows] for i, area in enumerate(AREAS[:4])},
        "coder_a": [one.before["referral"] for one in pairs],
        "coder_b": [one.after["referral"] for one in pairs],
        "x": [int("established" in row["practice"].split(";")) for row in rows],
        "z": [int("rural" in row["place"].split(";")) for row in rows],
        "w": [int("urban" in row["place"].split(";")) for row in rows],
    }


def _letter(item: Item, row: Row) -> str:
    """The declared levels of an item, in order, as A, B, C, D, E; a sixth one is nobody's in this study."""
    ids = [choice.id for choice in item.choices]
    return LEVELS[ids.index(row[item.id])] if row[item.id] else ""


def main() -> None:
    """Write one CSV a data set into ``data/``."""
    folder = HERE / "data"
    folder.mkdir(exist_ok=True)
    for name, columns in (data_sets() | study_sets()).items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(zip(*(columns[column] for column in COLUMNS), strict=True))


if __name__ == "__main__":
    main()
