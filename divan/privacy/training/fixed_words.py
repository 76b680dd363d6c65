"""The words of ``slots.yaml``, and how often a name of a list is drawn."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import yaml

_SLOTS = Path(__file__).parent / "slots.yaml"


@cache
def fixed() -> dict[str, tuple[str, ...]]:
    """The lists of ``slots.yaml``."""
    written = yaml.safe_load(_SLOTS.read_text(encoding="utf-8"))
    return {key: tuple(map(str, values)) for key, values in written.items()}


def often(drawn: random.Random, names: tuple[str, ...]) -> str:
    """Frequent names more often than rare ones."""
    return names[int(len(names) * drawn.random() ** 2)]
