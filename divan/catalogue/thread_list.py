"""The threads of one list, as plugins read them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from divan.catalogue.row import Row

if TYPE_CHECKING:
    from divan.catalogue.rows import Rows


class ThreadList(Sequence[Row]):
    """They stand oldest first, and are fetched as they are asked for."""

    def __init__(self, rows: Rows, name: str) -> None:
        self._rows, self.name = rows, name

    @cached_property
    def _places(self) -> list[int]:
        return self._rows.places(self.name)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Any:
        """One row, or those of a slice."""
        return self._rows.at(self._places[at]) if isinstance(at, slice) else self._rows.at([self._places[at]])[0]

    def before(self, place: int) -> int:
        """How many threads stand before this place."""
        return bisect_left(self._places, place)

    def newest(self, number: int) -> list[Row]:
        """Those in which someone wrote last, most recent first."""
        return self._rows.at(self._rows.newest(self.name, number))
