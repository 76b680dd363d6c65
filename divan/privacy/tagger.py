"""A small tagger: which words of a text are given names, surnames, towns or hospitals, by their neighbours and lists.

Its weights and lists are one data file, ``tagger.json``, made by ``training/``; ``tagger.js`` reads it too.
Only words that may be names are looked at: those with a capital, those of the lists, those after a word that calls one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TAGGER_PATH = Path(__file__).parent / "tagger.json"
TAGS = ("", "given_name", "surname", "town", "hospital")
_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|\n|[^ A-Za-z0-9]")
_FIGURE = re.compile(r"[0-9]")
_ENDS = frozenset((*'.!?\n:;]|"-', ""))


@dataclass(frozen=True, slots=True)
class Tagger:
    """``lists`` give a letter for each list that holds a word; ``calls`` are the words that a name may follow."""

    weights: Mapping[str, tuple[int, ...]]
    lists: Mapping[str, str]
    calls: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Neighbouring words with one tag: ``text[start:end]`` of the text as it is read."""

    tag: str
    start: int
    end: int


def tag(read: str, tagger: Tagger, local: Mapping[str, str]) -> Iterator[Tagged]:
    """Names in a text as it is read; ``local`` adds a group's own words to the lists."""
    words, places = [], []
    for match in _TOKEN.finditer(read):
        words.append(match[0])
        places.append(match.start())
    low = [word.lower() for word in words]
    last, start, end = 0, 0, 0
    for at, best in tags_of(words, low, tagger, local):
        if best == last and places[at] - end <= 1:
            end = places[at] + len(words[at])
            continue
        if last:
            yield Tagged(TAGS[last], start, end)
        last, start, end = best, places[at], places[at] + len(words[at])
    if last:
        yield Tagged(TAGS[last], start, end)


def tags_of(words: list[str], low: list[str], tagger: Tagger, local: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """(place, tag) of the words that are tagged, from the first to the last."""
    given: dict[int, int] = {}
    for at in candidates(words, low, tagger, local):
        scores = [0] * len(TAGS)
        for feature in features(words, low, at, given, tagger, local):
            if found := tagger.weights.get(feature):
                scores = [one + more for one, more in zip(scores, found, strict=True)]
        best = scores.index(max(scores))
        if best:
            given[at] = best
            yield at, best


def candidates(words: list[str], low: list[str], tagger: Tagger, local: Mapping[str, str]) -> Iterator[int]:
    """Places of the words that may be names: with a capital, or of a list that is not only of common words (``w``)."""
    called = -9
    for at, word in enumerate(words):
        plain = low[at]
        if plain in tagger.calls:
            called = at
        elif len(word) > 1 and _is_word(word):
            flags = local.get(plain) or tagger.lists.get(plain) or ""
            if flags in ("w", "x") or flags.endswith("wx"):
                continue
            if word[0] == plain[0]:
                known = bool(flags) and (at - called <= 2 or "w" not in flags)
            else:
                known = bool(flags) or _may_be_unknown(words, low, at)
            if known:
                yield at


def _may_be_unknown(words: list[str], low: list[str], at: int) -> bool:
    """A word of no list may be a name by its capitals, unless it begins a sentence as any word does."""
    word = words[at]
    if len(word) < (3 if word[1:].islower() else 6) or any(part.islower() for part in word.split("-")):
        return False
    if at and low[at - 1] not in _ENDS:
        return True
    after, second = (*words[at + 1 : at + 3], "", "")[:2]
    return after[:1] != after[:1].lower() or (after in (",", "(") and bool(_FIGURE.match(second)))


def features(
    words: list[str], low: list[str], at: int, given: Mapping[int, int], tagger: Tagger, local: Mapping[str, str]
) -> list[str]:
    """What is known of a word and its neighbours, as keys of the weights."""

    def word(place: int) -> str:
        return low[place] if 0 <= place < len(low) else ""

    def flags(place: int) -> str:
        plain = word(place)
        return local.get(plain) or tagger.lists.get(plain) or ""

    def kind(place: int) -> str:
        return "#" if _FIGURE.match(word(place)) else word(place)

    def shape(place: int) -> str:
        return shape_of(words[place]) if 0 <= place < len(words) else ""

    here, before, after, mine, form = low[at], kind(at - 1), kind(at + 1), flags(at), shape(at)
    if not mine and "-" in here:
        mine = "-" + "".join(sorted({letter for part in here.split("-") for letter in tagger.lists.get(part, "")}))
    first = "^" if word(at - 1) in _ENDS else ""
    previous = given.get(at - 1, 0) or (given.get(at - 2, 0) + 5 if at - 2 in given else 0)
    return [
        f"0{here}", f"f{mine}", f"F{mine}{form}{first}", f"s{here[-3:]}{form}", f"1{before}", f"2{kind(at - 2)}",
        f"3{after}", f"4{kind(at + 2)}", f"5{before}|{mine}", f"6{kind(at - 2)}|{before}", f"7{after}|{mine}",
        f"8{flags(at - 1)}{shape(at - 1)}|{mine}{form}", f"9{flags(at + 1)}{shape(at + 1)}|{mine}{form}",
        f"p{previous}|{before}", f"q{previous}|{mine}{form}", f"c{before}|{form}", f"d{kind(at - 2)}|{mine}",
        f"g{kind(at - 3)}|{mine}", "b",
    ]  # fmt: skip


def _is_word(word: str) -> bool:
    return word[0].isascii() and word[0].isalpha()


def shape_of(word: str) -> str:
    """``a`` small letters, ``A`` capitals, ``X`` a capital then small letters, ``#`` figures, else the sign itself."""
    if not _is_word(word):
        return "#" if _FIGURE.match(word) else word
    joined = "-" if "-" in word else ""
    if word.islower():
        return "a" + joined
    return ("A" if word.isupper() else "X") + joined


@cache
def load_tagger() -> Tagger:
    """The tagger, read once."""
    return read_tagger(TAGGER_PATH.read_text(encoding="ascii"))


def read_tagger(written: str) -> Tagger:
    """The tagger of a data file: lists are words in order, each less the letters that it shares with the one before."""
    data = json.loads(written)
    weights: dict[str, list[int]] = {}
    for place, table in enumerate(data["weights"]):
        for value, features_ in table.items():
            for feature in features_.split(" "):
                weights.setdefault(feature, [0] * len(TAGS))[place] = int(value)
    lists = {}
    for letters, packed in data["lists"].items():
        for word in unpacked(packed):
            lists[word] = letters
    return Tagger({feature: tuple(row) for feature, row in weights.items()}, lists, frozenset(data["calls"]))


def unpacked(packed: str) -> Iterator[str]:
    """Words of a sorted list: a capital says how many letters come from the word before (A none, B one...)."""
    word = ""
    for match in re.finditer(r"([A-Z])([^A-Z]*)", packed):
        word = word[: ord(match[1]) - 65] + match[2]
        yield word
