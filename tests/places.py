"""Where things are: the house, and the folder of a small group on whose studies the engine is tried."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
GROUP = HOUSE / "tests" / "group"
STUDIES = ("poitou-charentes-2023", "entraide-2025", "entraide-2026")


def demonstration_is_here() -> bool:
    """Whether any study of the demonstration is left: when none is, a group has put its own in their place."""
    return any((HOUSE / "surveys" / study / "study.yaml").is_file() for study in STUDIES)
