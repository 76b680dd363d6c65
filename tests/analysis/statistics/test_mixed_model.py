"""A score over waves gives what R's lme4 and car give, and a sentence where they stop or warn."""

import numpy as np
import pytest

from analysis.statistics import mean_interval, over_waves

SILENT = float("nan")
WAVES = [
    [9, 12, 7, 15, 11, 8, 13, 10],
    [11, 13, 10, 14, 12, 9, 15, 12],
    [12, SILENT, 11, 16, SILENT, 10, 15, SILENT],
]


def test_estimates_intervals_and_variances_are_those_of_lme4():
    """m <- lmer(y ~ w + (1 | id), control = lmerControl("bobyqa", optCtrl = list(rhoend = 1e-12)));
    confint(m, method = "Wald"); car::Anova(m); VarCorr(m)"""
    found = over_waves(WAVES)
    assert [one.estimate for one in found.changes] == pytest.approx([1.375, 2.37612557901], rel=1e-7)
    bounds = [(one.ci_low, one.ci_high) for one in found.changes]
    assert bounds[0] == pytest.approx((0.66466378172, 2.08533621828), rel=1e-7)
    assert bounds[1] == pytest.approx((1.52313895384, 3.22911220418), rel=1e-7)
    assert found.overall.statistic == pytest.approx(32.606229271, rel=1e-7)
    assert found.overall.p_value == pytest.approx(8.31088505853e-08, rel=1e-6)
    assert found.overall.detail["between_sd"] == pytest.approx(2.155260999372, rel=1e-7)
    assert found.overall.detail["within_sd"] == pytest.approx(0.724846195015, rel=1e-7)


def test_two_whole_waves_give_the_mean_change():
    first, second, _ = WAVES
    change = np.subtract(second, first)
    assert over_waves([first, second]).changes[0].estimate == pytest.approx(change.mean())


def test_people_who_differ_by_chance_alone_leave_least_squares():
    """A singular model is lm's: the people of the second wave are those of the first upside down."""
    found = over_waves([[1.0, 2, 3, 4], [5.0, 4, 3, 2]])
    assert found.overall.detail["between_sd"] == 0
    assert found.overall.detail["within_sd"] == pytest.approx(np.sqrt(10 / 6))  # 10 squares left on 8 - 2


def test_large_scores_keep_their_digits():
    near = over_waves(WAVES)
    far = over_waves([np.add(one, 1e9) for one in WAVES])
    assert far.changes[1].ci_low == pytest.approx(near.changes[1].ci_low, rel=1e-5)


@pytest.mark.parametrize(
    ("waves", "reason"),
    [
        ([[], []], "une vague a moins de deux scores"),
        ([[1, 2], [SILENT, 3]], "une vague a moins de deux scores"),
        ([[1, 2, SILENT, SILENT], [SILENT, SILENT, 3, 4]], "personne n'a de score à deux vagues"),
        ([[2, 2, 2], [2, 2, 2]], "les scores d'une vague sont tous égaux"),
        ([[1, 2, 5], [2, 3, 6]], "tous les changements sont égaux"),
    ],
)
def test_what_cannot_be_computed_is_a_sentence(waves, reason):
    found = over_waves(waves)
    assert found.overall.undefined == reason
    assert [one.undefined for one in found.changes] == [reason]


def test_the_interval_of_a_mean_is_t_test_s():
    """t.test(c(9, 12, 7, 15, 11, 8, 13, 10))$conf.int"""
    found = mean_interval([*WAVES[0], SILENT])
    assert (found.ci_low, found.ci_high) == pytest.approx((8.39343479986, 12.85656520014), rel=1e-9)
