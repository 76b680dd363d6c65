"""What the application itself writes in an export, as ``said_by_the_application.yaml`` has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS_PATH = Path(__file__).parent / "said_by_the_application.yaml"


@dataclass(frozen=True, slots=True)
class ApplicationWords:
    """One expression for each thing that the application says, compiled; ``speakers`` are names it gives itself."""

    patterns: dict[str, tuple[re.Pattern[str], ...]]
    speakers: frozenset[str]

    def found(self, name: str, text: str) -> re.Match[str] | None:
        """The first expression of ``name`` that the whole of ``text`` fits."""
        for one in self.patterns[name]:
            if match := one.fullmatch(text):
                return match
        return None


@cache
def application_words() -> ApplicationWords:
    """The words, compiled once."""
    written: dict[str, Any] = yaml.load(WORDS_PATH.read_text(encoding="utf-8"), yaml.CSafeLoader)
    speakers = frozenset(written.pop("speakers"))
    flags = re.IGNORECASE | re.DOTALL
    return ApplicationWords({name: tuple(re.compile(one, flags) for one in rows) for name, rows in written.items()},
                            speakers)  # fmt: skip
