"""The author's browser finds what ``divan check`` finds: same places, same rules, whatever is typed.

DIVAN_FUZZ_EXAMPLES=30000 pytest tests/privacy/test_browser_engine.py     (some minutes)
"""

from __future__ import annotations

import json
import os
import random
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bench.privacy import CORPUS, read_corpus, read_marked
from divan.privacy.combinations import find_combinations
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.sources.reader_text import as_read
from tests.privacy.in_chromium import evaluate
from tests.privacy.test_writings import DISGUISES, LINES

ROOT = Path(__file__).parents[2]
MUTATED = int(os.environ.get("DIVAN_FUZZ_EXAMPLES", "3000"))
VECTORS = json.loads((ROOT / "tests/sources/reader_text.json").read_text(encoding="utf-8"))
ODD = [
    "\u00a0", "\u202f", "\u2011", "🙂", "\u200b", "\u0301", "\n", "\r\n", "**", "_", "&nbsp;", "’", "œ", "É", "ß", "ﬁ",
    "\u00ad", "<b>", "[", "](", "\\", "İ", "K", "ſ", "𝐀", "0", "9", "-", ".", "Dr ", "@", "\u2028", "👩🏽‍⚕️", "ǅ",
    " 12/03", "<!-- -->", "<!--", '<a href="x">', "&#8203;", "[](x)",
]  # fmt: skip


Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def in_browser() -> Read:
    """Runs ``asRead`` and ``findIdentifiers`` on a list of texts, in Debian's chromium, from the repository's files."""
    return _read_there


def _read_there(texts: list[str], names: GroupNames = NO_NAMES) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = evaluate(
        """async ([texts, names]) => {
          const { findIdentifiers, loadDetector } = await import("/divan/privacy/detect.js");
          const { asRead } = await import("/divan/sources/reader_text.js");
          const { findCombinations, loadCombinations } = await import("/divan/privacy/combinations.js");
          const detector = await loadDetector(names);
          const known = await loadCombinations(detector);
          return texts.map((text) => ({
            read: asRead(text, detector.signs).text,
            found: findIdentifiers(text, detector).map((one) => [one.rule.id, one.start, one.end, one.line]),
            asked: findCombinations(text, detector, known)
              .map((one) => [one.says, one.remedy, one.start, one.end, one.line]),
          }));
        }""",
        [texts, asdict(names)],
    )
    return found


def mutated(chance: random.Random, text: str) -> str:
    """``text`` as a phone, a copy or a mailer may leave it."""
    for _ in range(chance.randint(1, 5)):
        place, way = chance.randrange(len(text) + 1), chance.randrange(5)
        text = (
            text[:place] + chance.choice(ODD) + text[place:],
            text.swapcase(),
            unicodedata.normalize("NFD", text),
            text[:place] + text[place + 1 :],
            text.replace(" ", chance.choice(ODD[:4]), 3),
        )[way]
    return text


def in_units(text: str, place: int) -> int:
    """A place counted as JavaScript counts it."""
    return len(text[:place].encode("utf-16-le")) // 2


@pytest.mark.browser
def test_python_and_the_browser_agree_on_the_corpora_and_on_mutated_texts(in_browser) -> None:
    known = [text.written for hand in CORPUS.iterdir() if hand.is_dir() for text in read_corpus(hand.name)]
    known += [read_marked("", line, False).written for line in LINES] + DISGUISES
    short = [text for text in known if len(text) < 300] + [*VECTORS["read"]]
    chance = random.Random(2026)
    texts = known + [mutated(chance, chance.choice(short)) for _ in range(MUTATED)]
    for text, there in zip(texts, in_browser(texts), strict=True):
        assert there["read"] == as_read(text).text
        here = [[f.rule.id, in_units(text, f.start), in_units(text, f.end), f.line] for f in find_identifiers(text)]
        assert there["found"] == here, text
        asked = [
            [q.says, q.remedy, in_units(text, q.start), in_units(text, q.end), q.line] for q in find_combinations(text)
        ]
        assert there["asked"] == asked, text


@pytest.mark.browser
def test_the_browser_asks_the_same_questions(in_browser) -> None:
    vectors = json.loads((ROOT / "tests/privacy/combinations.json").read_text(encoding="utf-8"))
    texts = [*vectors["asked"], *vectors["left"]]
    there = [[one[0] for one in row["asked"]] for row in in_browser(texts)]
    assert there == [[question.says for question in find_combinations(text)] for text in texts]


@pytest.mark.browser
def test_the_names_that_a_group_added_are_found_in_both(in_browser) -> None:
    names = GroupNames(
        ("Sainte-Verge-les-Prés", "St Œil"), ("La Croix-Bleue", "La Croix-Bleue du Lac"), ("constructor",)
    )
    texts = [
        "vu à ste verge les pres", "SAINTE-VERGE-LES-PRÉS", "une sainte  verge",
        "la croix-bleue du lac ; la croix bleue",
        "saint-oeil-saint-œil", "constructor, toString", "la\ncroix-bleue", "la croix--bleue", "st. œil",
    ]  # fmt: skip
    for text, there in zip(texts, in_browser(texts, names), strict=True):
        found = find_identifiers(text, names=names)
        assert there["found"] == [[f.rule.id, in_units(text, f.start), in_units(text, f.end), f.line] for f in found]
    assert all(find_identifiers(text, names=names) for text in texts[:2])


@pytest.mark.browser
def test_the_browser_reads_as_a_reader_sees(in_browser) -> None:
    assert [row["read"] for row in in_browser(list(VECTORS["read"]))] == list(VECTORS["read"].values())
