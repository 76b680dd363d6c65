"""Where things are: the house, and the folder of a small group on whose studies the engine is tried."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
GROUP = HOUSE / "tests" / "group"
