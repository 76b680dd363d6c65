"""An answer recoded twice, each recoding crossed with the same question: what lies between the two is crossed too."""

import pandas as pd
import pytest

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.crossings import Crossing, finest
from analysis.people.respondents import INCLUDED, Respondents
from analysis.people.variable import Level, Variable

K = 5
CUTS = {"upto10": ("low", "high"), "upto20": ("short", "long"), "sex": ("man", "woman")}


def people(between: dict[str, int]) -> Respondents:
    """Ten men and ten women below both cuts, as many above both, and so many between the two."""
    rows = [("low", "short", sex) for sex in CUTS["sex"] for _ in range(10)]
    rows += [("high", "long", sex) for sex in CUTS["sex"] for _ in range(10)]
    rows += [("high", "short", sex) for sex, n in between.items() for _ in range(n)]
    variables = {f"{name}@now": Variable(name, "now", name, tuple(Level(one, one) for one in levels))
                 for name, levels in CUTS.items()}  # fmt: skip
    frame = pd.DataFrame(rows, columns=[*CUTS])
    answers = pd.DataFrame({name: pd.Categorical(frame[name], levels) for name, levels in CUTS.items()})
    group = pd.DataFrame({"group": pd.Categorical([INCLUDED] * len(rows))})
    return Respondents(group, {"now": answers}, variables)


def questions() -> dict[str, AskedQuestion]:
    """Each in its two levels; the second recoding comes after the first."""
    return {f"{name}@now": AskedQuestion((f"{name}@now",), (tuple((one,) for one in levels),),
                                         {"upto20@now": ("upto10@now",)} if name == "upto20" else {})
            for name, levels in CUTS.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("men", "told"),
    [(5, True), (4, False), (0, True)],
)
def test_a_second_recoding_is_crossed_where_nobody_or_enough_lie_between_the_two(men, told):
    """« More than 10 » less « more than 20 », among men: so many are from 11 to 20."""
    asked, known = questions(), people({"man": men, "woman": 6})
    first, second = (finest(Crossing(INCLUDED, (name, "sex@now")), known, asked, K)
                     for name in ("upto10@now", "upto20@now"))  # fmt: skip
    assert first is not None
    assert (second is not None) is told
