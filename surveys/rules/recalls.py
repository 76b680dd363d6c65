"""What a question may recall: an earlier answer that somebody gave in their own form, never a code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from surveys.folding import meant
from surveys.recall import recalled_items
from surveys.rules.raw import Fault, walk


def recalls(raw: dict[str, Any]) -> Iterator[Fault]:
    """Each fault of the answers recalled in the text of a question."""
    earlier: dict[str, str] = {}
    for place, item in walk(raw):
        for name in recalled_items(item["text"]):
            if name not in earlier:
                message = f"« {{{name}}} » rappelle une question qui n'est pas posée avant"
                yield (*place, "text"), message, meant(name, earlier)
            elif earlier[name] in ("code", "consent"):
                yield (*place, "text"), f"« {{{name}}} » rappelle un code ou un accord", "rappelez une autre réponse"
        earlier[item["id"]] = item["type"]
