"""Numbers on a French page."""

from fractions import Fraction

import pytest

from divan.sources import french


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (25.345, 2, "25,35"),  # half up, on the decimals shown
        (0.125, 2, "0,13"),
        (-0.5, 1, "−0,5"),
        (-0.001, 2, "0,00"),  # no negative zero
        (12345.6, 1, "12\u202f345,6"),
        (None, 2, "—"),
        (float("nan"), 2, "—"),
        (float("inf"), 2, "—"),
    ],
)
def test_number(value, digits, shown):
    assert french.number(value, digits) == shown


def test_cut_off_is_not_rounding():
    assert str(french.cut_off(1749 / 69, 2)) == "25.34"
    assert str(french.rounded(1749 / 69, 2)) == "25.35"


def test_p_values():
    assert french.p_value(0.0004) == "<\u00a00,001"
    assert french.p_value(0.0345) == "0,0345"  # three significant digits
    assert french.p_value(0.00212) == "0,00212"
    assert french.p_value(0.34567) == "0,346"
    assert french.p_value(0.9996) == french.p_value(1) == "1,00"
    assert french.p_sentence(0.2) == "p\u00a0=\u00a00,200"


def test_percentages_are_rounded_from_the_fraction():
    assert french.percent(23 / 80) == french.percent(Fraction(23, 80)) == "28,8\u00a0%"  # 28.75


@pytest.mark.parametrize("digits", [0, 1, 2])
def test_every_percentage_of_up_to_two_hundred_people_is_rounded_half_up(digits):
    for of in range(1, 201):
        for n in range(of + 1):
            # whole numbers only: floor(100 n 10^d / of + 1/2)
            exact = (2 * n * 10 ** (2 + digits) + of) // (2 * of)
            shown = f"{exact // 10**digits},{exact % 10**digits:0{digits}d}" if digits else str(exact)
            assert french.percent(n / of, digits) == french.percent(Fraction(n, of), digits) == f"{shown}\u00a0%"


def test_words():
    assert french.plural(1, "réponse") == "1\u00a0réponse"
    assert french.plural(0, "tableau", "tableaux") == "0\u00a0tableau"
    assert french.enumeration(["a", "b", "c"]) == "a, b et c"
    assert french.typographic("« oui » : 3 %") == "«\u00a0oui\u00a0»\u00a0: 3\u00a0%"


def test_a_label_within_a_sentence_loses_its_capital_and_nothing_else():
    assert [french.within(one) for one in ("À un an", "Hiver de Noël", "CHU de Poitiers", "3 mois", "")] == [
        "à un an", "hiver de Noël", "CHU de Poitiers", "3 mois", ""
    ]  # fmt: skip
