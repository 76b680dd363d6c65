"""Where the score of a group says what the larger blocks of its questions hold, these are not told there."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.crossings import Crossing
from analysis.disclosure.score_groups import ScoreGroups
from analysis.people.counted import Spread, key
from analysis.people.respondents import INCLUDED, Respondents
from analysis.people.variable import Level, Variable
from analysis.plan.specification import Composite

FINE, COARSE = (("1",), ("2",), ("3",)), (("1",), ("2", "3"))
K = 5


def people(threes: int) -> Respondents:
    """Ten men who answer 1, ten who answer 2 or 3; as many women, of whom five of ten answer 3."""
    rows = [(sex, score) for sex, n in (("man", threes), ("woman", 5))
            for score in ["1"] * 10 + ["3"] * n + ["2"] * (10 - n)]  # fmt: skip
    degrees = tuple(Level(one, one, float(one)) for one in "123")
    variables = (Variable("help", "now", "Aide", degrees, ordered=True),
                 Variable("sex", "now", "Sexe", (Level("man", "Homme"), Level("woman", "Femme"))))  # fmt: skip
    frame = pd.DataFrame({"help": pd.Categorical([score for _, score in rows], [*"123"]),
                          "sex": pd.Categorical([sex for sex, _ in rows], ["man", "woman"])})  # fmt: skip
    group = pd.DataFrame({"group": pd.Categorical([INCLUDED] * len(rows))})
    return Respondents(group, {"now": frame}, {one.axis: one for one in variables})


def groups(cohort, people: Respondents, sexes: tuple[tuple[str, ...], ...]) -> ScoreGroups:
    composite = Composite("score", "Score", (("help", "Aide"),))
    plan = replace(cohort.plan, composite=composite, threshold=K)
    known = {"help@now": AskedQuestion(("help@now",), (FINE, COARSE)),
             "sex@now": AskedQuestion(("sex@now",), (sexes,))}  # fmt: skip
    return ScoreGroups(people, known, plan, exact=True)


@pytest.mark.parametrize(("threes", "refuses"), [(3, True), (5, False), (0, False)])
def test_the_score_of_groups_comes_before_the_larger_blocks_of_its_questions_there(strict_cohort, threes, refuses):
    """Crossed with sex, 2 and 3 are one block of ten men, whose sum is 20 and one for each who answered 3."""
    found = groups(strict_cohort, people(threes), (("man",), ("woman",)))
    assert found.refuses(Crossing(INCLUDED, ("help@now", "sex@now"))) is refuses
    assert not found.refuses(Crossing(INCLUDED, ("help@now",)))
    assert not found.tell(Spread(key(("group", INCLUDED), ("sex@now", "man")), ("presence@now",)))
