"""Train the tagger and write its data file: ``python -m divan.privacy.training.train PACKAGES``.

An averaged perceptron (Collins 2002) on generated sentences and hard negatives. Half of the names are hidden from the
lists while it learns, so that it knows names that no list holds; weights become integers, small ones are dropped.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from divan.privacy.tagger import TAGGER_PATH, TAGS, Tagger, candidates, features
from divan.privacy.training.generate import KIN, TITLES, TRADES, Sentence, negatives, nonsense, positives
from divan.privacy.training.lists import Names, load_names
from divan.privacy.words import TOKEN
from divan.sources.reader_text import fold

SENTENCES, NEGATIVES, NONSENSE, ROUNDS, HIDDEN = 44000, 18000, 6000, 5, 0.4
DOUBT = (0, 2, 4, 0, 1)  # what each tag must weigh more than « no name »: a false alarm tires those who read
FORGOTTEN = 0.25  # of what is known of a word, so that no single neighbour decides
SCALE, LEAST, SEEN = 4, 3, 4
_CALLS = Path(__file__).parent / "calls.txt"


def learn(sentences: Iterable[Sentence], tagger: Tagger, rounds: int) -> dict[str, list[float]]:
    """Averaged weights by feature; a place that may be a name is an example, with the right tags before it."""
    examples = [example for sentence in sentences for example in _examples(sentence, tagger)]
    counts = Counter(feature for keys, _ in examples for feature in keys)
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
    kept = [([key for key in keys if counts[key] >= SEEN], tag) for keys, tag in examples]
    drawn, step = random.Random(1), 0
    for _ in range(rounds):
        drawn.shuffle(kept)
        for known, right in kept:
            step += 1
            keys = [key for key in known if drawn.random() > FORGOTTEN]
            rows = [weights[key] for key in keys]
            scores = [sum(row[tag] for row in rows) for tag in range(len(TAGS))]
            scores[right] -= 1.5  # a margin, so that what is learnt survives the rounding
            guess = scores.index(max(scores))
            if guess != right:
                for key, row in zip(keys, rows, strict=True):
                    row[right] += 1
                    row[guess] -= 1
                    total = totals[key]
                    total[right] += step
                    total[guess] -= step
    return {key: [row[tag] - totals[key][tag] / step for tag in range(len(TAGS))] for key, row in weights.items()}


def _examples(sentence: Sentence, tagger: Tagger) -> Iterable[tuple[list[str], int]]:
    matches = list(TOKEN.finditer(sentence.text))
    words = [match[0] for match in matches]
    low = [word.lower() for word in words]
    hidden = replace(tagger, lists=_Partly(tagger.lists, sentence)) if sentence.spans else tagger
    given: dict[int, int] = {}
    for at in candidates(words, low, hidden, {}):
        start = matches[at].start()
        tag = next((tag for first, last, tag in sentence.spans if first <= start < last), 0)
        yield features(words, low, at, given, hidden, {}), tag
        if tag:
            given[at] = tag


class _Partly(dict[str, str]):
    """The lists without some of the names of one sentence."""

    def __init__(self, lists: Mapping[str, str], sentence: Sentence) -> None:
        super().__init__()
        self.lists = lists
        drawn = random.Random(len(sentence.text) * 31 + len(sentence.spans))
        self.hidden = {
            word.lower()
            for first, last, _ in sentence.spans
            for word in TOKEN.findall(sentence.text[first:last])
            if drawn.random() < HIDDEN
        }

    def get(self, word: str, other: str | None = None) -> str | None:  # type: ignore[override]
        """As the lists, for a word that is not hidden."""
        return other if word in self.hidden else self.lists.get(word, other)


def packed(words: Iterable[str]) -> str:
    """A sorted list, each word less the letters that it shares with the one before (a capital says how many)."""
    before, parts = "", []
    for word in sorted(words):
        shared = 0
        while shared < min(len(before), len(word), 25) and before[shared] == word[shared]:
            shared += 1
        parts.append(chr(65 + shared) + word[shared:])
        before = word
    return "".join(parts)


def written(weights: Mapping[str, list[float]], tagger: Tagger) -> str:
    """The data file: features by tag and integer weight, lists by their letters, the words that call a name."""
    tables: list[dict[int, list[str]]] = [defaultdict(list) for _ in TAGS]
    for feature, row in sorted(weights.items()):
        for place, value in enumerate(row):
            rounded = round((value - row[0]) * SCALE / 4) - (DOUBT[place] if feature == "b" else 0) if place else 0
            if abs(rounded) >= LEAST and " " not in feature and feature.isascii():
                tables[place][rounded].append(feature)
    by_letters: dict[str, list[str]] = defaultdict(list)
    for word, letters in tagger.lists.items():
        by_letters[letters].append(word)
    return json.dumps(
        {
            "about": "Le repérage des noms : fait par divan/privacy/training, lu par tagger.py et par tagger.js.",
            "weights": [{str(value): " ".join(keys) for value, keys in sorted(table.items())} for table in tables],
            "lists": {letters: packed(words) for letters, words in sorted(by_letters.items())},
            "calls": sorted(tagger.calls),
        },
        separators=(",", ":"),
    )


def untrained(names: Names) -> Tagger:
    """A tagger with its lists and calls, and no weight yet."""
    listed = _CALLS.read_text(encoding="utf-8").split("\n", 1)[1].split()
    calls = {*listed, *(fold(title).strip(".") for title in TITLES)}
    calls |= {fold(word).split()[-1] for word in (*KIN, *TRADES)}
    return Tagger({}, names.letters(), frozenset(calls))


def main(packages: Path, texts: list[str]) -> None:
    """Train on all templates and write ``tagger.json``."""
    here = Path(__file__).parent
    files = [*here.glob("*.txt"), *Path("content/pages").rglob("*.md"), *Path("surveys").rglob("*.yaml")]
    vocabulary = [file.read_text(encoding="utf-8") for file in sorted(files)]
    names = load_names(packages, [*texts, *vocabulary])
    tagger = untrained(names)
    sentences = [
        *positives(names, here, SENTENCES, seed=11),
        *nonsense(names, sorted(tagger.calls), NONSENSE, seed=13),
        *negatives(names, here, texts, NEGATIVES, seed=12),
    ]
    TAGGER_PATH.write_text(written(learn(sentences, tagger, ROUNDS), tagger) + "\n", encoding="ascii")


if __name__ == "__main__":
    posts = [
        file.read_text(encoding="utf-8").split("\n---", 1)[1] for file in sorted(Path("content").rglob("20*/*.md"))
    ]
    main(Path(sys.argv[1]), posts[::2])
