"""From what is not public to what is looked for: titles, sentences, names, and words that nothing else says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from divan.catalogue.row import Row
from divan.forum.vocabulary import Vocabulary
from divan.site.audit.sought import Needle, plain
from divan.sources.problem import ProblemsFound
from divan.sources.slug import slug
from divan.sources.yaml_source import read_yaml

SENTENCE = 6  # words
LONGEST = 8  # words of a sentence that are looked for: a page may cut the rest
SHORTEST = 4  # letters of a word

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([a-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FIXED = frozenset(["date", "status", "visibility", "reason", "in_reply_to", "area", "consent", "expires", "kind"])
_SAYS = {"title": "un titre", "author": "un auteur", "name": "un nom", "contact": "un contact"}
_TAG = re.compile(r"<[^<>]*>")
_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\([^()]*\)")
_LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\([^()]*\)")
_IMAGE_FILE = re.compile(r"images/[^\s()\"'<>#]+")
_BLOCK = re.compile(r"\n[ \t>]*(?=\n|#|[-*+] |\d+[.)] |\|)|\|")
_STOP = re.compile(r"(?<=[.!?…])[\"'»)\]*_ \u00a0\u202f]*[\s\u00a0]+")
_HASHTAG = re.compile(r"(?<![\w/&#])#(\w[\w-]*)")


def needles_of(source: str, text: str, vocabulary: Vocabulary) -> Iterator[Needle]:
    """All that is looked for of one source that is not public."""
    head, body = _parted(text)
    said = [(key, value) for key, value in _values(head) if key not in _FIXED]
    for key, value in said:
        if key in _SAYS:
            yield _needle(value, _SAYS[key], source)
    yield from _places(source, [*said, *(("hashtags", word) for word in _HASHTAG.findall(body))], vocabulary)
    yield from _sentences(source, [body, *(value for _, value in said)])
    yield from (_needle(name, "une image", source) for name in set(_IMAGE_FILE.findall(text)))
    if not body:
        return  # the words of a card, but its name and its contact, are those of a trade: a report may say them too
    words = {word for one in (body, *(value for _, value in said)) for word in plain(one).split()}
    words -= {*plain(source).split()}  # l'adresse de la page neutre
    yield from (Needle(word, "un mot", source) for word in words if _tells(word))


def _tells(word: bytes) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _needle(text: str, says: str = "", source: str = "") -> Needle:
    return Needle(b" ".join(plain(text).split()), says, source)


def _address(folder: str, name: str, says: str = "", source: str = "") -> Needle:
    return Needle(f"{folder}/{slug(name)}".encode(), says, source)


def _parted(text: str) -> tuple[str, str]:
    """The head and the body; a directory's card is all head."""
    if source := _HEAD.match(text):
        return source[1], text[source.end() :]
    return (text, "") if _LINE.match(text) else ("", text)


def _values(head: str) -> Iterator[tuple[str, str]]:
    """Every text of a head with its key, even of one that is no YAML."""
    try:
        value = read_yaml("", head).value
    except ProblemsFound:
        value = None
    if not isinstance(value, dict):
        value = {line[1]: line[2].strip("\"'") for line in _LINE.finditer(head)}
    for key, one in value.items():
        yield from ((str(key), text) for text in _texts(one))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def _places(source: str, said: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Iterator[Needle]:
    """What a value leaves on a site: the address of an author's or of a hashtag's page, a département."""
    for key, value in said:
        if key == "departement":
            yield _needle(f"departement {value}", "un département", source)
        elif key == "author":
            yield _address("auteurs", value, "un auteur", source)
        elif key == "hashtags":
            entry = vocabulary.find(value)
            for word in (entry.name, *entry.synonyms) if entry else (value,):
                yield _needle(word, "un hashtag", source)
                yield _address("mots", word, "un hashtag", source)


def carried_by(rows: Iterable[Row], vocabulary: Vocabulary) -> frozenset[bytes]:
    """What the authors and the hashtags of these threads leave on a site."""
    authors: set[str] = set()
    used: set[str] = set()
    for row in rows:
        authors.update((row.author_name, *row.answered_by))
        used.update((*row.hashtags, *row.uses))
    entries = {entry.name: entry for entry in map(vocabulary.find, used) if entry}.values()
    words = {word for entry in entries for word in (entry.name, *entry.synonyms)}
    pages = [*(_address("auteurs", name) for name in authors), *(_address("mots", word) for word in words)]
    return frozenset(one.words for one in (*pages, *map(_needle, (*authors, *words))))


def _sentences(source: str, texts: Iterable[str]) -> Iterator[Needle]:
    for text in texts:
        alone = [*_IMAGE.findall(text)]
        shown = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub(" \n\n", text)))
        for sentence in (*alone, *(one for block in _BLOCK.split(shown) for one in _STOP.split(block))):
            words = plain(sentence).split()
            if len(words) >= SENTENCE:
                yield Needle(b" ".join(words[:LONGEST]), "une phrase", source)
