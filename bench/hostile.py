"""Strings of 50,000 signs made to be slow to read, in Python and in Debian's chromium: processor time of each.

    python -m bench.hostile [--site OUTPUT] [--signs 50000]

1 when one takes a second or more, or when twice as long a string takes more than three times as long.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browser import CHROMIUM, LOAD, READ, built, thread_time
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import RULES_PATH
from tests.browser.served import served

MOST, GROWTH, ENOUGH = 1.0, 3.0, 0.1  # seconds; times for twice as long; seconds below which growth is noise
SIGNS = """06 |0|a|A|1 || 06 |- 06~|06~|12/|12/03/|@|a@|a@b.|- |~|[|](|[a](|![|<!--|<a |&|&#48|*|**|_|`|``|0*|06:|06$
Mme |M. |Jean |12 rue |12 rue de |quatre-vingt |zero |et |vu |vu le |tombé il a |le 24 décembre, il a |snap : |t.me/
a-|a.|nom prénom ~|///a.|coordonnées 4.55 |a%40|chez |réf |n/réf a/|pacemaker |CHU de |86000 |Niort (|<b>|> |\\|œ """


def strings(signs: int) -> Iterator[tuple[str, str]]:
    """(what is repeated, the string): marks, beginnings, and the example of each form."""
    rules = json.loads(RULES_PATH.read_text(encoding="utf-8"))["rules"]
    likes = [f"{form['like']} " for rule in rules for form in rule.get("forms", ()) if "like" in form]
    pieces = [piece.replace("~", "\n") for line in SIGNS.splitlines() for piece in line.split("|") if piece]
    for piece in (*pieces, *likes):
        yield piece, (piece * (signs // len(piece) + 1))[:signs]


def in_python(text: str) -> float:
    """Seconds of processor."""
    started = time.process_time()
    find_identifiers(text)
    return time.process_time() - started


@contextmanager
def in_chromium(output: Path) -> Iterator[Callable[[str], float]]:
    """As ``in_python``, on a page of a built site."""
    with served(output) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        address = site + next(output.rglob("privacy/detect.js")).relative_to(output).as_posix()
        page.goto(address)
        page.evaluate(LOAD, address)
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})

        def spent(text: str) -> float:
            before = thread_time(tools)
            page.evaluate(READ, [text])
            return thread_time(tools) - before

        yield spent
        browser.close()


def slow(language: str, spent: Callable[[str], float], signs: int) -> list[str]:
    """Prints the slowest; what misses its aim."""
    took = sorted(((spent(text), piece) for piece, text in strings(signs)), reverse=True)
    print(f"{language} : {len(took)} chaînes de {signs} signes ; la plus lente {took[0][0]:.2f} s ({took[0][1]!r})")
    missed = [f"{language} : {piece!r} en {seconds:.2f} s" for seconds, piece in took if seconds >= MOST]
    twice = dict(strings(2 * signs))
    for seconds, piece in took[:10]:
        longer = spent(twice[piece])
        if seconds > ENOUGH and longer > GROWTH * seconds:
            missed.append(f"{language} : {piece!r}, deux fois plus longue, {longer / seconds:.1f} fois plus lente")
    return missed


def main() -> int:
    """Both languages in turn; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="bench.hostile", description="Des textes faits pour être lents à relire.")
    parser.add_argument("--site", type=Path, help="un site déjà construit, avec ses formulaires")
    parser.add_argument("--signs", type=int, default=50_000)
    given = parser.parse_args()
    missed = slow("Python", in_python, given.signs)
    with tempfile.TemporaryDirectory() as folder, in_chromium(given.site or built(Path(folder))) as spent:
        missed += slow("Chromium", spent, given.signs)
    print(*missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
