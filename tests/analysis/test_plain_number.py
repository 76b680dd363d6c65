"""A cell takes what pandas and numpy give, and every file can hold what it keeps."""

import json

import numpy as np
import pandas as pd
import pytest

from analysis.tables.cells import Count, Interval, Number

ANSWERS = pd.Series([2, 4, 6, None])


@pytest.mark.parametrize(
    ("cell", "kept", "shown"),
    [
        (Count((ANSWERS > 2).sum(), ANSWERS.count(), frozenset()), {"": 2, "percent": 200 / 3}, "2 (66,7\u00a0%)"),
        (Number(ANSWERS.mean(), 1), {"": 4.0}, "4,0"),
        (Number(ANSWERS.iloc[3:].mean(), 1), {"": None}, "—"),
        (Number(pd.NA), {"": None}, "—"),
        (Number(np.float32(0.5), 1), {"": 0.5}, "0,5"),
        (Interval(*ANSWERS.quantile([0.25, 0.75])), {"low": 3.0, "high": 5.0}, "3,00 à 5,00"),
    ],
)
def test_a_number_of_pandas_is_kept_as_a_number_of_python(cell, kept, shown):
    assert json.loads(json.dumps(cell.raw())) == kept
    assert cell.text() == shown
