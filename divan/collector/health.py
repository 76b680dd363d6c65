"""What the collector says of itself: whether an answer would be saved now, and what somebody should look at soon."""

from __future__ import annotations

import asyncio
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from divan.collector.database import StorageUnavailableError
from divan.collector.pages import HEADERS
from divan.collector.store import AnswerStore
from divan.collector.writer import Writer

_MARK = Path(".divan") / "collector" / "last-backup"


class Health:
    """GET /health: 200 when answers can be saved, 503 when they can't; counts and ages, never a word of an answer.

    ``root`` tells where backups leave their mark, None where there is none; ``patience`` is in seconds.
    """

    def __init__(self, store: AnswerStore, writer: Writer, root: Path | None, patience: float) -> None:
        self._store, self._writer, self._root, self._patience = store, writer, root, patience

    async def tell(self, _request: Request) -> Response:
        """The state of this moment."""
        looked = {**self._backup(), **self._space()}
        try:
            if self._writer.full:
                raise StorageUnavailableError("QueueFull")
            async with asyncio.timeout(self._patience):
                await asyncio.to_thread(self._store.check, int(time.time()))
                looked["quarantined"] = await asyncio.to_thread(self._store.quarantined)
        except (StorageUnavailableError, TimeoutError):
            return JSONResponse({"status": "unavailable", **looked}, 503, HEADERS)
        return JSONResponse({"status": "ok", **looked}, headers=HEADERS)

    def _backup(self) -> dict[str, object]:
        """How many days ago the last backup was made, None when there never was one."""
        if self._root is None:
            return {}
        return {"days_since_backup": days_since_backup(self._root)}

    def _space(self) -> dict[str, object]:
        """Megabytes that are free where the state is kept."""
        return {} if self._root is None else {"free_megabytes": shutil.disk_usage(self._root).free // 1_000_000}


def mark_backup(root: Path) -> None:
    """Remember that a backup has just been made and read again."""
    path = root / _MARK
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n", encoding="ascii")


def days_since_backup(root: Path) -> int | None:
    """How many days ago the last backup was made here, None when there never was one."""
    try:
        made = datetime.fromisoformat((root / _MARK).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return (datetime.now(UTC) - made).days
