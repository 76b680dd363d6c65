"""What a receipt opens: where the proposal stands, in words, and the text to take up again."""

from __future__ import annotations

from collections.abc import Sequence

from divan.proposals.model import Kept, Picture, State, first
from divan.proposals.pages import Page, typed
from divan.proposals.sending import states_open_to

_TITLES = {
    State.RECEIVED: "Votre proposition est arrivée",
    State.READING: "Les modérateurs lisent votre proposition",
    State.RETURNED: "Les modérateurs vous demandent une reprise",
    State.PUBLISHED: "Votre proposition est publiée",
    State.REFUSED: "Votre proposition n'est pas retenue",
    State.WITHDRAWN: "Votre proposition est retirée",
}
_PUBLISHING = "Elle est acceptée, et paraîtra dans un moment."


def standing(found: Kept, pictures: Sequence[Picture], receipt: str, status: int, sentence: str) -> Page:
    """The page of a receipt, and the same in JSON."""
    actions = states_open_to(found)
    said = {
        "state": found.state, "since": found.since, "words": found.words, "link": found.link, "kind": found.kind,
        "target": found.target, "fields": {name: list(values) for name, values in found.fields.items()},
        "images": [{"alt": picture.alt} for picture in pictures], "actions": actions,
    }  # fmt: skip
    if sentence:
        said["message"] = sentence
    hidden = [("receipt", receipt), ("action", "amend")]
    form = typed(found.kind, "receipt", found.fields, hidden, kept=bool(pictures)) if "amend" in actions else None
    sentences = [
        sentence,
        _PUBLISHING if found.publishing and found.state == State.READING else "",
        f"Depuis le {day(found.since)}.",
    ]
    return Page(
        status, _TITLES[found.state], [*filter(None, sentences)], said, words=found.words, link=found.link, form=form,
        may_complete=receipt if "complete" in actions else "", author=first(found.fields, "author"),
        may_withdraw=receipt if "withdraw" in actions else "",
    )  # fmt: skip


def day(iso: str) -> str:
    """``2026-03-14`` -> ``14/03/2026``."""
    return "/".join(reversed(iso.split("-")))
