"""What the members' space costs: the two editions built plainly, then with one of them wrapped for its members.

    python -m bench.members_space --cases 10000 --members 300 [--replies 5]

Ratios are of processor seconds, of builds from nothing and after one more reply; then a key is taken back, and all is
wrapped again. Everything happens in bench/work/.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from bench import corpus
from bench.measure import Measure, measure
from bench.peers.divan import HOUSE, Divan
from divan.members.keyring import Keyring, load_keyring, new_keyring
from divan.members.member_key import draw_key
from divan.members.where import keyring_file

SEED = 1
PLAINLY = """
from pathlib import Path
from divan.builder.settings import load_settings
from divan.site.build import build
from divan.site.members_space import members_edition
root = Path.cwd()
build(root)
build(root, settings_overrides=members_edition(load_settings(root)))
"""


def main() -> int:
    """Run the bench and say its figures."""
    parser = argparse.ArgumentParser(prog="bench.members_space", description="Ce que coûte l'espace des membres.")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--replies", type=int, default=5)
    parser.add_argument("--members", type=int, default=300)
    words = parser.parse_args()
    forum = Divan(HOUSE / "bench" / "work" / f"members-{os.getpid()}" / "forum", HOUSE / "bench" / "work" / "tools")
    forum.prepare(_cases(words))
    plain = _builds(forum, [sys.executable, "-c", PLAINLY], words, 0)
    _keep_for_members(forum.folder, words)
    wrapped = _builds(forum, forum.command(None), words, 1)
    for what, one, other in zip(("de rien", "une réponse"), plain, wrapped, strict=True):
        print(f"{what} : {one.cpu_seconds:.2f} s de processeur en clair, {other.cpu_seconds:.2f} s chiffré, "
              f"rapport {other.cpu_seconds / one.cpu_seconds:.2f}", flush=True)  # fmt: skip
    _take_back(forum.folder)
    print(f"espace : {_weight(forum.folder / 'output/membres')}, site public {_weight(forum.folder / 'output')}")
    shutil.rmtree(forum.folder.parent)
    return 0


def _cases(words: argparse.Namespace) -> Iterator[corpus.Case]:
    return corpus.cases(words.cases, words.replies, SEED)


def _builds(forum: Divan, command: list[str], words: argparse.Namespace, number: int) -> tuple[Measure, Measure]:
    """From nothing, then after one more reply."""
    cold = measure(command, forum.folder, forum.environment())
    chance = random.Random(number)
    case = next(islice(_cases(words), chance.randrange(words.cases), None))
    later = case.date + timedelta(hours=9, minutes=number)
    forum.add_reply(case, corpus.reply(chance, case.post.id, later, chance.choice(corpus.authors())))
    return cold, measure(command, forum.folder, forum.environment())


def _keep_for_members(root: Path, words: argparse.Namespace) -> None:
    """Start from nothing, with a keyring of as many members."""
    for name in ("output", ".divan"):
        shutil.rmtree(root / name)
    ring: Keyring = new_keyring()
    for number in range(words.members):
        ring = ring.admit(f"membre {number}", date.today(), draw_key())
    ring.save(keyring_file(root))


def _take_back(root: Path) -> None:
    from divan.site.members_space import update_space

    clock, processor = time.perf_counter(), sum(os.times()[:4])
    ring = load_keyring(keyring_file(root))
    assert ring
    ring.revoke("membre 0").save(keyring_file(root))
    print(f"une clé retirée : {time.perf_counter() - clock:.2f} s (table de {len(ring.holders) - 1})")
    told = update_space(root)
    spent = sum(os.times()[:4]) - processor
    print(f"tout chiffré de nouveau : {time.perf_counter() - clock:.2f} s, {spent:.2f} s de processeur. {told}")


def _weight(folder: Path) -> str:
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return f"{len(sizes)} fichiers, {sum(sizes) / 1e6:.0f} Mo"


if __name__ == "__main__":
    sys.exit(main())
