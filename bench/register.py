"""How long the national directory takes to index and to ask, at its real size (two million rows).

python -m bench.register [--rows 2000000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from divan.admission.register import Register, index_register

HEADER = "|".join(
    (
        "Type d'identifiant PP", "Identifiant PP", "Identification nationale PP", "Code civilité d'exercice",
        "Libellé civilité", "Nom d'exercice", "Prénom d'exercice", "Code profession", "Libellé profession",
        "Code catégorie professionnelle", "Libellé catégorie professionnelle", "Code postal (coord. structure)",
        "Libellé commune (coord. structure)", "Code Département (structure)", "Libellé Département (structure)",
        *(f"Colonne {n}" for n in range(40)),
    )
)  # fmt: skip
FILLING = "|".join(["x" * 12] * 40)


def write_extract(path: Path, rows: int, seed: int = 20261122) -> list[int]:
    """An invented extract of the directory's width (55 columns); returns a few of its numbers."""
    chance = random.Random(seed)
    numbers = [10_000_000_000 + chance.randrange(900_000_000) for _ in range(rows * 5 // 8)]  # some practise twice
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for _ in range(rows):
            number = chance.choice(numbers)
            place = chance.choice(("16", "17", "79", "86", "75", "59", ""))
            job = chance.choice(("10", "10", "40", "60", "70"))
            person = f"8|{number}|8{number}|M|Monsieur|NOM|Prénom|{job}|Profession|C|Civil|86000|POITIERS"
            file.write(f"{person}|{place}|Lieu|{FILLING}\n")
    return chance.sample(numbers, 10_000)


def index_apart(extract: Path, index: Path) -> tuple[int, float, int]:
    """Rows read, seconds and peak memory (MB) of indexing in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_index, extract, index).result()


def _index(extract: Path, index: Path) -> tuple[int, float, int]:
    started = time.perf_counter()
    rows = index_register(extract, index)
    return rows, time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Make an extract, index it, ask it; print or write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        extract, index = Path(folder, "extract.txt"), Path(folder, "register.sqlite")
        asked = write_extract(extract, words.rows)
        rows, indexed, memory = index_apart(extract, index)
        register = Register(index)
        started = time.perf_counter()
        for number in asked:
            register.find(str(number))
        looked_up = time.perf_counter() - started
        figures = {
            "rows": rows,
            "extract_mb": round(extract.stat().st_size / 1e6),
            "index_s": round(indexed, 1),
            "index_mb": round(index.stat().st_size / 1e6),
            "lookups_per_s": round(len(asked) / looked_up),
            "peak_rss_mb": memory,
        }
    text = json.dumps(figures, indent=1)
    print(text)
    if words.json:
        words.json.parent.mkdir(parents=True, exist_ok=True)
        words.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
