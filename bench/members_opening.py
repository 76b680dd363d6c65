"""What a member waits for on a slow phone: the space opened with a card or a phrase, then a thread.

    python -m bench.members_opening [--slower 6] [--rounds 5]

The small forum of the tests, one thread for members, in Debian's chromium slowed six times; by the clock, so right on
an idle machine only. 1 when a median misses its aim.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import CHROMIUM
from divan.members.keyring import drawn, give_key
from divan.members.member_key import key_of_phrase
from divan.members.where import keyring_file
from divan.site.build import build_editions
from tests import small_forum as forum
from tests.browser.served import served

AIMS = {
    "première ouverture, d'une carte": 4.0,
    "première ouverture, d'une phrase": 4.0,
    "un fil ensuite": 1.5,
}  # seconds
PHRASE = "cerise tambour pluie fenêtre marteau"
SENTENCE = "Une phrase rare que seuls les membres savent."


def founded(folder: Path) -> tuple[Path, str]:
    """A site with its members' space, and the card that opens it."""
    root = forum.make_forum(folder)
    forum.topic(root, "2026-03-09-dddd", visibility="members", title="Un sujet entre nous", text=SENTENCE)
    file = keyring_file(root)
    card = give_key(file, "Anne", forum.TODAY, drawn).words()
    give_key(file, "Claire", forum.TODAY, lambda known: key_of_phrase(PHRASE, known.site))
    build_editions(root, {"SITEURL": "https://divan.example"})
    return root / "output", card


def opening(browser: Browser, address: str, key: str, slower: float) -> tuple[float, float]:
    """Seconds from « Ouvrir » to the first page, then from a link to its thread; a device that knew nothing."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR").new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}membres/")
    page.get_by_label("Votre clé").fill(key)
    room = page.frame_locator("#lecture iframe")
    first = _waited(page, page.get_by_role("button", name="Ouvrir").click, "h1")
    room.get_by_role("navigation", name="Principale").get_by_role("link", name="Sujets").click()
    link = room.get_by_role("link", name="Un sujet entre nous").first
    link.wait_for()
    then = _waited(page, link.click, f"main:has-text('{SENTENCE}')")
    page.context.close()
    return first, then


def _waited(page: Page, act: Callable[[], None], until: str) -> float:
    began = time.perf_counter()
    act()
    page.frame_locator("#lecture iframe").locator(until).first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def main() -> int:
    """Measure, and say each median beside its aim."""
    parser = argparse.ArgumentParser(prog="bench.members_opening", description="Ce qu'un membre attend.")
    parser.add_argument("--slower", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        output, card = founded(Path(folder))
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(output) as address:
            cards, phrases = (
                [opening(browser, address, key, words.slower) for _ in range(words.rounds)] for key in (card, PHRASE)
            )
        browser.close()
    measured = ([one for one, _ in cards], [one for one, _ in phrases], [then for _, then in (*cards, *phrases)])
    late = False
    for (what, aim), seconds in zip(AIMS.items(), measured, strict=True):
        median = statistics.median(seconds)
        late |= median > aim
        print(f"{what} : {median:.2f} s (de {min(seconds):.2f} à {max(seconds):.2f}), {aim:g} voulues")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
