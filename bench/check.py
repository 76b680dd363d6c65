"""`divan check` on a growing forum: all of it, and the one file of a pull request.

    python -m bench.check [--cases 1000,3000,10000] [--replies 5] [--rounds 3] [--json FILE]

The whole command is timed, start-up of Python included, as CI and a contributor wait for it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from bench import corpus
from bench.measure import Measure, measure

HOUSE = Path(__file__).resolve().parent.parent
WORK = HOUSE / "bench" / "work" / "check"


def main() -> None:
    """Run the bench and say its figures."""
    parser = argparse.ArgumentParser(prog="bench.check", description="« divan check » sur un forum qui grandit.")
    parser.add_argument("--cases", default="1000,3000,10000", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--replies", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    rows = [_size(cases, words.replies, words.rounds) for cases in words.cases]
    print(f"{'fichiers':>10}{'tout (s)':>10}{'un seul (s)':>13}{'Mo':>7}")
    for row in rows:
        print(f"{row['files']:>10}{row['all_s']:>10.2f}{row['one_s']:>13.2f}{row['rss_mb']:>7.0f}")
    if words.json:
        words.json.write_text(json.dumps({"check": rows}, indent=2) + "\n", encoding="utf-8")


def _size(cases: int, replies: int, rounds: int) -> dict[str, Any]:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    corpus.write_vocabulary(WORK)
    last = ""
    for case in corpus.cases(cases, replies):
        corpus.write_posts(WORK, [case.post, *case.replies])
        last = case.post.path
    everything = [_run() for _ in range(rounds)]
    one = [_run(last) for _ in range(rounds)]
    shutil.rmtree(WORK)
    return {
        "files": cases * (1 + replies),
        "all_s": round(statistics.median(run.seconds for run in everything), 3),
        "one_s": round(statistics.median(run.seconds for run in one), 3),
        "rss_mb": round(max(run.rss_mb for run in everything), 1),
    }


def _run(*paths: str) -> Measure:
    return measure([sys.executable, "-m", "divan", "check", *paths], WORK, dict(os.environ))


if __name__ == "__main__":
    main()
