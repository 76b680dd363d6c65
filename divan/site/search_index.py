"""The index of the search page, made by pagefind from the published pages, apart from the build that it would slow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from divan.builder.settings import load_settings
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.writing import folder_beside

FOLDER = "pagefind"


def index_search(root: Path, settings_overrides: Mapping[str, Any] | None = None) -> str:
    """Index the built site when it has changed since it was last indexed; a sentence that says what was done."""
    settings = load_settings(root.resolve(), settings_overrides)
    index, state = settings.output / FOLDER, settings.state_file
    if not state.is_file():
        raise ProblemsFound([Problem(str(settings.output), None, "il n'y a pas de site à indexer", "« divan build »")])
    if (index / "pagefind.js").is_file() and index.stat().st_mtime > state.stat().st_mtime:
        return "La recherche est à jour."
    with folder_beside(index) as fresh:
        words = ["--site", str(settings.output), "--output-path", str(fresh), "--silent"]
        subprocess.run([sys.executable, "-m", "pagefind", *words], check=True, cwd=root)
    return "La recherche est indexée."
