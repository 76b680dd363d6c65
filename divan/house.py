"""Where the engine's own files lie: beside its package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def house(name: str) -> Path:
    """The engine's ``theme`` or ``locale``."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
