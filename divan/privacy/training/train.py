"""Train the tagger and write its data file: ``make tagger``.

An averaged perceptron (Collins 2002) on generated sentences and hard negatives. Four names in ten are hidden from the
lists while it learns, so that it knows names that no list holds. It learns twice: with all that it may look at, then
with what weighed most; weights become integers.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median

from divan.privacy.candidates import Chances, candidates
from divan.privacy.tagger import TAGGER_PATH, TAGS, Tagger, features
from divan.privacy.training.fixed_words import fixed
from divan.privacy.training.generate import Sentence, lines, negatives, nonsense, positives
from divan.privacy.training.lists import Names, load_names
from divan.privacy.words import TOKEN
from divan.sources.reader_text import fold

POSITIVES, NEGATIVES, NONSENSE, ROUNDS, HIDDEN = 66000, 50000, 18000, 7, 0.4
# what a word of no list, or two joined as a disease's authors are, must weigh more: a false alarm tires those who read
DOUBT = {
    "q0|X": (0, 7, 5, 6, 7), "q0|A": (0, 7, 5, 9, 7), "q0|-X-": (0, 12, 9, 10, 10), "q0|-A-": (0, 12, 9, 10, 10),
    "q0|a": (0, 4, 4, 4, 4), "q0|swa": (0, 2, 2, 2, 2),
    **dict.fromkeys(("q0|-sX-", "q0|-gsX-", "q0|-swX-", "q0|-xX-", "q0|-sxX-"), (0, 5, 5, 5, 5)),
}  # fmt: skip
FORGOTTEN = 0.15  # of what is known of a word, so that no single neighbour decides
_CALLING = ("kin", "trades", "proche", "role", "vu")
MARGIN, KEPT = 2.0, 8300
STEP, SEEN = 1.5, 4  # a weight counts in steps, so that fewer are written


def learn(sentences: Iterable[Sentence], tagger: Tagger, rounds: int, kept: int) -> dict[str, list[float]]:
    """Averaged weights by feature: learnt with all of them, then again with the ``kept`` that weigh most alone."""
    examples = [example for sentence in sentences for example in _examples(sentence, tagger)]
    counts = Counter(feature for keys, _ in examples for feature in keys)
    seen = (feature for feature, count in counts.items() if count >= SEEN)
    known = {*DOUBT, *(feature for feature in seen if not _is_name(feature, tagger.lists))}
    first = _perceptron(examples, known, max(rounds // 2, 1))
    heaviest = sorted(first, key=lambda key: (-_spread(first[key]), key))[:kept]
    return _perceptron(examples, {*heaviest, *DOUBT}, rounds)


def _is_name(feature: str, lists: Mapping[str, str]) -> bool:
    """Whether it is a word itself, of which the lists say enough: names and no word of French."""
    return feature[0] == "0" and {*"wx"}.isdisjoint(lists.get(feature[1:], "w"))


def _spread(row: list[float]) -> float:
    return max(row) - min(row)


def _perceptron(examples: list[tuple[list[str], int]], known: set[str], rounds: int) -> dict[str, list[float]]:
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
    rows = [([key for key in keys if key in known], tag) for keys, tag in examples]
    drawn, step = random.Random(1), 0
    for _ in range(rounds):
        drawn.shuffle(rows)
        for mine, right in rows:
            step += 1
            keys = [key for key in mine if drawn.random() > FORGOTTEN]
            scores = [sum(column) for column in zip(*(weights[key] for key in keys), strict=True)] or [0.0] * len(TAGS)
            scores[right] -= MARGIN  # so that what is learnt survives the rounding
            guess = scores.index(max(scores))
            if guess != right:
                for key in keys:
                    row, total = weights[key], totals[key]
                    row[right] += 1
                    row[guess] -= 1
                    total[right] += step
                    total[guess] -= step
    return {key: [row[tag] - totals[key][tag] / step for tag in range(len(TAGS))] for key, row in weights.items()}


def _examples(sentence: Sentence, tagger: Tagger) -> Iterable[tuple[list[str], int]]:
    matches = list(TOKEN.finditer(sentence.text))
    words = [match[0] for match in matches]
    low = [word.lower() for word in words]
    hidden = _hiding(tagger, sentence) if sentence.spans else tagger
    given: dict[int, int] = {}
    for at in candidates(words, low, hidden.chances):
        start = matches[at].start()
        tag = next((tag for first, last, tag in sentence.spans if first <= start < last), 0)
        if not (tag and _unsure(words, low, at, hidden)):
            yield features(words, low, at, given, hidden), tag
        if tag:
            given[at] = tag


def _hiding(tagger: Tagger, sentence: Sentence) -> Tagger:
    """The tagger, its lists without some of the names of a sentence."""
    lists = _Partly(tagger.lists, sentence)
    return replace(tagger, lists=lists, chances=Chances(lists, tagger.chances.calls, tagger.chances.heralds))


def _unsure(words: list[str], low: list[str], at: int, tagger: Tagger) -> bool:
    """A word of French in small letters is a name only after a title or what heralds one: nobody else could tell."""
    if words[at] != low[at] or "w" not in tagger.lists.get(low[at], ""):
        return False
    return (tagger.chances.heralds | _titles()).isdisjoint(low[max(at - 3, 0) : at])


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(title).strip(".") for title in fixed()["titles"])


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
    """The data file: features by their weights (one a tag), lists by their letters, the words that call a name."""
    by_row: dict[str, list[str]] = defaultdict(list)
    for feature, row in sorted(weights.items()):
        doubt = DOUBT.get(feature, (0,) * len(TAGS))
        middle = median(row)  # only differences count: most weights become nothing
        rounded = [round((value - middle) / STEP) - less for value, less in zip(row, doubt, strict=True)]
        if sum(map(abs, rounded)) > 1 and " " not in feature and feature.isascii():  # one step decides nothing
            by_row[",".join(map(str, rounded))].append(feature)
    by_letters: dict[str, list[str]] = defaultdict(list)
    for word, letters in tagger.lists.items():
        by_letters[letters].append(word)
    return json.dumps(
        {
            "about": "Le repérage des noms : fait par divan/privacy/training, lu par tagger.py et par tagger.js.",
            "weights": {row: " ".join(features) for row, features in sorted(by_row.items())},
            "lists": {letters: packed(words) for letters, words in sorted(by_letters.items())},
            "calls": sorted(tagger.chances.calls),
            "heralds": sorted(tagger.chances.heralds),
        },
        separators=(",", ":"),
    )


def untrained(names: Names) -> Tagger:
    """A tagger with its lists and calls, and no weight yet."""
    calls = {word for line in lines("calls.txt") for word in line.split()}
    calls |= {fold(word).split()[-1] for word in (word for kind in _CALLING for word in fixed()[kind])}
    heralds = {word for line in lines("heralds.txt") for word in line.split()}
    letters = names.letters()
    return Tagger({}, letters, Chances(letters, frozenset(calls - heralds), frozenset(heralds)))


def main(packages: Path, target: Path) -> None:
    """Train on all templates and write the data file."""
    names = load_names(packages)
    tagger = untrained(names)
    sentences = [
        *positives(names, POSITIVES, seed=11),
        *negatives(names, NEGATIVES, seed=12),
        *nonsense(names, sorted(tagger.chances.calls | tagger.chances.heralds), NONSENSE, seed=13),
    ]
    target.write_text(written(learn(sentences, tagger, ROUNDS, KEPT), tagger) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TAGGER_PATH)
