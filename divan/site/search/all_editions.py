"""The search of each edition: that of the public site, and that of the members' space, which is wrapped with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from divan.builder.settings import load_settings
from divan.site.members_space import has_space, members_edition, update_space
from divan.site.search.indexing import index_search


def index_editions(root: Path, overrides: Mapping[str, Any] | None = None) -> str:
    """Index both; a sentence for each."""
    said = [index_search(root, overrides)]
    settings = load_settings(root.resolve(), overrides)
    if has_space(settings):
        index_search(root, {**(overrides or {}), **members_edition(settings)})
        said.append(update_space(root, overrides))
    return "\n".join(said)
