"""The index of the search page, made by pagefind from the published pages, apart from the build that it would slow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from divan.builder.settings import load_settings
from divan.site.audit.auditing import audit_index, note_index
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import folder_beside

FOLDER = "pagefind"


def index_search(root: Path, settings_overrides: Mapping[str, Any] | None = None) -> str:
    """Index the built site when it has changed since it was last indexed; a sentence that says what was done.

    Raises ProblemsFound, and leaves the index as it was, when something hidden is read in the new one.
    """
    settings = load_settings(root.resolve(), settings_overrides)
    index, state = settings.output / FOLDER, settings.state_file
    if not state.is_file():
        raise ProblemsFound([Problem(str(settings.output), None, "il n'y a pas de site à indexer", "« divan build »")])
    if (index / "pagefind.js").is_file() and index.stat().st_mtime > state.stat().st_mtime:
        return "La recherche est à jour."
    with folder_beside(index) as fresh:
        words = ["--site", str(settings.output), "--output-path", str(fresh), "--silent"]
        subprocess.run([sys.executable, "-m", "pagefind", *words], check=True, cwd=root)
        stop_if(audit_index(settings, fresh))
    note_index(settings)
    return "La recherche est indexée."
