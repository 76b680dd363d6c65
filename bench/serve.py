"""`divan serve` on a large forum: the first page after start, and the time from saving a reply to seeing it.

    python -m bench.serve [--cases 10000] [--replies 5] [--saves 5] [--json FILE]

Times are those of a browser: requests every 10 ms until the page answers, or holds the reply.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench import corpus
from bench.collector import free_port
from bench.peers.divan import HOUSE, Divan

PATIENCE = 300.0  # seconds


def main() -> None:
    """Make the forum, serve it twice, save replies; print or write the figures."""
    parser = argparse.ArgumentParser(prog="bench.serve", description="« divan serve » sur un grand forum.")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--replies", type=int, default=5)
    parser.add_argument("--saves", type=int, default=5)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    site = Divan(HOUSE / "bench" / "work" / f"serve-{os.getpid()}" / "divan", HOUSE / "bench" / "work" / "tools")
    site.prepare(corpus.cases(words.cases, words.replies))
    port = free_port()  # le même deux fois : il est dans l'adresse du site, que les pages portent
    with _served(site.folder, port) as (address, started):
        first = _wait(lambda: _page(address) != "") - started
    with _served(site.folder, port) as (address, started):
        again = _wait(lambda: _page(address) != "") - started
        time.sleep(5)  # que la construction du départ ait fini
        seen = [_save_and_see(site, address, number, words) for number in range(words.saves)]
    shutil.rmtree(site.folder.parent)
    figures = {
        "cases": words.cases, "first_page_nothing_built_s": round(first, 2), "first_page_site_built_s": round(again, 2),
        "reply_seen_s": round(statistics.median(seen), 2), "spread": [round(min(seen), 2), round(max(seen), 2)],
    }  # fmt: skip
    text = json.dumps(figures, indent=1)
    print(text)
    if words.json:
        words.json.write_text(text + "\n", encoding="utf-8")


@contextmanager
def _served(folder: Path, port: int) -> Iterator[tuple[str, float]]:
    """The forum served: its address, and when the command was started."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "divan", "--root", str(folder), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/", started
    finally:
        process.terminate()
        process.wait()


def _save_and_see(site: Divan, address: str, number: int, words: Any) -> float:
    chance = random.Random(number)
    case = next(islice(corpus.cases(words.cases, words.replies), chance.randrange(words.cases), None))
    later = case.date + timedelta(hours=9, minutes=number)
    reply = corpus.reply(chance, case.post.id, later, chance.choice(corpus.authors()))
    saved = time.perf_counter()
    corpus.write_posts(site.folder, [reply])
    return _wait(lambda: f'id="r-{reply.id}"' in _page(f"{address}cas/{case.post.id}/")) - saved


def _page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def _wait(ready: Callable[[], bool]) -> float:
    """When ``ready`` first was true."""
    deadline = time.perf_counter() + PATIENCE
    while not ready():
        if time.perf_counter() > deadline:
            raise TimeoutError
        time.sleep(0.01)
    return time.perf_counter()


if __name__ == "__main__":
    main()
