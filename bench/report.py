"""`divan report` on many respondents, beside the same tables made in R, in one run, one process at a time.

    python -m bench.report --respondents 100000 [--rounds 3] [--json FILE]

The answers are those of the Poitou-Charentes study drawn again with small changes, each with a nine-digit code of its
own: four in five answer twice, fifteen in a hundred never join. Divan makes the whole results folder (page, figures,
masking, downloads, report.json); R (bench/report.R) makes the tables and their tests, nothing else.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STUDY = "poitou-charentes-2023"
AREAS = ("cases", "relation", "local", "admin", "sanitary", "moral", "referral")
SEED = 20230326


def generate(root: Path, respondents: int) -> None:
    """A copy of the study under ``root`` with ``respondents`` answers in the first wave (seeded)."""
    folder = root / "surveys" / STUDY
    shutil.copytree(ROOT / "surveys" / STUDY, folder, ignore=shutil.ignore_patterns("exports", "responses", "versions"))
    for name in ("before.yaml", "after.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("length: 4", "length: 9"), encoding="utf-8")
    source = random.Random(SEED)
    pairs = _pairs()
    codes = [f"{number:09d}" for number in source.sample(range(10**9), respondents)]
    members = codes[: int(0.85 * respondents)]
    drawn = [source.choice(pairs) for _ in codes]
    first = [_again(source, before, code) for (before, _), code in zip(drawn, codes, strict=True)]
    second = [
        _again(source, after, code) for (_, after), code in zip(drawn, codes[: int(0.8 * respondents)], strict=False)
    ]
    (folder / "responses").mkdir()
    _write(folder / "responses" / "before.csv", "before", first)
    _write(folder / "responses" / "after.csv", "after", second)
    (folder / "roster.csv").write_text("code\n" + "\n".join(members) + "\n", encoding="utf-8")


def _pairs() -> list[tuple[dict[str, str], dict[str, str]]]:
    """The study's answers that have a counterpart, before and after."""
    waves = []
    for name in ("before", "after"):
        with (ROOT / "surveys" / STUDY / "responses" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            waves.append({row["code"]: row for row in csv.DictReader(file) if row["code"]})
    return [(waves[0][code], waves[1][code]) for code in sorted(waves[0].keys() & waves[1].keys())]


def _again(source: random.Random, row: dict[str, str], code: str) -> dict[str, str]:
    """The same answers by somebody else: one item in eight moves by one level."""
    moved = {area: str(min(5, max(1, int(row[area]) + source.choice((-1, 1))))) for area in AREAS
             if row[area] and source.random() < 0.125}  # fmt: skip
    return row | moved | {"code": code}


def _write(path: Path, wave: str, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"response": f"{wave}-{place:06d}"} for place, row in enumerate(rows, 1))


def measured(command: Sequence[str], log: Path) -> dict[str, float]:
    """Seconds, seconds of processor and peak megabytes of a command; its output goes to ``log``, shown if it fails."""
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} : échec\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    return {"seconds": time.perf_counter() - start, "cpu_s": usage.ru_utime + usage.ru_stime,
            "rss_mb": usage.ru_maxrss / 1024}  # fmt: skip


def compare(respondents: int, rounds: int) -> dict[str, Any]:
    """Medians over interleaved rounds of each maker that this machine has."""
    with tempfile.TemporaryDirectory() as place:
        root, log = Path(place) / "root", Path(place) / "log"
        generate(root, respondents)
        makers: dict[str, list[str]] = {"divan": [sys.executable, "-m", "divan", "--root", str(root), "report", STUDY]}
        if shutil.which("Rscript"):
            tables = ["Rscript", "--vanilla", str(ROOT / "bench" / "report.R")]
            makers["r"] = [*tables, str(root / "surveys" / STUDY), str(Path(place) / "r")]
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in makers}
        for _ in range(rounds):
            for name, command in makers.items():
                runs[name].append(measured(command, log))
        found: dict[str, Any] = {"respondents": respondents, "rounds": rounds, "versions": _versions()}
        for name, several in runs.items():
            found[name] = {key: round(statistics.median(one[key] for one in several), 1) for key in several[0]}
        if "r" in makers:
            found["same_p"] = _same_p(root / "content" / "results" / STUDY / "report.json", Path(place) / "r")
        written = [path for path in (root / "content" / "results" / STUDY).rglob("*") if path.is_file()]
        found["divan"] |= {"files": len(written), "kb": round(sum(path.stat().st_size for path in written) / 1024)}
        return found


def _same_p(report: Path, tables: Path) -> dict[str, float]:
    """How many p-values both made, and their largest relative difference: the two did the same work."""
    ours = {
        (test["table"], test["row"]): test["p_value"]
        for test in json.loads(report.read_text(encoding="utf-8"))["tests"]
    }
    differences = []
    for table in ("T5", "T6", "T9", "T10"):
        with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            theirs = {row["variable"].removesuffix("_after"): row["p"] for row in csv.DictReader(file)}
        for variable, p in theirs.items():
            found = ours.get((table, variable))
            if p != "NA" and found is not None and max(float(p), found) > 1e-300:
                differences.append(abs(found - float(p)) / float(p))
    return {"compared": len(differences), "largest_difference": max(differences, default=0.0)}


def _versions() -> dict[str, str]:
    versions = {"python": platform.python_version(), "machine": f"{os.cpu_count()} cœurs"}
    if shutil.which("Rscript"):
        versions["r"] = subprocess.run(["Rscript", "-e", "cat(as.character(getRversion()))"],
                                       capture_output=True, text=True, check=True).stdout  # fmt: skip
    return versions


def main() -> None:
    """Measure, print, and write the figures when a file is named."""
    words = argparse.ArgumentParser(
        prog="python -m bench.report", description="Le rapport face aux mêmes tableaux en R"
    )
    words.add_argument("--respondents", type=int, default=100_000, metavar="N")
    words.add_argument("--rounds", type=int, default=3, metavar="N")
    words.add_argument("--json", type=Path, metavar="FICHIER")
    chosen = words.parse_args()
    found = compare(chosen.respondents, chosen.rounds)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    print(text)
    if chosen.json:
        chosen.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
