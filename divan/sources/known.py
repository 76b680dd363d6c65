"""What was found out once, kept for the next time it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


class Known(dict[_Key, _Found]):
    """What ``find`` says of each key, found when it is first asked; beyond ``most`` keys, all are forgotten."""

    def __init__(self, find: Callable[[_Key], _Found], most: int) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, key: _Key) -> _Found:
        if len(self) >= self.most:
            self.clear()
        found = self[key] = self.find(key)
        return found
