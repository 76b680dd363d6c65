"""The text of a thread as one document, and where each unit stands in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.chat.store import Post
from surveys.coding.text_units import TextUnit


@dataclass(frozen=True)
class WholeThread:
    """``text``: each post under a line that says who and when; ``starts`` and ``lengths``: those of its words."""

    text: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, posts: Iterable[Post]) -> WholeThread:
        """The document of these posts."""
        parts, starts, lengths, numbers, at = [], [], [], [], 0
        for post in posts:
            head = f"{post.member}, {post.day.isoformat()} {post.minute // 60:02}:{post.minute % 60:02}\n"
            parts.append(f"{head}{post.text}\n\n")
            starts.append(at + len(head))
            lengths.append(len(post.text))
            numbers.append(post.number)
            at += len(parts[-1])
        return cls("".join(parts), tuple(numbers), tuple(starts), tuple(lengths))

    def span(self, unit: TextUnit) -> tuple[int, int]:
        """Where a unit begins and ends."""
        first, last = (bisect_right(self.numbers, one) - 1 for one in (unit.first, unit.last))
        end = self.lengths[last] if unit.end is None else unit.end
        return self.starts[first] + unit.start, self.starts[last] + end

    def place(self, start: int, end: int) -> tuple[int, int, int, int | None]:
        """The posts from ``start`` to ``end``, with the signs where they begin and end: a unit, less its name.

        What reaches over a post's head or its end stops at its words.
        """
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, first)
        begin = min(max(start - self.starts[first], 0), self.lengths[first])
        stop = min(max(end - self.starts[last], 0), self.lengths[last])
        return self.numbers[first], self.numbers[last], begin, None if stop == self.lengths[last] else stop
