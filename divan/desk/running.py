"""What runs along with the desk: publishing what is due, and telling what happened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from divan.collector.database import StorageUnavailableError
from divan.desk.publications import Publications
from divan.desk.publisher import Publisher

_IDLE = 20.0  # what another process received is seen by then


class Running:
    """A task that publishes as soon as it is woken, and again when something is due."""

    def __init__(self, publisher: Publisher, publications: Publications, tell: Callable[[], None]) -> None:
        self._publisher, self._outbox, self._tell = publisher, publications, tell
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Look now; from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    @asynccontextmanager
    async def along(self) -> AsyncIterator[None]:
        """Run while the server does. What is interrupted is taken up at the next start."""
        self._loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _run(self) -> None:
        while True:
            self._event.clear()
            pause = _IDLE
            try:
                await asyncio.to_thread(self._publisher.run)
                await asyncio.to_thread(self._tell)
                due = await asyncio.to_thread(self._outbox.next_try)
                if due is not None:
                    pause = min(max(due - time.time(), 0.2), _IDLE)
            except StorageUnavailableError:
                pause = 10.0
            with suppress(TimeoutError):
                await asyncio.wait_for(self._event.wait(), pause)
