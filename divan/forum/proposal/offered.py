"""What one person offers, once read; and what is wrong with it, when it cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field, in French; the message never repeats what was typed, beyond a masked passage."""

    field: str
    message: str


class FaultsFound(Exception):
    """A proposal that cannot be kept as it is: all of its faults."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{fault.field} : {fault.message}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person offers: texts and lists by field, what it is about ('' for nothing), the days it waited."""

    kind: str
    target: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    waited: int | None = None

    def __getitem__(self, name: str) -> str:
        """The text of a field, '' when it was left empty."""
        return self.texts.get(name, "")

    @property
    def thread(self) -> str:
        """The thread that it is about."""
        return self.target.partition("#")[0]

    @property
    def reply(self) -> str:
        """The reply of that thread that it is about, or ''."""
        return self.target.partition("#r-")[2]
