"""Names that a group added itself, its towns, hospitals and nicknames: found wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from divan.privacy.phrases import Phrases, phrases


@dataclass(frozen=True)
class GroupNames:
    """What a group listed, as it wrote it."""

    towns: tuple[str, ...] = ()
    hospitals: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()

    @cached_property
    def phrases(self) -> Phrases:
        """The names, each with the tag that the tagger would give it."""
        return phrases([("town", self.towns), ("hospital", self.hospitals), ("given_name", self.nicknames)])


NO_NAMES = GroupNames()
