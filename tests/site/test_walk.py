"""The walk through the code names functions that exist."""

import re
from pkgutil import resolve_name

import pytest

from tests.small_forum import HOUSE

TEXT = (HOUSE / "docs/walk.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
NAMES = sorted(set(re.findall(r"`((?:divan|surveys|analysis|plugins)(?:\.\w+)+)`", PROSE)))


def test_the_walk_is_not_empty() -> None:
    assert len(NAMES) > 30


@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_exists(name: str) -> None:
    assert callable(resolve_name(name))
