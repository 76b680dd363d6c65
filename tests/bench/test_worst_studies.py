"""Random studies of which an earlier attack got something back, one of each kind: nothing is any more."""

import pytest

from bench.attack.__main__ import score

WORST = {
    3: "a silence, beside the exact margin of its question, where another wave tells who moved",
    12: "21 people of whom 18 have one score: its mean and its SD told the three others",
    126: "a quartile of 21 people beside that of all 26: six of them, and no other, had 6 or less",
    259: "the score of a group less two of its questions, the third being told by block there",
}


@pytest.mark.parametrize("seed", WORST, ids=WORST.get)
def test_nothing_is_got_back_any_more(tmp_path, seed):
    found = score([seed], tmp_path, once=True)
    assert (found.pages, found.tried > 20) == (1, True)
    assert dict(found.leaks) == {}
    assert not found.contradictions
