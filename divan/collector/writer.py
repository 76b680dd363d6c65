"""Commit before answering, many answers a commit: while one transaction goes to the disk, the next fills up."""

from __future__ import annotations

import asyncio

from divan.collector.answer_rows import Sent
from divan.collector.database import StorageSilentError, StorageUnavailableError
from divan.collector.spending import CodeRefusedError
from divan.collector.store import AnswerStore

_LARGEST_BATCH = 500
_LONGEST_QUEUE = 5000


class Writer:
    """One task takes what waits and commits it; ``keep`` returns once the answer is on disk, or raises."""

    def __init__(self, store: AnswerStore, patience: float = 15) -> None:
        self._store = store
        self._patience = patience
        self._waiting: asyncio.Queue[tuple[Sent, asyncio.Future[None]]] = asyncio.Queue(_LONGEST_QUEUE)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the task; call it from the running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish what waits, then stop."""
        await self._waiting.join()
        if self._task:
            self._task.cancel()

    async def keep(self, sent: Sent) -> None:
        """Return when the answer is committed; StorageUnavailableError when it could not be.

        CodeRefusedError when its code or its token admits no more.

        StorageSilentError when nothing is known after ``patience`` seconds: a server that froze says neither.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait((sent, done))
        except asyncio.QueueFull:
            raise StorageUnavailableError("QueueFull") from None
        try:
            async with asyncio.timeout(self._patience):
                await done
        except TimeoutError:
            raise StorageSilentError("TimeoutError") from None

    @property
    def full(self) -> bool:
        """True when the next answer would be turned away."""
        return self._waiting.full()

    async def _run(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty() and len(batch) < _LARGEST_BATCH:
                batch.append(self._waiting.get_nowait())
            outcomes = await asyncio.to_thread(self._commit, [sent for sent, _ in batch])
            for (_, done), error in zip(batch, outcomes, strict=True):
                if not done.done():
                    done.set_exception(error) if error else done.set_result(None)
                self._waiting.task_done()

    def _commit(self, batch: list[Sent]) -> list[StorageUnavailableError | CodeRefusedError | None]:
        try:
            self._store.keep(batch)
        except StorageUnavailableError as error:
            return [error] * len(batch)
        except Exception as error:  # one row the database refuses must not sink the others
            if len(batch) > 1:
                return [outcome for sent in batch for outcome in self._commit([sent])]
            if isinstance(error, CodeRefusedError):
                return [error]
            return [StorageUnavailableError(type(error).__name__)]
        return [None] * len(batch)
