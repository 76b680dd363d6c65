"""What the detector of identities finds, misses and suspects wrongly: ``python -m bench.privacy``.

The corpora of ``tests/privacy/corpus`` are written by people who do not write the rules. The even lines and posts of
three hands may be looked at while the rules are made (``--tuning``); all the rest is only ever measured.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from divan.privacy.detect import find_identifiers

CORPUS = Path("tests/privacy/corpus")
DEVELOPMENT = Path("divan/privacy/training/development")
TUNED_ON = ("a", "d", "e")
AT_LEAST = {
    "phone": 0.98, "email": 0.98, "contact": 0.98, "identifier": 0.98, "birth_date": 0.98,
    "address": 0.95, "care_date": 0.95, "given_name": 0.90, "surname": 0.90, "hospital": 0.85, "town": 0.85,
}  # fmt: skip
FALSE_PER_TEN_POSTS = 1.0
_MARK = re.compile(r"⟦([a-z_]+):(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text without its marks, and what its writer marked: (kind, start, end). A post is more than a sentence."""

    name: str
    written: str
    marks: tuple[tuple[str, int, int], ...]
    post: bool


@dataclass(frozen=True)
class Score:
    """Marks by kind, those found, and on texts without any mark the passages found all the same."""

    marked: Counter[str]
    found: Counter[str]
    missed: tuple[tuple[str, str, str], ...]
    wrong: tuple[tuple[str, str, str], ...]
    posts: int
    blocks: int
    clean: int
    false_blocks: int


def read_marked(name: str, text: str, post: bool) -> Text:
    """A text as its writer marked it: ``⟦kind:passage⟧``."""
    plain, marks, free_from = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[free_from : match.start()]
        marks.append((match[1], len(plain), len(plain) + len(match[2])))
        plain += match[2]
        free_from = match.end()
    return Text(name, plain + text[free_from:], tuple(marks), post)


def read_corpus(hand: str, tuning: bool | None = None) -> Iterator[Text]:
    """Sentences then posts of one hand; of a tuned hand, the even ones when ``tuning``, the odd ones when not."""
    folder = CORPUS / hand
    lines = (folder / "sentences.txt").read_text(encoding="utf-8").splitlines()
    texts = [
        (number, read_marked(f"{hand}:{number}", line, False))
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("# ")
    ]
    for number, file in enumerate(sorted((folder / "posts").glob("*.txt")), start=1):
        texts.append((number, read_marked(f"{hand}/{file.stem}", file.read_text(encoding="utf-8"), True)))
    for number, text in texts:
        if tuning is None or hand not in TUNED_ON or (number % 2 == 0) == tuning:
            yield text


def read_development() -> Iterator[Text]:
    """What the hand that tunes the tagger wrote for that: sentences with their marks, and short posts without any."""
    for name, post in (("marked", False), ("clean", True)):
        for number, line in enumerate((DEVELOPMENT / f"{name}.txt").read_text(encoding="utf-8").splitlines(), start=1):
            if line and not line.startswith("# "):
                yield read_marked(f"{name}:{number}", line, post)


def score(texts: Iterable[Text]) -> Score:
    """How the detector does on marked texts: a mark is found when a finding touches it."""
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed, wrong = [], []
    posts = blocks = clean = false_blocks = 0
    for text in texts:
        spans = [(one.start, one.end, one.rule.id) for one in find_identifiers(text.written)]
        for kind, start, end in text.marks:
            marked[kind] += 1
            if any(first < end and start < last for first, last, _ in spans):
                found[kind] += 1
            else:
                missed.append((text.name, kind, _around(text.written, start, end)))
        false = [one for one in spans if not any(start < one[1] and one[0] < end for _, start, end in text.marks)]
        wrong += [(text.name, rule, _around(text.written, first, last)) for first, last, rule in false]
        if text.post:
            posts, blocks = posts + 1, blocks + len(spans)
            if not text.marks:
                clean, false_blocks = clean + 1, false_blocks + len(false)
    return Score(marked, found, tuple(missed), tuple(wrong), posts, blocks, clean, false_blocks)


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(start - 30, 0) : start]}[{text[start:end]}]{text[end : end + 15]}".replace("\n", " ")


def shortfalls(one: Score) -> list[str]:
    """What does not reach the thresholds, in French; empty when all does."""
    short = [
        f"{kind} : {one.found[kind]}/{one.marked[kind]} trouvés, il en faut {least:.0%}"
        for kind, least in AT_LEAST.items()
        if one.marked[kind] and one.found[kind] < least * one.marked[kind]
    ]
    if one.clean and one.false_blocks * 10 > FALSE_PER_TEN_POSTS * one.clean:
        short.append(f"{one.false_blocks} fausses alertes sur {one.clean} messages sans rien à signaler")
    return short


def report(one: Score, seconds: float, detail: bool) -> None:
    """Print the table, and what was missed or wrong when asked."""
    for kind in sorted(one.marked):
        print(f"{kind:12} {one.found[kind]:4}/{one.marked[kind]:<4} {one.found[kind] / one.marked[kind]:.3f}")
    if one.posts:
        print(f"blocs : {10 * one.blocks / one.posts:.1f} pour 10 messages")
    if one.clean:
        print(
            f"faux blocs : {10 * one.false_blocks / one.clean:.2f} pour 10 messages sans rien à signaler ({one.clean})"
        )
    print(f"hors marques : {len(one.wrong)} ; {seconds:.2f} s")
    if detail:
        for row in (*one.missed, ("--", "--", "--"), *one.wrong):
            print(*row, sep=" | ")


def main() -> int:
    """Measure the held-out texts (or the tuning half); 1 when a threshold is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="la moitié sur laquelle les règles se règlent, en détail")
    parser.add_argument("--development", action="store_true", help="les textes de mise au point des noms, en détail")
    parser.add_argument("--hand", help="les textes d'une seule main")
    asked = parser.parse_args()
    hands = [*TUNED_ON] if asked.tuning else sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())
    hands = [hand for hand in hands if asked.hand in (None, hand)]
    texts = [text for hand in hands for text in read_corpus(hand, asked.tuning)]
    if asked.development:
        texts = [*read_development()]
    started = time.perf_counter()
    one = score(texts)
    report(one, time.perf_counter() - started, asked.tuning or asked.development)
    short = shortfalls(one)
    print(*short, sep="\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
