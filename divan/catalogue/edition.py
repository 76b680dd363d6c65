"""The two editions of a forum: for all, or for its members, whose edition holds every thread."""

from __future__ import annotations

from divan.builder.settings import SETTINGS_FILE, Settings
from divan.sources.problem import Problem, ProblemsFound

EDITIONS = ("public", "members")


def edition(settings: Settings) -> str:
    """``public`` or ``members``, as AUDIENCE says; raises ProblemsFound."""
    chosen = settings.get("AUDIENCE", "public")
    if chosen not in EDITIONS:
        raise ProblemsFound([Problem(SETTINGS_FILE, None, f"AUDIENCE doit valoir public ou members, pas {chosen}")])
    return str(chosen)
