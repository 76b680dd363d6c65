"""A proposal as it is kept, and the states that it goes through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from divan.forum.proposal import Picture

Fields = Mapping[str, Sequence[str]]


class ProposalState(StrEnum):
    """Where a proposal stands; ``reading`` holds while it is read, and until the remote has acknowledged it."""

    RECEIVED = "received"
    READING = "reading"
    RETURNED = "returned"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = (ProposalState.RECEIVED, ProposalState.READING, ProposalState.RETURNED)


@dataclass(frozen=True, slots=True)
class New:
    """A proposal about to be kept: ``submission`` and ``receipt`` are keyed hashes."""

    submission: str
    receipt: str
    kind: str
    fields: Fields
    day: str
    pictures: Sequence[Picture] = ()
    email: str = ""
    urgent: bool = False
    doubts: str = ""

    @property
    def target(self) -> str:
        """The post or entry that it is about, or ''."""
        return first(self.fields, "target")


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """A proposal as stored; ``id`` grows in the order of arrival, ``uid`` is the random name that git and pages use."""

    id: int
    uid: str
    kind: str
    target: str
    fields: Fields
    state: ProposalState
    since: str
    arrived: str
    words: str
    link: str
    version: int
    second: bool
    urgent: bool
    doubts: str
    publishing: bool = False

    @property
    def may_change(self) -> bool:
        """Whether its author may still correct it: nobody has decided to publish it."""
        return self.state in OPEN and not self.publishing


def first(fields: Fields, name: str) -> str:
    """The first value of a field, or ''."""
    values = fields.get(name, ())
    return values[0] if values else ""
