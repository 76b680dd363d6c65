"""What a receipt opens: where the proposal stands, in words, and the text to take up again."""

from __future__ import annotations

from collections.abc import Sequence

from divan.forum.proposal import Picture
from divan.proposals.model import KeptProposal, ProposalState, first
from divan.proposals.pages import AuthorPage, typed
from divan.proposals.sending import states_open_to

_TITLES = {
    ProposalState.RECEIVED: "Votre proposition est arrivée",
    ProposalState.READING: "Les modérateurs lisent votre proposition",
    ProposalState.RETURNED: "Les modérateurs vous demandent une reprise",
    ProposalState.PUBLISHED: "Votre proposition est publiée",
    ProposalState.REFUSED: "Votre proposition n'est pas retenue",
    ProposalState.WITHDRAWN: "Votre proposition est retirée",
}
_AMONG_MEMBERS = "Elle se lit dans l'édition des membres."
_PUBLISHING = "Elle est acceptée, et paraîtra dans un moment."


def standing(found: KeptProposal, pictures: Sequence[Picture], receipt: str, status: int, sentence: str) -> AuthorPage:
    """The page of a receipt, and the same in JSON."""
    actions = states_open_to(found)
    link = found.link if "://" in found.link else ""  # one without an address is read in the members' edition
    said = {
        "state": found.state, "since": found.since, "words": found.words, "link": link, "kind": found.kind,
        "target": found.target, "fields": {name: list(values) for name, values in found.fields.items()},
        "images": [{"alt": picture.alt} for picture in pictures], "actions": actions,
    }  # fmt: skip
    if sentence:
        said["message"] = sentence
    hidden = [("receipt", receipt), ("action", "amend")]
    form = typed(found.kind, "receipt", found.fields, hidden, kept=bool(pictures)) if "amend" in actions else None
    sentences = [
        sentence,
        _PUBLISHING if found.publishing and found.state == ProposalState.READING else "",
        _AMONG_MEMBERS if found.link and not link else "",
        f"Depuis le {day(found.since)}.",
    ]
    return AuthorPage(
        status, _TITLES[found.state], [*filter(None, sentences)], said, words=found.words, link=link, form=form,
        may_complete=receipt if "complete" in actions else "", author=first(found.fields, "author"),
        may_withdraw=receipt if "withdraw" in actions else "",
    )  # fmt: skip


def day(iso: str) -> str:
    """``2026-03-14`` -> ``14/03/2026``."""
    return "/".join(reversed(iso.split("-")))
