"""The files of a report, each a way to write the same tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page, and what it is.

    ``thesis`` puts it in the block of what a thesis takes; a ``part`` is one table or one figure.
    """

    name: str
    label: str
    note: str = ""
    thesis: bool = False
    part: bool = False
