"""The shared list of hashtags, ``content/hashtags.yaml``: one entry a subject, and all the words that lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from divan.forum.group import ANY_GROUP, Group, load_group
from divan.forum.model import Hashtag
from divan.forum.post_text import decode
from divan.sources.problem import FaultKind, Problem, ProblemsFound, noted, stop_if
from divan.sources.schema import schema_problems
from divan.sources.slug import slug
from divan.sources.yaml_source import YamlSource, read_yaml

_FAULT = FaultKind("A04")

VOCABULARY_PATH = "content/hashtags.yaml"
_SCHEMA = Path(__file__).parent / "schemas" / "hashtags.schema.json"


@dataclass(frozen=True)
class Vocabulary:
    """Entries in the file's order; ``by_slug`` leads from each name and synonym, made plain, to its entry.

    ``group`` says the other words that a head may use: places, areas of help, kinds of service.
    """

    entries: tuple[Hashtag, ...]
    by_slug: dict[str, Hashtag]
    group: Group = ANY_GROUP

    def find(self, word: str) -> Hashtag | None:
        """The entry of a word as people write it: case, accents, hyphens and synonyms do not matter."""
        return self.by_slug.get(slug(word))

    def suggest(self, word: str) -> str:
        """The name of the entry that ``word``, or its beginning, looks most like, or ''."""
        plain = slug(word)
        near = get_close_matches(plain, self.by_slug, n=1, cutoff=0.7)
        if near:
            return self.by_slug[near[0]].name
        beginnings = {key[: len(plain)]: entry.name for key, entry in self.by_slug.items()}
        near = get_close_matches(plain, beginnings, n=1, cutoff=0.85)
        return beginnings[near[0]] if near else ""


class AnyWord(Vocabulary):
    """Stands in for a vocabulary that cannot be read, so that the rest can still be checked."""

    def find(self, word: str) -> Hashtag | None:
        """Any word is its own entry."""
        return Hashtag(word, slug(word), (), "")


def load_vocabulary(root: Path) -> Vocabulary:
    """Read the vocabulary and the group's facts of the repository at ``root``; raises ProblemsFound with all faults."""
    problems: list[Problem] = []
    group, vocabulary = ANY_GROUP, Vocabulary((), {})
    with noted(problems):
        group = load_group(root)
    with noted(problems):
        vocabulary = _load_hashtags(root)
    stop_if(problems)
    return replace(vocabulary, group=group)


def _load_hashtags(root: Path) -> Vocabulary:
    file = root / VOCABULARY_PATH
    if not file.is_file():
        raise ProblemsFound(
            [_FAULT(VOCABULARY_PATH, None, "la liste des hashtags manque", "créez ce fichier, même avec un seul mot")]
        )
    return read_vocabulary(VOCABULARY_PATH, decode(VOCABULARY_PATH, file.read_bytes()))


def read_vocabulary(path: str, text: str) -> Vocabulary:
    """Read a vocabulary file; raises ProblemsFound, also when one word leads to two entries."""
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, _SCHEMA))
    entries = tuple(
        Hashtag(row["name"], slug(row["name"]), tuple(row.get("synonyms", ())), row.get("about", ""))
        for row in source.value
    )
    by_slug: dict[str, Hashtag] = {}
    stop_if(_fill(by_slug, entries, source))
    return Vocabulary(entries, by_slug)


def _fill(by_slug: dict[str, Hashtag], entries: tuple[Hashtag, ...], source: YamlSource) -> Iterable[Problem]:
    for index, entry in enumerate(entries):
        for position, word in enumerate((entry.name, *entry.synonyms)):
            taken = by_slug.setdefault(slug(word), entry)
            if taken is not entry:
                where = (index, "synonyms", position - 1) if position else (index, "name")
                yield _FAULT(source.path, source.line_of(where),
                              f"un mot ne mène qu'à un hashtag, et « {word} » mène déjà à « {taken.name} »",
                              "retirez-le de l'un des deux")  # fmt: skip


StoredVocabulary = list[tuple[str, tuple[str, ...], str]]


def touched_by(old: StoredVocabulary, new: Vocabulary) -> frozenset[str]:
    """Slugs of the old entries that are gone, or whose words have changed: threads that use them are read again.

    An entry that is only new touches no thread: a word that the vocabulary lacks is a fault in a post.
    """
    known = {(entry.name, entry.synonyms) for entry in new.entries}
    return frozenset(slug(name) for name, synonyms, _ in old if (name, synonyms) not in known)


def stored(vocabulary: Vocabulary) -> StoredVocabulary:
    """A vocabulary as plain values, the group's facts apart."""
    return [(entry.name, entry.synonyms, entry.about) for entry in vocabulary.entries]


def restored(entries: StoredVocabulary, group: Group) -> Vocabulary:
    """A vocabulary from its plain values, and the group's facts of today."""
    hashtags = tuple(Hashtag(name, slug(name), synonyms, about) for name, synonyms, about in entries)
    by_slug = {slug(word): entry for entry in hashtags for word in (entry.name, *entry.synonyms)}
    return Vocabulary(hashtags, by_slug, group)
