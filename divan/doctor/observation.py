"""What one check of the doctor found, in a line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Diagnosis(StrEnum):
    """Well, lacking, or not looked at: then the finding says why."""

    WELL = "bien"
    LACKING = "à faire"
    UNSEEN = "pas vérifié"


@dataclass(frozen=True, slots=True)
class Observation:
    """One state, what was seen, and what to do."""

    state: Diagnosis
    said: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.said} ; {self.remedy}" if self.remedy else self.said


def well(said: str) -> Observation:
    """Nothing to do."""
    return Observation(Diagnosis.WELL, said)


def lacking(said: str, remedy: str) -> Observation:
    """Something to do, and what."""
    return Observation(Diagnosis.LACKING, said, remedy)


def unseen(why: str, remedy: str = "") -> Observation:
    """Not looked at, and why."""
    return Observation(Diagnosis.UNSEEN, why, remedy)
