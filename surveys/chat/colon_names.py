"""Names that hold a colon, « Garde : Paul »: known by what always follows them, over the whole file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_OFTEN = 3  # twice may be somebody who begins both their messages alike
_LONGEST = 40


@dataclass(slots=True)
class ColonNames:
    """By what stands before the first colon: what stands before the second, as long as it never changes."""

    seconds: dict[str, str | None] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def see(self, rest: str) -> None:
        """Take what follows one more head into account."""
        first, colon, after = rest.partition(": ")
        if not colon or self.seconds.get(first, "") is None:
            return
        second, again, _ = after.partition(": ")
        found = second if again and 0 < len(second) <= _LONGEST else None
        if self.seconds.setdefault(first, found) != found:
            self.seconds[first] = None
        self.times[first] = self.times.get(first, 0) + 1

    def names(self) -> Mapping[str, str]:
        """The second part of each such name, by its first."""
        return {
            first.strip(): second.strip() for first, second in self.seconds.items()
            if second and self.times[first] >= _OFTEN
        }  # fmt: skip
