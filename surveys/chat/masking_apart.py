"""Posts masked in their order, by several processes when there are many, a few chunks at a time: memory stays flat."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

from surveys.chat.masked_words import Masker
from surveys.chat.store import Post
from surveys.chat.unsure import Doubt

_CHUNK = 2_000
_AHEAD = 4
_RENEWED = 250_000  # posts, then other processes: what the detector remembers of words does not grow with the thread

Masked = tuple[list[str], dict[str, Doubt]]


def masked_posts(posts: Iterable[Post], masker: Masker, *, apart: bool) -> Iterator[Post]:
    """The same posts, their texts masked; what is doubtful is noted in the masker's ``doubts``."""
    if not apart:
        yield from (post.saying(masker.mask(post.text, post.number)) for post in posts)
        return
    source = iter(posts)
    while first := [*islice(source, 1)]:
        yield from _masked_by_others(chain(first, islice(source, _RENEWED - 1)), masker)


def _masked_by_others(posts: Iterable[Post], masker: Masker) -> Iterator[Post]:
    processes = max(2, os.cpu_count() or 2)
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (masker,)) as pool:
        waiting: deque[tuple[list[Post], Future[Masked]]] = deque()
        for chunk in _chunks(posts):
            waiting.append((chunk, pool.submit(_mask, [(post.text, post.number) for post in chunk])))
            if len(waiting) >= processes + _AHEAD:
                yield from _done(masker, *waiting.popleft())
        while waiting:
            yield from _done(masker, *waiting.popleft())


def _done(masker: Masker, chunk: list[Post], future: Future[Masked]) -> Iterator[Post]:
    texts, found = future.result()
    masker.doubts.add(found)
    return (post.saying(text) for post, text in zip(chunk, texts, strict=True))


def _chunks(posts: Iterable[Post]) -> Iterator[list[Post]]:
    source = iter(posts)
    while chunk := [*islice(source, _CHUNK)]:
        yield chunk


class _Process:
    """The masker of this process, given once when it begins."""

    masker: Masker


def _begin(masker: Masker) -> None:
    _Process.masker = masker


def _mask(texts: list[tuple[str, int]]) -> Masked:
    masker = _Process.masker
    masker.doubts.found.clear()
    masked = [masker.mask(text, post) for text, post in texts]
    return masked, dict(masker.doubts.found)
