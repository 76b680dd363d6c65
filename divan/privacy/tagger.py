"""A small tagger: which words of a text are given names, surnames, towns or hospitals, by their neighbours and lists.

Its weights and lists are one data file, ``tagger.json``, made by ``training/``; ``tagger.js`` reads it too. Only
``candidates`` are looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from divan.privacy.candidates import ENDS, LINKS, SMALL_WORDS, Chances, after_initial, candidates, is_word
from divan.privacy.packed_lists import PackedLists
from divan.privacy.words import Words

TAGGER_PATH = Path(__file__).parent / "tagger.json"
TAGS = ("", "given_name", "surname", "town", "hospital")
_FIGURE = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Tagger:
    """``lists`` give a letter for each list that holds a word; ``chances`` say of a word whether it may be a name."""

    weights: Mapping[str, tuple[int, ...]]
    lists: Mapping[str, str]
    chances: Chances


@dataclass(frozen=True, slots=True)
class Tagged:
    """Neighbouring words with one tag: ``text[start:end]`` of the text as it is read."""

    tag: str
    start: int
    end: int


def tag(words: Words, tagger: Tagger) -> Iterator[Tagged]:
    """Names in a text as it is read, each with the initial before it."""
    tagged = list(tags_of(words.written, words.low, tagger))
    places = words.places() if tagged else []
    last, start, end = 0, 0, 0
    for at, best in tagged:
        place = places[at]
        if best == last and place - end <= 1:
            end = place + len(words.written[at])
            continue
        if last:
            yield Tagged(TAGS[last], start, end)
        start = places[at - 2] if after_initial(words.written, at) else place
        last, end = best, place + len(words.written[at])
    if last:
        yield Tagged(TAGS[last], start, end)


def tags_of(words: list[str], low: list[str], tagger: Tagger) -> Iterator[tuple[int, int]]:
    """(place, tag) of the words that are tagged, from the first to the last."""
    given: dict[int, int] = {}
    weights = tagger.weights
    for at in candidates(words, low, tagger.chances):
        rows = [weights[key] for key in features(words, low, at, given, tagger) if key in weights]
        scores = [sum(column) for column in zip(*rows, strict=True)]
        best = scores.index(max(scores)) if scores else 0
        if best:
            given[at] = best
            yield at, best


def features(words: list[str], low: list[str], at: int, given: Mapping[int, int], tagger: Tagger) -> list[str]:
    """What is known of a word and its neighbours, as keys of the weights.

    The announcer is the word that stands before the small ones: "habite" in "habite à la". "##" is a number as long as
    a postcode, "I." an initial and its point.
    """
    start = at - 2
    around = (low[start : at + 3] if start >= 0 else [""] * -start + low[: at + 3]) + ["", ""]
    second, before, here, after, then = [_kind(plain) for plain in around[:5]]
    form = shape_of(words[at])
    mine = _flags(here, tagger)
    if not mine and "-" in here:
        mine = _compound(here.split("-"), tagger)
    left = _flags(around[1], tagger) + (shape_of(words[at - 1]) if at else "")
    right = _flags(around[3], tagger) + (shape_of(words[at + 1]) if at + 1 < len(words) else "")
    first = "^" if around[1] in ENDS else ""
    place = at - 1
    if first and after_initial(words, at):
        first, before, place = "", "I.", at - 3
    while place >= 0 and place > at - 6 and low[place] in SMALL_WORDS:
        place -= 1
    announcer = _kind(low[place]) if place >= 0 else ""
    previous = given.get(at - 1, 0) or (given.get(at - 2, 0) + 5 if at - 2 in given else 0)
    return [
        f"0{here}", f"f{mine}", f"F{mine}{form}{first}", f"s{here[-3:]}{form}", f"t{here[:4]}", f"u{here[-4:]}",
        f"1{before}", f"2{second}",
        f"3{after}", f"4{then}", f"5{before}|{mine}", f"6{announcer}|{before}", f"7{after}|{mine}",
        f"8{left}|{mine}{form}", f"9{right}|{mine}{form}",
        f"p{previous}|{before}", f"q{previous}|{mine}{form}", f"c{before}|{form}", f"d{announcer}|{mine}",
        f"e{after}|{then}", f"a{announcer}", f"g{announcer}|{form}", "b",
    ]  # fmt: skip


def _kind(plain: str) -> str:
    if "0" <= plain < ":":
        return "##" if len(plain) == 5 else "#"
    return plain


def _flags(plain: str, tagger: Tagger) -> str:
    return tagger.lists.get(plain) or ""


def _compound(parts: list[str], tagger: Tagger) -> str:
    """What is known of a word in several parts: that it links them as communes do, or the lists of its parts."""
    if not LINKS.isdisjoint(parts):
        return "-~"
    return "-" + "".join(sorted({letter for part in parts for letter in tagger.lists.get(part, "")}))


@lru_cache(maxsize=1 << 14)
def shape_of(word: str) -> str:
    """``a`` small letters, ``A`` capitals, ``X`` a capital then small letters, ``#`` figures, else the sign itself."""
    if not is_word(word):
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
    """The tagger of a data file."""
    data = json.loads(written)
    weights = {}
    for values, features_ in data["weights"].items():
        row = tuple(map(int, values.split(",")))
        weights.update(dict.fromkeys(features_.split(" "), row))
    lists = PackedLists(data["lists"])
    return Tagger(weights, lists, Chances(lists, frozenset(data["calls"]), frozenset(data["heralds"])))
