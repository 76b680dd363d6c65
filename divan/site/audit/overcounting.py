"""A number tells too: the count beside a hashtag may hold only the threads that this edition shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from divan.sources.problem import Problem

_COUNTED = re.compile(rb'href="[^"]*?(mots/[^"/]+/)"[^>]*>[^<]*<span class="count">([^<]*)</span>')


def overcounted(place: str, content: bytes, lengths: Mapping[str, int]) -> Iterator[Problem]:
    """The lines of a page that count more threads for a hashtag than ``lengths`` has."""
    for found in _COUNTED.finditer(content):
        told = re.sub(r"\D", "", found[2].decode("utf-8", "replace"))
        if told and int(told) > lengths.get(found[1].decode("utf-8", "replace"), 0):
            line = content.count(b"\n", 0, found.start()) + 1
            message = "un nombre ne compte que les fils que chacun peut lire, et celui d'un hashtag en compte d'autres"
            yield Problem(place, line, message, "ce fichier est retenu : corrigez le modèle ou le greffon qui compte")
