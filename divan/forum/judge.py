"""The one judge of a post: its name, its text, what it points to, and whom it may identify.

``divan check``, the build and what makes files of proposals ask here: none can let through what another refuses.

Names hold the year and the day, so what a post points to is found without reading or listing anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from divan.forum.directory import read_member, read_service
from divan.forum.group import Group
from divan.forum.identities import identities
from divan.forum.model import Kind, Opening, Reply, Visibility
from divan.forum.naming import opening_name, opening_path, reply_name
from divan.forum.reading import read_opening, read_reply
from divan.forum.references import Exists, answered, dead_ends, reserved_ends
from divan.forum.reserved import misplaced_seal
from divan.forum.tombstone import is_withdrawn
from divan.forum.vocabulary import Vocabulary
from divan.privacy.rules import case_rules, directory_rules
from divan.sources.problem import FaultKind, Problem, ProblemsFound

_FAULT = FaultKind("F02")

_ITS_NAME = re.compile(r"^name:.*$", re.MULTILINE)  # a service, a member are named on purpose
# a card is a list of words: of a member's own, a capital alone is hers, or a place, or a method
_ALONE = frozenset({"given_name", "surname"})


def _nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ``post`` as read, None when it could not be, and all that is wrong with it."""

    post: Opening | Reply | None
    problems: tuple[Problem, ...]


def judge_opening(
    path: str,
    text: str,
    vocabulary: Vocabulary,
    exists: Exists,
    *,
    reserved: Exists = _nothing,
    known: bool = False,
    sealed: bool | None = None,
) -> Verdict:
    """A case or a topic; ``known`` when the same text was already found to identify nobody by the same rules.

    ``exists`` says whether a file is there, ``reserved`` whether it is a thread for members only, ``sealed`` whether
    the file is so, None for a text that is not in it.
    """
    name = opening_name(path)
    misnamed = name_problem(path)
    if name is None or misnamed:
        return Verdict(None, tuple(filter(None, [misnamed])))
    problems: list[Problem] = []
    twin = opening_path(Kind.TOPIC if name.kind is Kind.CASE else Kind.CASE, name.id)
    if exists(twin):
        problems.append(_FAULT(path, None, f"un identifiant désigne un seul fil, et {twin} a le même",
                                "renommez le plus récent des deux, et le dossier de ses réponses"))  # fmt: skip
    opening = None
    try:
        opening = read_opening(name.kind, path, text, vocabulary)
        html = _html_of(opening)
        problems += dead_ends(path, text, html, exists)
        if opening.thread.visibility is Visibility.PUBLIC:
            problems += reserved_ends(path, text, html, reserved)
        problems += misplaced_seal(path, text, sealed, lambda: _is_for_members(opening), vocabulary.group)
    except ProblemsFound as found:
        problems += found.problems
    if not known and not is_withdrawn(text):
        problems += identities(
            path, text, frozenset() if name.kind is Kind.CASE else case_rules(), vocabulary.group.names
        )
    return Verdict(opening, tuple(problems))


def judge_reply(
    path: str, text: str, vocabulary: Vocabulary, exists: Exists, *, reserved: Exists = _nothing, known: bool = False,
    sealed: bool | None = None,
) -> Verdict:  # fmt: skip
    """A reply, and how it is attached to its thread; ``known`` and ``sealed`` as for an opening."""
    name = reply_name(path)
    if name is None:
        return Verdict(None, tuple(filter(None, [name_problem(path)])))
    problems = []
    kinds = [kind for kind in Kind if exists(opening_path(kind, name.thread))]
    if not kinds:
        problems.append(_FAULT(path, None, f"le dossier d'une réponse dit son fil, et {name.thread} n'existe pas",
                                "vérifiez le nom du dossier, ou supprimez la réponse avec son fil"))  # fmt: skip
    elif name.id[:10] < name.thread[:10]:
        problems.append(
            _FAULT(path, None, "une réponse ne peut pas dater d'avant son fil", "corrigez le nom et la date")
        )
    reply = None

    def thread_reserved() -> bool:
        return any(reserved(opening_path(kind, name.thread)) for kind in kinds)

    try:
        reply = read_reply(path, text, vocabulary)
        problems += dead_ends(path, text, reply.html, exists)
        if '="../../' in reply.html and not thread_reserved():
            problems += reserved_ends(path, text, reply.html, reserved)
        problems += answered(path, text, reply, exists)
        problems += misplaced_seal(path, text, sealed, thread_reserved, vocabulary.group)
    except ProblemsFound as found:
        problems += found.problems
    if not known and not is_withdrawn(text):
        problems += identities(path, text, frozenset() if Kind.CASE in kinds else case_rules(), vocabulary.group.names)
    return Verdict(reply, tuple(problems))


def judge_entry(folder: str, path: str, text: str, group: Group) -> Iterator[Problem]:
    """A card of a directory: a member's says who they are, and a service's where it is; neither says more."""
    try:
        (read_member if folder == "members" else read_service)(path, text, group)
    except ProblemsFound as found:
        yield from found.problems
    own = _ITS_NAME.search(text)
    named = own[0].removeprefix("name:").strip(" \"'") if own else ""
    without = directory_rules() | case_rules() | (_ALONE if folder == "members" else frozenset())
    yield from identities(path, _ITS_NAME.sub("", text), without, group.names, [named, *named.split()])


def name_problem(path: str) -> Problem | None:
    """What is wrong with where a post lies and what it is called: nobody would ever see it."""
    opening = opening_name(path)
    if opening is not None:
        return next(_place(path, opening.id, opening.year), None)
    folder = path.split("/")[1]
    if folder == "replies":
        return None if reply_name(path) else _misnamed(path, "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md")
    return _misnamed(path, f"content/{folder}/2026/2026-03-14-k7f2.md")


def _place(path: str, post_id: str, year: str) -> Iterator[Problem]:
    if post_id[:4] != year:
        yield _FAULT(path, None, f"un fil de {post_id[:4]} se range dans le dossier {post_id[:4]}, pas {year}",
                      "déplacez-le")  # fmt: skip


def _misnamed(path: str, example: str) -> Problem:
    return _FAULT(path, None, f"le nom d'un message est sa date et quatre lettres ou chiffres, comme {example}",
                   "renommez-le ; « divan new » donne un nom libre")  # fmt: skip


def _is_for_members(opening: Opening | None) -> bool:
    return opening is not None and opening.thread.visibility is Visibility.MEMBERS


def _html_of(opening: Opening) -> str:
    return "".join((*(section.html for section in opening.sections), *opening.sources))
