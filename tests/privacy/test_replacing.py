"""What may be written instead of a passage, said by the check and offered, to tap, where one writes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench.privacy import CORPUS, read_corpus
from divan.privacy.detect import find_identifiers
from divan.privacy.replacing import remedy, replacements
from tests.privacy.in_chromium import evaluate

VECTORS = json.loads((Path(__file__).parent / "replacements.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])


@pytest.mark.parametrize(("text", "expected"), VECTORS["cases"])
def test_what_the_text_becomes(text: str, expected: list[str]) -> None:
    [finding] = find_identifiers(text)
    offered = replacements(text, finding, TODAY)
    assert [text[: one.start] + one.text + text[one.end :] for one in offered] == expected


@pytest.mark.parametrize(("text", "expected"), VECTORS["cases"])
def test_what_it_becomes_names_nobody(text: str, expected: list[str]) -> None:
    assert [find_identifiers(one) for one in expected] == [[] for _ in expected]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Il est né le 14/07/1951.", "écrivez par exemple « âgé de 75 à 79 ans »"),
        ("Vu Mme Lefèvre ce matin.", "écrivez par exemple « la patiente » ou « une patiente »"),
        ("Rappelez au 06 39 98 12 34.", "retirez-le"),
    ],
)
def test_the_check_says_what_to_write(text: str, said: str) -> None:
    [finding] = find_identifiers(text)
    assert remedy(text, finding, TODAY) == said


def test_the_page_offers_what_the_check_says() -> None:
    written = [text.written for hand in sorted(CORPUS.iterdir()) if hand.is_dir() for text in read_corpus(hand.name)]
    texts = [text for text, _ in VECTORS["cases"]] + written
    there = evaluate(
        """async ([texts, today]) => {
          const { findIdentifiers, loadDetector } = await import("/divan/privacy/detect.js");
          const { loadReplacements, replacements } = await import("/divan/privacy/replacing.js");
          const [detector, known] = await Promise.all([loadDetector(), loadReplacements()]);
          const instead = (text) => ({ start, end, text: said }) => text.slice(0, start) + said + text.slice(end);
          return texts.map((text) => findIdentifiers(text, detector).flatMap((finding) =>
            replacements(text, finding, known, new Date(`${today}T12:00`)).map(instead(text))));
        }""",
        [texts, VECTORS["today"]],
    )
    here = [
        [
            text[: one.start] + one.text + text[one.end :]
            for found in find_identifiers(text)
            for one in replacements(text, found, TODAY)
        ]
        for text in texts
    ]
    assert there == here
