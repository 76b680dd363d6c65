"""Which counts go, on sums written by hand: the small, the cheapest beside them, all that would give them back."""

from analysis.disclosure.attack import determined
from analysis.disclosure.ledger import KnownSum, Ledger
from analysis.disclosure.suppression import COMPLEMENT, SMALL, suppress
from analysis.people.counted import Key, key


def cell(name: str) -> Key:
    return key((name, "yes"))


def known(counts: dict[str, int], *sums: dict[str, int], untold: str = "") -> Ledger:
    """The ledger of these counts and of these sums (factor by name), all told but those of ``untold``."""
    cells = {cell(name): n for name, n in counts.items()}
    lines = tuple(
        KnownSum(
            tuple((cell(name), factor) for name, factor in line.items()), sum(counts[n] * f for n, f in line.items())
        )
        for line in sums
    )
    return Ledger(cells, frozenset(cell(name) for name in counts if name not in untold), lines)


def masked(ledger: Ledger, threshold: int = 5) -> dict[str, str]:
    return {next(iter(who))[0]: reason for who, reason in suppress(ledger, threshold).reasons.items()}


def test_those_hidden_together_are_the_threshold_or_more() -> None:
    # 2 + 2 could be 1 + 3, so neither is worked out; four people are still few, and the 8 goes too
    one = known({"a": 2, "b": 2, "c": 8, "d": 20}, {"a": 1, "b": 1, "c": 1, "d": 1})
    assert masked(one) == {"a": SMALL, "b": SMALL, "c": COMPLEMENT}


def test_exactly_the_threshold_is_enough() -> None:
    one = known({"a": 2, "b": 3, "c": 8, "d": 20}, {"a": 1, "b": 1, "c": 1, "d": 1})
    assert masked(one) == {"a": SMALL, "b": SMALL}  # 2 + 3 = 5


def test_four_is_small_and_five_is_not() -> None:
    one = known({"a": 4, "b": 5, "c": 6}, {"a": 1, "b": 1, "c": 1})
    assert masked(one) == {"a": SMALL, "b": COMPLEMENT}
    assert masked(known({"a": 5, "b": 6}, {"a": 1, "b": 1})) == {}
    assert masked(known({"a": 1, "b": 6}, {"a": 1, "b": 1})) == {"a": SMALL, "b": COMPLEMENT}


def test_a_zero_is_hidden_only_when_nothing_else_is_left() -> None:
    one = known({"a": 2, "b": 0, "c": 8, "d": 20}, {"a": 1, "b": 1, "c": 1, "d": 1})
    assert masked(one) == {"a": SMALL, "c": COMPLEMENT}


def test_a_count_that_the_page_never_tells_hides_its_neighbour() -> None:
    one = known({"a": 2, "b": 9}, {"a": 1, "b": 1}, untold="b")
    assert masked(one) == {"a": SMALL}


def test_the_whole_goes_when_no_part_is_left_to_hide() -> None:
    # a + b = w, and v + w = 50: w hidden alone would be 50 - v
    one = known({"a": 2, "b": 1, "w": 3, "v": 47}, {"a": 1, "b": 1, "w": -1}, {"w": 1, "v": 1})
    assert masked(one) == {"a": SMALL, "b": SMALL, "w": SMALL, "v": COMPLEMENT}


def test_what_two_sums_together_give_back_is_looked_for_again_and_again() -> None:
    # a + b = 11 and a + 2b + 3w = 41 give a and b while w is told; w hidden would be 30 - v, so v goes as well
    one = known({"a": 2, "b": 9, "w": 7, "v": 23}, {"a": 1, "b": 2, "w": 3}, {"a": 1, "b": 1}, {"w": 1, "v": 1})
    assert masked(one) == {"a": SMALL, "b": COMPLEMENT, "w": COMPLEMENT, "v": COMPLEMENT}


def test_two_sums_that_share_one_hidden_count_are_solved_together() -> None:
    one = known({"a": 2, "b": 9}, {"a": 1, "b": 1}, {"b": 2, "a": 1})
    assert determined(one, frozenset({cell("a"), cell("b")})) == {cell("a"), cell("b")}
    assert determined(known({"a": 2, "b": 9}, {"a": 1, "b": 1}), frozenset({cell("a"), cell("b")})) == set()


def test_what_is_hidden_is_at_least_one_unless_a_zero_is() -> None:
    # 1 + 1: nobody hides a zero here, so both are 1; with a hidden zero they may be 0 and 2
    both = known({"a": 1, "b": 1}, {"a": 1, "b": 1})
    assert determined(both, frozenset({cell("a"), cell("b")})) == {cell("a"), cell("b")}
    three = known({"a": 1, "b": 1, "z": 0}, {"a": 1, "b": 1, "z": 1})
    assert determined(three, frozenset({cell("a"), cell("b"), cell("z")})) == set()
