"""Everything that can be wrong with one post: its name, its text, what it points to, and whom it may identify.

Names hold the year and the day, so what a post points to is found without reading or listing anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from divan.forum.model import Kind, Opening
from divan.forum.naming import opening_name, opening_path, reply_name
from divan.forum.reading import read_opening, read_reply
from divan.forum.references import Exists, answered, dead_ends
from divan.forum.tombstone import is_withdrawn
from divan.forum.vocabulary import Vocabulary
from divan.privacy.detect import case_rules, find_identifiers, text_rules
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml

_ADDED_ON = re.compile(
    r"^\*\*[0-9]{2}/[0-9]{2}/[0-9]{4}\.\*\* ", re.MULTILINE
)  # when words were added, not when care was given
_WORDS = re.compile(r"^(?:title|author|specialty):(.*)$", re.MULTILINE)


def check_opening(path: str, text: str, vocabulary: Vocabulary, exists: Exists) -> list[Problem]:
    """Problems of a case or a topic."""
    name = opening_name(path)
    if name is None:
        return [_misnamed(path, f"content/{path.split('/')[1]}/2026/2026-03-14-k7f2.md")]
    problems = [*_place(path, name.id, name.year)]
    twin = opening_path(Kind.TOPIC if name.kind is Kind.CASE else Kind.CASE, name.id)
    if exists(twin):
        problems.append(Problem(path, None, f"un identifiant désigne un seul fil, et {twin} a le même",
                                "renommez le plus récent des deux, et le dossier de ses réponses"))  # fmt: skip
    if is_withdrawn(text):
        return problems
    try:
        opening = read_opening(name.kind, path, text, vocabulary)
        problems += dead_ends(path, text, _html_of(opening), exists)
    except ProblemsFound as found:
        problems += found.problems
    without = frozenset() if name.kind is Kind.CASE else case_rules()
    return [*problems, *identities(path, text, without)]


def check_reply(path: str, text: str, vocabulary: Vocabulary, exists: Exists) -> list[Problem]:
    """Problems of a reply, those of its attachment to a thread among them."""
    name = reply_name(path)
    if name is None:
        return [_misnamed(path, "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md")]
    problems = []
    kinds = [kind for kind in Kind if exists(opening_path(kind, name.thread))]
    if not kinds:
        problems.append(Problem(path, None, f"le dossier d'une réponse dit son fil, et {name.thread} n'existe pas",
                                "vérifiez le nom du dossier, ou supprimez la réponse avec son fil"))  # fmt: skip
    elif name.id[:10] < name.thread[:10]:
        problems.append(
            Problem(path, None, "une réponse ne peut pas dater d'avant son fil", "corrigez le nom et la date")
        )
    if is_withdrawn(text):
        return problems
    try:
        reply = read_reply(path, text, vocabulary)
        problems += dead_ends(path, text, reply.html, exists)
        problems += answered(path, text, reply, exists)
    except ProblemsFound as found:
        problems += found.problems
    return [*problems, *identities(path, text, frozenset() if Kind.CASE in kinds else case_rules())]


def identities(path: str, text: str, without: frozenset[str]) -> Iterator[Problem]:
    """What may identify someone in a post (the rest of its head may name a source's authors), or in a YAML file."""
    head = text[: text.find("\n---", 4) + 1]
    passages = [
        (_ADDED_ON.sub("", text[len(head) :]), head.count("\n"), without),
        (_WORDS.sub("", head), 0, without | text_rules()),
    ]
    passages += [(words[1], head.count("\n", 0, words.start()), without) for words in _WORDS.finditer(head)]
    reviewed = _reviewed(head)
    for passage, lines_before, left_out in passages:
        for finding in find_identifiers(passage, left_out, reviewed=reviewed):
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield Problem(path, finding.line + lines_before, says, finding.rule.remedy)


def _reviewed(head: str) -> list[str]:
    if "\nreviewed:" not in head:
        return []
    try:
        written = read_yaml("", head.removeprefix("---\n")).value
    except ProblemsFound:
        return []
    passages = written.get("reviewed") if isinstance(written, dict) else None
    return [str(passage) for passage in passages] if isinstance(passages, list) else []


def _place(path: str, post_id: str, year: str) -> Iterator[Problem]:
    if post_id[:4] != year:
        yield Problem(path, None, f"un fil de {post_id[:4]} se range dans le dossier {post_id[:4]}, pas {year}",
                      "déplacez-le")  # fmt: skip


def _misnamed(path: str, example: str) -> Problem:
    return Problem(path, None, f"le nom d'un message est sa date et quatre lettres ou chiffres, comme {example}",
                   "renommez-le ; « divan new » donne un nom libre")  # fmt: skip


def _html_of(opening: Opening) -> str:
    return "".join((*(section.html for section in opening.sections), *opening.sources))
