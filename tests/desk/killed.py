"""A collector with its desk, to be killed while it receives, decides and publishes (see test_kills.py).

Each line read is a start, told by the number of the new process: a fork, so that twenty cost little.
"""

import os
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import uvicorn

import divan.desk.git as by_git
from divan.builder.settings import make_settings
from divan.collector.app import CollectorSettings, create_app
from divan.collector.database import StorageUnavailableError
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from divan.desk.deciding import ChangedSinceRead
from divan.desk.full_app import Desk, desk_of
from divan.desk.git import GitTrouble
from tests.proposals.sending import HOUSE, ORIGIN, TODAY


def work(root: Path, database: str, listening: socket.socket) -> None:
    """Everything that a collector does, with a moderator who accepts whatever waits."""
    by_git.LONGEST = 3.0
    raw = {"SITEURL": ORIGIN, "THEME": str(HOUSE / "theme"), "PLUGINS": [], "CACHE_PATH": ".divan",
           "PUBLISHING": {"rebuild": False}}  # fmt: skip
    with AnswerStore(database) as store:
        settings = CollectorSettings({}, store, Key("secret"), today=lambda: TODAY)
        desk = desk_of(make_settings(root, raw, TODAY), settings)
        threading.Thread(target=accept, args=(desk,), daemon=True).start()
        app = create_app(settings, desk.routes, desk.along)
        uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error")).run(sockets=[listening])


def accept(desk: Desk) -> None:
    while True:
        for proposal in desk.queue.waiting():
            if not proposal.publishing:
                with suppress(ChangedSinceRead, GitTrouble, StorageUnavailableError):
                    desk.deciding.publish(proposal, 1)
        time.sleep(0.02)


def main(root: str, database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        for _line in sys.stdin:
            child = os.fork()
            if not child:
                work(Path(root), database, listening)
            print(child, flush=True)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
