"""Sentences with the tag of each word, made of templates, names drawn from the lists, and ways of typing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from divan.privacy.training.fixed_words import fixed
from divan.privacy.training.lists import Names
from divan.privacy.training.slots import value
from divan.privacy.training.written_places import contracted
from divan.sources.reader_text import as_read

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
_PLACES = (3, 4)
_TAG_OF = {"g": 1, "s": 2, "t": 3, "h": 4}
_SMALL = ("le", "la", "les", "un", "une", "des", "du", "de", "et", "qui", "pour", "avec", "dans", "pas", "très")
_BETWEEN = (". ", ". ", ". ", ", ", ", ", " ; ", " : ", " - ", " ", "\n", " et ", " ? ", " (", "... ", "! ")
_BEFORE = ("", "", "", "vu ce jour : ", "- ", "il dit que ", "patient de 60 ans, ", "« ", "pour ", "le ")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read, and the tag of what stands at each place that a slot filled: (start, end, tag)."""

    text: str
    spans: tuple[tuple[int, int, int], ...]


def positives(names: Names, count: int, seed: int) -> Iterator[Sentence]:
    """Sentences of ``templates.txt``, where the names are somebody's."""
    drawn, templates, harmless = random.Random(seed), lines("templates.txt"), lines("negatives.txt")
    for _ in range(count):
        yield _filled(drawn, names, drawn.choices(templates, k=drawn.choice((1, 1, 2))), harmless, True)


def negatives(names: Names, count: int, seed: int) -> Iterator[Sentence]:
    """Sentences where nobody is named: lines of ``negatives.txt`` and parts of them; a name in a slot there is that of
    a disease, an author, a product."""
    drawn, harmless = random.Random(seed), lines("negatives.txt")
    for _ in range(count):
        parts = [_part(drawn, harmless) for _ in range(drawn.choice((1, 1, 2, 3)))]
        yield _filled(drawn, names, [drawn.choice(_BEFORE) + parts[0], *parts[1:]], harmless, False)


def nonsense(names: Names, calls: list[str], count: int, seed: int) -> Iterator[Sentence]:
    """Words of French that name nobody, after the very words that call a name, with capitals where people put some."""
    drawn = random.Random(seed)
    words = sorted(word for word in names.words if word.isascii() and 3 < len(word) < 13)
    common = sorted(word for word in names.common if len(word) > 3)

    def part() -> str:
        way, kind = drawn.random(), drawn.random()
        word = drawn.choice(names.homographs if kind < 0.25 else common if kind < 0.6 else words)
        if kind > 0.8:
            word = value(drawn, names, "m")
        if way < 0.55:
            small = drawn.choice(_SMALL) + " " if drawn.random() < 0.4 else ""
            return f"{drawn.choice(calls)} {small}{word.capitalize() if kind > 0.6 and drawn.random() < 0.3 else word}"
        if way < 0.75:
            return (
                drawn.choice((".", ":", "-", ",", "\n\n", "")) + f" {word.capitalize()}" + drawn.choice((" :", "", ","))
            )
        if way < 0.9:
            letters = "".join(drawn.choices("ABCDEFGHILMNOPRSTUV", k=drawn.randint(2, 5)))
            return letters + drawn.choice((" :", "", " 12"))
        return f"{drawn.choice(_SMALL)} {word.upper()}"

    for _ in range(count):
        text = " ".join(part() for _ in range(drawn.randint(1, 4)))
        yield Sentence(as_read(_as_typed(drawn.random(), text)).text, ())


def lines(name: str) -> list[str]:
    """The lines of a file of templates, without its comments."""
    return [line for line in (_HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _part(drawn: random.Random, harmless: list[str]) -> str:
    """A line where nobody is named, or some of its pieces in another order."""
    line = drawn.choice(harmless)
    if drawn.random() < 0.4:
        return line
    pieces = line.split(", ")
    drawn.shuffle(pieces)
    return drawn.choice((", ", ". ", " ; ", " et ")).join(pieces[: drawn.randint(1, 4)])


def _reason(drawn: random.Random, harmless: list[str]) -> str:
    """What brings somebody: a symptom, or words that name nobody."""
    if drawn.random() < 0.65:
        return drawn.choice(fixed()["reasons"])
    return drawn.choice(drawn.choice(harmless).split(", "))


def _filled(drawn: random.Random, names: Names, templates: list[str], harmless: list[str], named: bool) -> Sentence:
    """Templates with their slots filled, and now and then reasons between them, with the signs that people put."""
    pieces = [(template, named) for template in templates]
    for place in (len(pieces), 0):
        if drawn.random() < 0.35:
            pieces.insert(place, (_reason(drawn, harmless), False))
    text, spans, way = "", [], drawn.random()
    raised = way >= 0.27 and drawn.random() < 0.6
    for piece, tagged in pieces:
        start = piece[:1].upper() + piece[1:] if raised and text[-2:] in ("", ". ", "? ", "\n") else piece
        for words, tag in _words(drawn, names, start, tagged, harmless):
            words = as_read(_as_typed(way, words)).text
            if tag in _PLACES:
                text, words = _placed(drawn, text, words)
            if tag:
                spans.append((len(text), len(text) + len(words), tag))
            text += words
        text += drawn.choice(_BETWEEN)
    return Sentence(text if drawn.random() < 0.6 else text.rstrip(" ,;:.-\n"), tuple(spans))


def _words(
    drawn: random.Random, names: Names, piece: str, named: bool, harmless: list[str]
) -> Iterator[tuple[str, int]]:
    """A piece of a template, cut where its slots are, with the tag of what fills each."""
    free_from = 0
    for match in _SLOT.finditer(piece):
        yield piece[free_from : match.start()], 0
        free_from = match.end()
        if match[1] == "x":
            reason = _reason(drawn, harmless)
            yield from _words(drawn, names, reason.replace("{x}", "bilan normal"), False, harmless)
        else:
            yield value(drawn, names, match[1]), _TAG_OF.get(match[1], 0) if named else 0
    yield piece[free_from:], 0


def _placed(drawn: random.Random, text: str, name: str) -> tuple[str, str]:
    """What stands before a place, and the place, joined."""
    both = contracted(drawn, text, name)
    at = len(both)
    while at > 0 and len(both) - at < len(name) and both[at - 1] == name[at - 1 - len(both)]:
        at -= 1
    at += both[at : at + 1] == " "
    return both[:at], both[at:]


def _as_typed(way: float, text: str) -> str:
    """As people type: as it should be, without any capital (one in four), all in capitals (one in ten)."""
    return text.lower() if way < 0.27 else text.upper() if way > 0.91 else text
