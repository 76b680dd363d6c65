"""An export of a messaging application, whichever it is, read as many times as wanted: never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from surveys.chat.day_order import DayOrder, decide
from surveys.chat.json_exports import json_entries
from surveys.chat.message import Entry
from surveys.chat.opening import opened
from surveys.chat.whatsapp import Layout, entries, shapes_of, survey_heads


@dataclass(frozen=True, slots=True)
class Export:
    """A file whose application and dates are settled; ``layout`` is None for those in JSON, whose dates are plain."""

    path: Path
    application: str
    layout: Layout | None

    def entries(self) -> Iterator[Entry]:
        """Every message, notice and unread line, in the order of the file."""
        with opened(self.path) as text:
            if self.layout is None:
                yield from json_entries(text, self.path.name)[1]
            else:
                yield from entries(text, self.layout)


def open_export(path: Path, order: DayOrder | None = None) -> Export:
    """Settle what this file is. Raises ProblemsFound, which asks for ``order`` when the dates do not tell it."""
    with opened(path) as text:
        if _is_json(text.readline()):
            text.seek(0)
            return Export(path, json_entries(text, path.name)[0], None)
    with opened(path) as text:
        counts, seen, names = survey_heads(text)
    if not counts:
        message = "aucune ligne de ce fichier ne commence par une date et une heure"
        remedy = "exportez la discussion depuis l'application (« Exporter la discussion »), sans la modifier"
        raise ProblemsFound([Problem(path.name, None, message, remedy)])
    own = shapes_of(counts)
    commonest = max(own, key=lambda shape: counts[shape])
    return Export(path, "whatsapp", Layout(own, decide(seen[commonest], order, path.name), names))


def _is_json(line: str) -> bool:
    return line.lstrip().startswith(("{", "[{")) or line.strip() == "["
