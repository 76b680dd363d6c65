"""What is folded in a case is written nowhere else: not above it, in no list, feed, card, description or letter.

The cases are generated: each word that stands under a fold alone is one that no other text has, so that any file of the
built site can be asked for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from divan.builder.settings import load_settings
from divan.letter.letter_text import write_letter
from divan.letter.week import read_week
from divan.site.search.indexing import index_search
from tests import small_forum as forum

SITEURL = "https://forum.example"
SETTINGS = {"SITEURL": SITEURL, "OUTPUT_PATH": "output"}
CASES = 60
FIRST = date(2026, 4, 6)  # un lundi
SECRET = re.compile(r"zq[a-z]+\d+")
ABOVE, BELOW = forum.PARTS[:4], forum.PARTS[4:]
FOLD = '<details class="fold"'


@dataclass
class Case:
    """A case as it is written: ``folded`` are the words that stand under its fold alone, ``revealing`` its hashtags."""

    id: str
    text: str
    folded: set[str] = field(default_factory=set)
    revealing: set[str] = field(default_factory=set)

    @property
    def page(self) -> str:
        return f"cas/{self.id}/index.html"


def generated(chance: Random) -> Iterator[Case]:
    """Cases with and without resolution, note, sources, poll, and hashtags that reveal, in the head or in the text."""
    for n in range(CASES):
        day = FIRST + timedelta(days=n % 14)
        made = Case(f"{day.isoformat()}-{chr(97 + n // 26)}{chr(97 + n % 26)}zz", "")
        below = [part for part in BELOW if chance.random() < 0.7]
        sections = [part for part in ABOVE if part != "Conduite tenue" or chance.random() < 0.6] + below
        in_head = {f"zqmot{n}"} if below and chance.random() < 0.5 else set()
        in_text = {f"zqecrit{n}"} if below and chance.random() < 0.5 else set()
        made.revealing = in_head | in_text
        made.folded = {f"zq{part[:2].lower().replace('é', 'e')}{n}" for part in below}
        head = [f"title: Cas numéro {n}", f"date: {day} 10:00", f"author: {chance.choice(['merle', 'pinson'])}",
                f"hashtags: [{chance.choice([*forum.TAGS])}]", "specialty: pneumologie",
                f"status: {chance.choice(['open', 'answered', 'no_agreement'])}", "visibility: public"]  # fmt: skip
        if in_head:
            head.append(f"reveals: [{', '.join(in_head)}]")
        if below and chance.random() < 0.5:
            head.append(f'sources: ["Traité zqsource{n}. 2020."]')
            made.folded.add(f"zqsource{n}")
        if chance.random() < 0.4:
            head.append("choices: [Attendre, Traiter, Adresser]")
        if below and chance.random() < 0.5:
            head.append(f"resolved: {day + timedelta(days=1)}")
        said = {part: f"Des mots de {part.lower()} que tous lisent." for part in sections}
        for part in below:
            said[part] += f" **zq{part[:2].lower().replace('é', 'e')}{n}**, et la suite.\n\n- une *liste*"
        if in_text:
            said[below[-1]] += f"\n\nC'est #zqecrit{n}, dit-on."
        body = "".join(f"## {part}\n\n{said[part]}\n\n" for part in sections)
        made.text = "---\n" + "\n".join(head) + f"\n---\n\n{body}"
        yield made


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*generated(Random(15))]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, cases: list[Case]) -> Path:
    made = forum.make_forum(tmp_path_factory.mktemp("forum"), git=False)
    words = {word: f"zqsyn{n}" for n, word in enumerate(sorted(set().union(*(case.revealing for case in cases))))}
    forum.write_vocabulary(made, {**forum.TAGS, **words})
    for n, case in enumerate(cases):
        forum.write(made, f"content/cases/2026/{case.id}.md", case.text)
        for reply in range(n % 3):
            day = date.fromisoformat(case.id[:10]) + timedelta(days=reply + 1)
            forum.reply(made, case.id, f"{day}-rrr{chr(97 + reply)}", text=f"Je dirais zqavis{n}.")
    forum.settle(made, **SETTINGS)
    index_search(made, SETTINGS)
    return made


def files(root: Path) -> Iterator[tuple[str, str]]:
    """Every file of text that a reader may be given, with its words."""
    for file in sorted((root / "output").rglob("*")):
        if file.suffix in {".html", ".xml", ".json", ".js", ".ics", ".csv", ".txt"}:
            yield file.relative_to(root / "output").as_posix(), file.read_text(encoding="utf-8")


def test_the_cases_are_of_every_kind(cases: list[Case]) -> None:
    folded = [case for case in cases if case.folded]
    assert 40 < len(folded) < CASES
    for what in ("## Résolution", "## Note", "sources:", "choices:", "reveals:", "#zqecrit", "resolved:"):
        assert 5 < sum(what in case.text for case in cases) < CASES, what


def test_what_is_folded_is_read_in_its_case_under_the_fold_alone(root: Path, cases: list[Case]) -> None:
    """The index of words leads to a case by what is under its fold too: who searches a word knows it already."""
    owner = {word: case for case in cases for word in case.folded}
    owner |= {f"zqavis{n}": case for n, case in enumerate(cases)}
    seen = set()
    for path, text in files(root):
        for found in SECRET.finditer(text):
            case = owner.get(found[0])
            if case is None or path.startswith("chercher/mots/"):
                continue
            assert path == case.page, (path, found[0])
            if case.folded:
                assert found.start() > text.index(FOLD), (path, found[0])
            seen.add(found[0])
    assert seen >= {word for case in cases for word in case.folded}


def test_no_page_of_a_hashtag_gives_away_whose_answer_it_is(root: Path, cases: list[Case]) -> None:
    """It lists these cases under a fold of its own; no feed, card, filter nor list of hashtags joins the two."""
    pages = dict(files(root))
    for case in cases:
        text = pages[case.page]
        for word in case.revealing:
            assert text.index(FOLD) < text.index(word), case.id
            listed = pages[f"mots/{word}/index.html"]
            assert listed.index(FOLD) < listed.index(f"cas/{case.id}/"), word
            assert case.id not in pages.get(f"mots/{word}/atom.xml", "")
    joined = {path for path, text in pages.items() if re.search(r"zq(?:mot|ecrit|syn)\d", text)}
    allowed = re.compile(
        r"mots/zq[^/]*/|chercher/mots/|cas/[^/]*/index\.html|theme/|(?:proposer|schemas|\.well-known)/"
    )
    assert {path for path in joined if not allowed.match(path)} == set()


def test_no_letter_says_what_is_folded(root: Path, cases: list[Case]) -> None:
    for week in (FIRST, FIRST + timedelta(days=7)):
        told = read_week(load_settings(root, SETTINGS), week)
        letter = write_letter(told, "Le forum", SITEURL, "x")
        assert len(told.cases) > 20 and told.resolutions
        assert [*SECRET.findall(letter.text + letter.html + letter.subject)] == []
