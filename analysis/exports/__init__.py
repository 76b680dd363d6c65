"""The files of a report, each a way to write the same tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page, and what it is; ``thesis`` puts it in the block of what a thesis takes."""

    name: str
    label: str
    note: str = ""
    thesis: bool = False
