"""Power and size: of Student's t as R gives them, of signs and ranks as Noether's formula does."""

import pytest

from analysis.statistics.power import (
    people_needed,
    power_of_mann_whitney,
    power_of_paired_t,
    power_of_sign,
    power_of_signed_rank,
    power_of_two_sample_t,
)


@pytest.mark.parametrize(
    ("given", "power"),
    [  # R: power.t.test(n, delta, sd, sig.level, type = "paired", strict = TRUE)$power
        ((69, 0.7, 1.5, 0.05), 0.9686389297),
        ((20, 1, 2.5, 0.05), 0.3969938256),
        ((10, 0.2, 1, 0.01), 0.0212120795),
    ],
)
def test_the_power_of_a_paired_t(given, power):
    assert power_of_paired_t(*given) == pytest.approx(power, rel=1e-8)


@pytest.mark.parametrize(
    ("given", "power"),
    [  # R: power.t.test(n, delta, sd, sig.level, strict = TRUE)$power
        ((20, 1, 1.2, 0.05), 0.7284684394),
        ((64, 0.5, 1, 0.05), 0.8014595579),
        ((5, 0.1, 1, 0.01), 0.01062543973),
    ],
)
def test_the_power_of_a_t_of_two_groups(given, power):
    assert power_of_two_sample_t(*given) == pytest.approx(power, rel=1e-8)


@pytest.mark.parametrize(
    ("test", "shift", "sd", "power", "people"),
    [
        ("paired_t", 1, 2.5, 0.8, 52),  # R: power.t.test(delta, sd, power, type = "paired", strict = TRUE)$n = 51.009
        ("paired_t", 0.5, 3, 0.9, 381),  # 380.193
        ("paired_t", 1, 6, 0.8, 285),  # 284.486
        # R: (qnorm(.975) + qnorm(power))^2 / (4 * (pnorm(shift / sd) - .5)^2): 81.231 and 599.698
        ("sign", 1, 2.5, 0.8, 82),
        ("sign", 0.5, 3, 0.9, 600),
        # the same with 3 and pnorm(sqrt(2) * shift / sd): 57.025 and 403.497
        ("signed_rank", 1, 2.5, 0.8, 58),
        ("signed_rank", 0.5, 3, 0.9, 404),
        ("welch_t", 1, 2.5, 0.8, 100),  # in each group; R: power.t.test(delta, sd, power, strict = TRUE)$n = 99.080
        # the same with 6 and pnorm(shift / sd / sqrt(2)), in each group: 105.503
        ("mann_whitney", 1, 2.5, 0.8, 106),
    ],
)
def test_people_needed(test, shift, sd, power, people):
    assert people_needed(test, shift, sd, 0.05, power) == people


def test_a_difference_of_nothing_needs_nobody_can_say_how_many():
    assert people_needed("sign", 1e-9, 1, 0.05, 0.8) is None


def test_a_great_difference_needs_the_two_people_that_a_change_is_made_of():
    assert people_needed("paired_t", 1e6, 1, 0.05, 0.8) == 2


@pytest.mark.parametrize("power_of", [power_of_sign, power_of_signed_rank, power_of_mann_whitney])
def test_more_people_see_more(power_of):
    assert power_of(20, 1, 2, 0.05) < power_of(40, 1, 2, 0.05) < power_of(4000, 1, 2, 0.05) <= 1
