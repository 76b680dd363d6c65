"""Senders by the hundred, a collector killed in mid-load: what was acknowledged is in the export, once.

    python -m bench.collector --senders 200 --seconds 60 --kills 10 --kill-seconds 15 [--database postgresql://…]

Each sender posts one answer after another, each with its own retry key and a text of its own; an answer that got no
acknowledgement is sent again with the same key. After the last kill the export is compared with what was acknowledged.
The bare figure is the same row inserted and committed one at a time, by the database's own driver.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

GROUP = Path(__file__).resolve().parent.parent / "tests" / "group"
STUDY, WAVE = "pilote", "before"
CLOSED = {
    "code": "0042", "sex": "woman", "age": "40_60", "family": "couple", "situation": "gp", "practice": "established",
    "uses": "no", **dict.fromkeys(("cases", "moral", "referral"), "4"),
}  # fmt: skip


@dataclass
class Load:
    """What the senders saw: marker of each acknowledged answer, seconds each took, how many were sent again."""

    acknowledged: set[str] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    retries: int = 0
    refused: dict[int, int] = field(default_factory=dict)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Server:
    """A ``divan collect`` that can be killed and started again on the same port and database."""

    def __init__(self, root: Path, database: str) -> None:
        self.port = free_port()
        self._words = ["--root", str(root), "collect", "--port", str(self.port), "--database", database]
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        words = [sys.executable, "-m", "divan", *self._words, "--ignore-window"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("le collecteur n'a pas démarré en 20 s")

    def kill_after(self, seconds: float) -> None:
        """SIGKILL after ``seconds``, then start again."""
        time.sleep(seconds)
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self) -> None:
        """Ask it to stop, as systemd does."""
        self.process.terminate()
        self.process.wait(20)


async def _sender(port: int, load: Load, until: float) -> None:
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while time.monotonic() < until:
        marker = uuid.uuid4().hex
        body = urlencode(CLOSED | {"why_not": marker, "submission": marker}).encode()
        began = time.perf_counter()
        while True:
            try:
                connection = connection or await asyncio.open_connection("127.0.0.1", port)
                status = await _post(*connection, body)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                if connection:
                    connection[1].close()
                connection, status = None, 0
            if status == 200:
                load.acknowledged.add(marker)
                load.seconds.append(time.perf_counter() - began)
                break
            load.retries += 1
            load.refused[status] = load.refused.get(status, 0) + 1
            if time.monotonic() >= until:
                break
            await asyncio.sleep(random.uniform(0.02, 0.1))
    if connection:
        connection[1].close()


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> int:
    head = (
        f"POST /enquetes/{STUDY}/{WAVE}/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
    await reader.readexactly(length)
    return int(lines[0].split()[1])


async def _run(port: int, load: Load, senders: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(_sender(port, load, until) for _ in range(senders)))


def hammer(root: Path, database: str, senders: int, seconds: float, kills: int) -> Load:
    """Load the collector for ``seconds``: once when ``kills`` is 0, else ``kills`` times, killing it in the midst."""
    load, server = Load(), Server(root, database)
    try:
        with ThreadPoolExecutor() as threads:  # the caller's own thread may already run an event loop
            for _ in range(max(kills, 1)):
                sending = threads.submit(lambda: asyncio.run(_run(server.port, load, senders, seconds)))
                if kills:
                    threads.submit(server.kill_after, random.uniform(0.2, 0.8) * seconds).result()
                sending.result()
    finally:
        server.stop()
    return load


def exported(root: Path, database: str) -> list[str]:
    """The marker of every exported answer, in the order of the export."""
    words = ["--root", str(root), "export", STUDY, WAVE, "--database", database, "--output", "-"]
    text = subprocess.run([sys.executable, "-m", "divan", *words], check=True, capture_output=True, text=True)
    return [row["why_not"] for row in csv.DictReader(io.StringIO(text.stdout))]


def bare_rate(database: str, seconds: float = 3.0) -> float:
    """Rows a second when the driver alone inserts and commits the same row, one at a time."""
    row = (json.dumps(CLOSED | {"why_not": uuid.uuid4().hex}), "2026-11-22")
    if database.startswith("sqlite"):
        import sqlite3

        connection = sqlite3.connect(database.removeprefix("sqlite:///") + ".bare", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        mark = "?"
    else:
        import psycopg

        connection = psycopg.connect(database.replace("+psycopg", ""), autocommit=True)  # type: ignore[assignment]
        mark = "%s"
    connection.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, answers TEXT, day TEXT)")
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        connection.execute(f"INSERT INTO bare VALUES ({mark}, {mark}, {mark})", (uuid.uuid4().hex, *row))
        count += 1
    return count / (time.perf_counter() - began)


def measure(database: str, senders: int, seconds: float, kills: int, kill_seconds: float) -> dict[str, float]:
    """One line of figures: a calm run for the speed, then the kills for the promise."""
    bare = bare_rate(database)
    calm = hammer(GROUP, database, senders, seconds, kills=0)
    killed = hammer(GROUP, database, senders, kill_seconds, kills) if kills else Load()
    rows = exported(GROUP, database)
    acknowledged = calm.acknowledged | killed.acknowledged
    return {
        "senders": senders, "seconds": seconds, "kills": kills,
        "acknowledged_per_s": round(len(calm.acknowledged) / seconds, 1),
        "p50_ms": round(statistics.median(calm.seconds) * 1000, 1),
        "p99_ms": round(statistics.quantiles(calm.seconds, n=100)[98] * 1000, 1),
        "bare_per_s": round(bare, 1),
        "ratio_to_bare": round(len(calm.acknowledged) / seconds / bare, 2),
        "acknowledged": len(acknowledged), "sent_again": killed.retries,
        "lost": len(acknowledged - set(rows)), "twice": len(rows) - len(set(rows)),
    }  # fmt: skip


def main() -> None:
    """Run the measure and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--senders", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--kill-seconds", type=float, default=15, help="durée de chaque tour où il est tué")
    parser.add_argument(
        "--database", help="sqlite:///… ou postgresql://… ; SQLite dans un dossier temporaire par défaut"
    )
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DIVAN_COLLECTOR_KEY", "mesure")
        figures = measure(
            words.database or f"sqlite:///{folder}/answers.sqlite",
            words.senders,
            words.seconds,
            words.kills,
            words.kill_seconds,
        )
    text = json.dumps(figures, indent=2)
    print(text)
    if words.json:
        words.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
