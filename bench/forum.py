"""Divan beside other builders, on the same forum, in one run.

    python -m bench.forum --cases 10000 --replies 5 --peers hugo,pelican,eleventy [--rounds 3] [--json FILE]
    python -m bench.forum --cases 2000 --earlier c9644d6 --rounds 5        today's Divan beside an earlier commit's

Each round takes every builder in turn: a cold build (its output and caches moved aside), then a build after one more
reply. Ratios are of processor seconds, which a shared machine troubles least. Figures are medians over the rounds, with
the smallest and the greatest. Everything happens in bench/work/.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench import corpus
from bench.corpus import Case
from bench.measure import Measure, measure
from bench.peers.builder import Builder
from bench.peers.divan import HOUSE, Divan
from bench.peers.eleventy import Eleventy
from bench.peers.hugo import Hugo, HugoInline
from bench.peers.older_divan import OlderDivan
from bench.peers.plain_pelican import PlainPelican

WORK = HOUSE / "bench" / "work"
PEERS: dict[str, tuple[type[Builder], ...]] = {
    "hugo": (Hugo, HugoInline), "pelican": (PlainPelican,), "eleventy": (Eleventy,),
}  # fmt: skip
SEED = 1


def main() -> int:
    """Run the bench and say its figures."""
    words = _words()
    folder = WORK / f"{words.cases}x{words.replies}-{os.getpid()}"
    OlderDivan.revision = words.earlier or OlderDivan.revision
    earlier = [OlderDivan] if words.earlier else []
    kinds = [Divan, *earlier, *(kind for name in words.peers for kind in PEERS[name])]
    builders = [kind(folder / kind.name, WORK / "tools") for kind in kinds]
    versions = {builder.name: builder.install() for builder in builders}
    for builder in builders:
        _say(f"{builder.name} : écriture de {words.cases} cas")
        builder.prepare(corpus.cases(words.cases, words.replies, SEED))
    found: dict[str, list[tuple[Measure, Measure]]] = {builder.name: [] for builder in builders}
    for number in range(words.rounds):
        for builder in builders:
            found[builder.name].append(_round(builder, number, words))
    report = _report(words, builders, versions, found)
    if words.search:
        report["search"] = _search(builders[0], words)
        _say(f"recherche : {report['search']}")
    print(_table(report, builders))
    if words.json:
        words.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if not words.keep:
        shutil.rmtree(folder)
    return 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.forum", description="Divan et d'autres constructeurs, même forum.")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--replies", type=int, default=5)
    parser.add_argument("--peers", type=_peers, default=[], metavar="hugo,pelican,eleventy")
    parser.add_argument("--earlier", metavar="RÉVISION", help="Divan tel qu'il était à cette révision")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--search", action="store_true", help="mesure aussi l'index de recherche, à part")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", action="store_true", help="garde les sites construits")
    return parser.parse_args()


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = set(names) - PEERS.keys()
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} : il y a {', '.join(PEERS)}")
    return names


def _round(builder: Builder, number: int, words: argparse.Namespace) -> tuple[Measure, Measure]:
    """One cold build, then one after a reply to a case of its own."""
    aside = builder.folder.with_name(f"{builder.name}-{number}")
    for name in builder.made:
        if (builder.folder / name).exists():
            aside.mkdir(exist_ok=True)
            (builder.folder / name).rename(aside / name)
    cold = measure(builder.command(None), builder.folder, builder.environment())
    chance = random.Random(number)
    index = chance.randrange(words.cases)
    case = _case(index, words)
    _add_reply(builder, case, chance, number)
    again = measure(builder.command(case), builder.folder, builder.environment())
    _say(f"{builder.name} : {cold.seconds:.2f} s, puis {again.seconds:.2f} s, {cold.rss_mb:.0f} Mo")
    return cold, again


def _add_reply(builder: Builder, case: Case, chance: random.Random, number: int) -> None:
    later = case.date + timedelta(hours=9, minutes=number)
    builder.add_reply(case, corpus.reply(chance, case.post.id, later, chance.choice(corpus.authors())))


def _case(index: int, words: argparse.Namespace) -> Case:
    return next(islice(corpus.cases(words.cases, words.replies, SEED), index, None))


def _report(
    words: argparse.Namespace,
    builders: list[Builder],
    versions: dict[str, str],
    found: dict[str, list[tuple[Measure, Measure]]],
) -> dict[str, Any]:
    report: dict[str, Any] = {
        "cases": words.cases, "replies": words.replies, "rounds": words.rounds, "cores": os.cpu_count(),
        "python": platform.python_version(), "machine": platform.platform(),
    }  # fmt: skip
    for builder in builders:
        series = {
            "cold_s": [cold.seconds for cold, _ in found[builder.name]],
            "cold_cpu_s": [cold.cpu_seconds for cold, _ in found[builder.name]],
            "rebuild_s": [again.seconds for _, again in found[builder.name]],
            "rebuild_cpu_s": [again.cpu_seconds for _, again in found[builder.name]],
            "rss_mb": [cold.rss_mb for cold, _ in found[builder.name]],
            "rebuild_rss_mb": [again.rss_mb for _, again in found[builder.name]],
        }
        report[builder.name] = {
            **{name: round(statistics.median(values), 3) for name, values in series.items()},
            "output_files": sum(file.is_file() for file in (builder.folder / builder.output).rglob("*")),
            "version": versions[builder.name],
            "spread": {name: [round(min(values), 3), round(max(values), 3)] for name, values in series.items()},
        }
    return report


def _search(builder: Builder, words: argparse.Namespace) -> dict[str, Any]:
    """The index made whole from the published pages, then after one more reply."""
    command, environment = [sys.executable, "-m", "divan", "index"], builder.environment()
    whole = measure(command, builder.folder, environment)
    sizes = [file.stat().st_size for file in (builder.folder / "output/chercher").rglob("*.json")]
    case = _case(words.cases // 2, words)
    _add_reply(builder, case, random.Random(words.rounds), words.rounds)
    measure(builder.command(case), builder.folder, environment)
    again = measure(command, builder.folder, environment)
    return {
        "cpu_s": round(whole.cpu_seconds, 2), "rss_mb": round(whole.rss_mb), "reply_cpu_s": round(again.cpu_seconds, 2),
        "mb": round(sum(sizes) / 1e6, 1), "files": len(sizes), "largest_kb": round(max(sizes) / 1e3),
    }  # fmt: skip


def _table(report: dict[str, Any], builders: list[Builder]) -> str:
    heads = ("à froid (s)", "processeur", "Divan = 1", "1 réponse (s)", "processeur", "Divan = 1", "Mo", "fichiers")
    lines = [" " * 12 + "".join(f"{head:>14}" for head in heads)]
    ours = report[builders[0].name]
    for builder in builders:
        row = report[builder.name]
        figures = [
            *(row["cold_s"], row["cold_cpu_s"], row["cold_cpu_s"] / ours["cold_cpu_s"]),
            *(row["rebuild_s"], row["rebuild_cpu_s"], row["rebuild_cpu_s"] / ours["rebuild_cpu_s"]),
        ]
        shown = "".join(f"{figure:>14.2f}" for figure in figures)
        lines.append(f"{builder.name:12}{shown}{row['rss_mb']:>14.0f}{row['output_files']:>14}")
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
