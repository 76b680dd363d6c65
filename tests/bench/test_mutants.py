"""A named fault designates one place of the house, leaves code that can be read, and names a test that is there."""

import ast

import pytest

from bench.mutants.named import NAMED
from tests.places import HOUSE


@pytest.mark.parametrize(("path", "standing", "put", "test"), NAMED)
def test_a_named_fault_is_one_place_and_one_test(path: str, standing: str, put: str, test: str) -> None:
    text = (HOUSE / path).read_text(encoding="utf-8")
    assert text.count(standing) == 1
    ast.parse(text.replace(standing, put))
    assert (HOUSE / test).is_file()
