"""What a declared change may say: names of the past that are gone, and names of today that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from surveys.folding import meant
from surveys.rules.raw import Fault, offered, walk


def declared_changes(raw: dict[str, Any]) -> Iterator[Fault]:
    """Each fault of the list ``changes``."""
    choices = {
        item["id"]: [choice.get("id", str(choice.get("score"))) for _, choice in offered(raw, place, item)]
        for place, item in walk(raw)
    }
    for n, change in enumerate(raw.get("changes", [])):
        of = change.get("of")
        if of is not None and of not in choices:
            yield ("changes", n, "of"), f"« {of} » n'est pas une question", meant(of, choices)
            continue
        known = choices[of] if of else [*choices]
        what = f"une réponse de « {of} »" if of else "une question"
        if "to" in change and str(change["to"]) not in known:
            yield ("changes", n, "to"), f"« {change['to']} » n'est pas {what}", meant(str(change["to"]), known)
        gone = {key: change[key] for key in ("rename", "merge", "retire") if key in change}
        for key, names in gone.items():
            for name in map(str, names if isinstance(names, list) else [names]):
                if name in known and name != str(change.get("to")):
                    message = f"« {name} » est encore {what} : elle ne peut être partie"
                    yield ("changes", n, key), message, "retirez-la plus bas, ou retirez cette ligne"
        if "reword" in change and str(change["reword"]) not in known:
            said = str(change["reword"])
            yield ("changes", n, "reword"), f"« {said} » n'est pas {what}", meant(said, known)
