"""How long a thread of a million posts takes to import, beside the time of reading it, and whether memory stays flat.

python -m bench.chat [--posts 1000000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from surveys.chat.chat_import import import_chat
from surveys.chat.exported import open_export

SENTENCES = Path(__file__).parents[1] / "divan" / "privacy" / "training" / "negatives.txt"
GIVEN = ("Pierre", "Nadia", "Karim", "Julie", "Hugo", "Sarah", "Luc", "Claire")
FAMILY = ("Lambert", "Leclercq", "Garnier", "Petit", "Moreau", "Vasseur", "Caron", "Mercier")
SHORT = ("Merci", "Bonjour à tous", "OK", "😂😂", "Merci beaucoup !", "<Médias omis>")
STUDY = """
title: Mesure
about: Mesure.
notice: {who: nous, why: mesurer, kept: rien, rights: tous, contact: ici}
waves: [{id: closing, label: Fin, questionnaire: closing.yaml, opens: "2030-06-01", closes: "2030-06-30"}]
chat: {from: "2020-01-01", to: "2029-12-31"}
"""
CLOSING = """
title: Fin
version: "1"
sections: [{id: all, title: Tout, items: [{id: mood, type: scale, text: Humeur}]}]
"""


def write_export(path: Path, posts: int, seed: int = 20261128) -> None:
    """An invented thread: nine posts in ten are unlike any other, one in ten names somebody, one in fifty a number."""
    draw = random.Random(seed)
    words = SENTENCES.read_text(encoding="utf-8").split()
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    when = datetime(2020, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(posts):
            when += timedelta(seconds=draw.randrange(1, 300))
            said = draw.choice(SHORT) if draw.random() < 0.1 else " ".join(draw.choices(words, k=draw.randrange(4, 17)))
            if draw.random() < 0.1:
                said += f" {draw.choice(FAMILY)}"
            if draw.random() < 0.02:
                said += f" 06 39 98 {draw.randrange(10, 99)} {draw.randrange(10, 99)}"
            file.write(f"{when:%d/%m/%Y à %H:%M} - {draw.choice(people)}: {said}\n")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor, and the peak memory (MB) of the largest process."""

    clock: float
    processor: float
    peak: int


def apart(work: object, *words: object) -> Cost:
    """What some work costs, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *words).result()  # type: ignore[arg-type]


def read(path: Path) -> Cost:
    """Reading alone: every message of the export, once."""
    started = time.perf_counter()
    for _ in open_export(path).entries():
        pass
    return _cost(started)


def import_it(root: Path, path: Path) -> Cost:
    """The whole import, with the processes that mask."""
    started = time.perf_counter()
    import_chat(root, "fil", path)
    return _cost(started)


def _cost(started: float) -> Cost:
    clock = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    return Cost(clock, processor, max(one.ru_maxrss for one in used) // 1024)


def measured(posts: int) -> dict[str, float]:
    """The figures of a thread of so many posts."""
    with tempfile.TemporaryDirectory() as folder:
        root, path = Path(folder), Path(folder, "export.txt")
        study = root / "surveys" / "fil"
        study.mkdir(parents=True)
        (study / "study.yaml").write_text(STUDY, encoding="utf-8")
        (study / "closing.yaml").write_text(CLOSING, encoding="utf-8")
        write_export(path, posts)
        reading, importing = apart(read, path), apart(import_it, root, path)
        return {
            "posts": posts,
            "export_mb": round(path.stat().st_size / 1e6),
            "read_s": round(reading.clock, 1),
            "import_s": round(importing.clock, 1),
            "ratio": round(importing.clock / reading.clock, 2),
            "read_processor_s": round(reading.processor, 1),
            "import_processor_s": round(importing.processor, 1),
            "read_peak_mb": reading.peak,
            "import_peak_mb": importing.peak,
        }


def main() -> None:
    """Measure a tenth of the thread, then the whole; print or write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    text = json.dumps([measured(words.posts // 10), measured(words.posts)], indent=1)
    print(text)
    if words.json:
        words.json.parent.mkdir(parents=True, exist_ok=True)
        words.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
