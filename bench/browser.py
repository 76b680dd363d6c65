"""What looking for identities costs the one who writes: a slow phone, by Debian's chromium slowed six times.

    python -m bench.browser [--site OUTPUT] [--slower 6] [--rounds 25]

Builds this repository's site, or takes one already built with its forms; 1 when a figure misses its aim. Each text is
read once before, as what someone writes is at each pause; the very first reading, which compiles, is told apart.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.privacy import read_corpus
from tests.browser.served import served

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
AIMS = {300: 10.0, 3000: 80.0}  # words, milliseconds
HEAVIEST = 120_000  # bytes of the model, compressed
READ_ONLY = ("", "cas/", "mots/", "annuaire/", "resultats/", "recherche/", "sujets/")
LOAD = """async (address) => {
  const started = performance.now();
  const { findIdentifiers, loadDetector } = await import(address);
  const detector = await loadDetector();
  window.look = (text) => findIdentifiers(text, detector);
  return performance.now() - started;
}"""
READ = """(texts) => texts.map((text) => {
  const started = performance.now();
  window.look(text);
  return performance.now() - started;
})"""


def built(folder: Path) -> Path:
    """This repository's site, with the forms of a group that takes proposals."""
    from divan.site.build import build

    output = folder / "output"
    settings = {"OUTPUT_PATH": str(output), "CACHE_PATH": str(folder / "state"), "PROPOSALS_URL": "/proposals/"}
    build(ROOT, settings_overrides=settings, full=True)
    return output


def texts_of(words: int, rounds: int) -> list[str]:
    """As many different texts of so many words, where people are named."""
    known = [word for hand in ("a", "b", "d") for text in read_corpus(hand) for word in text.written.split(" ")]
    step = max(1, (len(known) - words) // rounds)
    return [" ".join(known[step * at : step * at + words]) for at in range(rounds)]


def asked_by(page: Page, address: str, write: bool) -> list[str]:
    """The detector's files that a page asks for, when it is only read or when two fields are written in."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name) if "/privacy/" in request.url else None)
    page.goto(address)
    if write:
        for field in page.locator("textarea:visible, input[type=text]:visible").all()[:2]:
            field.press_sequentially("Vu Mme Kervella hier. ")
    page.wait_for_timeout(1500)
    return asked


@dataclass(frozen=True)
class Figures:
    """Milliseconds: until it is ready, of the first reading, and of one reading of each number of words."""

    load: float
    first: float
    each: tuple[float, ...]

    def told(self) -> str:
        """In one line."""
        each = ", ".join(f"{words} mots {took:.1f}" for words, took in zip(AIMS, self.each, strict=True))
        return f"prêt en {self.load:.0f}, première lecture {self.first:.0f} ; puis {each}"


def by_a_clock(page: Page, address: str, slower: float, rounds: int) -> Figures:
    """As a slow device does, by the clock: right on an idle machine only. A median of each number of words."""
    page.goto(address)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    load = page.evaluate(LOAD, address)
    first, *_ = page.evaluate(READ, texts_of(300, rounds))
    each = tuple(statistics.median(page.evaluate(READ, 2 * texts_of(words, rounds))[rounds:]) for words in AIMS)
    return Figures(load, first, each)


def by_the_processor(page: Page, address: str, slower: float, rounds: int) -> Figures:
    """What the page's own thread spends, at full speed, so many times: right on a busy machine too."""
    page.goto(address)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent(script: str, given: object) -> float:
        before = thread_time(tools)
        page.evaluate(script, given)
        return (thread_time(tools) - before) * 1000 * slower

    load = spent(LOAD, address)
    first = spent(READ, texts_of(300, 1))
    each = [[spent(READ, [text]) for text in 2 * texts_of(words, rounds)] for words in AIMS]
    return Figures(load, first, tuple(statistics.median(times[rounds:]) for times in each))


def thread_time(tools: CDPSession) -> float:
    """Seconds of processor that the page's own thread has spent."""
    metrics = tools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))


def report(output: Path, slower: float, rounds: int) -> list[str]:
    """Prints the figures; what misses its aim."""
    detect = next(output.rglob("privacy/detect.js"))
    model = len(gzip.compress((detect.parent / "tagger.json").read_bytes()))
    missed = [f"le modèle pèse {model} octets compressés"] if model > HEAVIEST else []
    with served(output) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for at in READ_ONLY:
            if asked_by(browser.new_page(), site + at, False):
                missed.append(f"« {at or 'accueil'} » demande le repérage")
        times = asked_by(browser.new_page(), site + "proposer/", True).count("tagger.json")
        if times != 1:
            missed.append(f"le modèle est demandé {times} fois")
        address = site + detect.relative_to(output).as_posix()
        alone = by_the_processor(browser.new_page(), address, slower, rounds)
        clock = by_a_clock(browser.new_page(), address, slower, rounds)
        browser.close()
    print(f"modèle : {model} octets compressés, demandé {times} fois par la page où l'on écrit")
    print(f"processeur de la page x {slower:g}, en ms : {alone.told()}")
    print(f"à l'horloge, ralenti {slower:g} fois, en ms : {clock.told()}")
    for (words, most), took in zip(AIMS.items(), alone.each, strict=True):
        if took > most:
            missed.append(f"{words} mots en {took:.1f} ms, {most:g} voulues")
    return missed


def main() -> int:
    """Build or take the site, measure; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="bench.browser", description="Le repérage dans un navigateur lent.")
    parser.add_argument("--site", type=Path, help="un site déjà construit, avec ses formulaires")
    parser.add_argument("--slower", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=25)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        missed = report(given.site or built(Path(folder)), given.slower, given.rounds)
    print(*missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
