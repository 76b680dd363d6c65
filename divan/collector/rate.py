"""How often one sender may write, without knowing who: addresses live in memory, hashed with a key of this run."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

TOGETHER = 4  # minutes' worth at once: the colleagues of a hospital answer behind one address
_MOST_SENDERS = 50_000


class RateLimit:
    """A token bucket a sender: ``burst`` at once, then ``per_minute``. Oldest senders are forgotten first."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._refill = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def admits(self, sender: str, *, counted: bool = True) -> bool:
        """True when this sender may write now; counts it, unless it is only asked."""
        who = hashlib.blake2b(sender.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
        now = self._clock()
        tokens, last = self._buckets.pop(who, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - last) * self._refill)
        admitted = tokens >= 1
        self._buckets[who] = (tokens - 1 if admitted and counted else tokens, now)
        if len(self._buckets) > _MOST_SENDERS:
            self._buckets.popitem(last=False)
        return admitted
