"""The one judge of a post: its name, its text, what it points to, and whom it may identify.

``divan check``, the build and what makes files of proposals ask here: none can let through what another refuses.

Names hold the year and the day, so what a post points to is found without reading or listing anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from divan.forum.directory import read_member, read_service
from divan.forum.group import Group
from divan.forum.model import Kind, Opening, Reply, Visibility
from divan.forum.naming import opening_name, opening_path, reply_name
from divan.forum.reading import read_opening, read_reply
from divan.forum.references import Exists, answered, dead_ends, reserved_ends
from divan.forum.tombstone import is_withdrawn
from divan.forum.vocabulary import Vocabulary
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import case_rules, directory_rules, name_rules, text_rules
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml

_FOR_MEMBERS = re.compile(rb"^visibility[ \t]*:[ \t]*[\"']?members", re.MULTILINE)
_ITS_NAME = re.compile(r"^name:.*$", re.MULTILINE)  # a service is named on purpose
_ADDED_ON = re.compile(r"^\*\*[0-9]{2}/[0-9]{2}/[0-9]{4}\.\*\* ", re.MULTILINE)  # when words were added
_WORDS = re.compile(r"^(?:title|author|specialty):(.*)$", re.MULTILINE)


def _nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ``post`` as read, None when it could not be, and all that is wrong with it."""

    post: Opening | Reply | None
    problems: tuple[Problem, ...]


def judge_opening(
    path: str, text: str, vocabulary: Vocabulary, exists: Exists, *, reserved: Exists = _nothing, known: bool = False
) -> Verdict:
    """A case or a topic; ``known`` when the same text was already found to identify nobody by the same rules.

    ``exists`` says whether a file is there, ``reserved`` whether it is a thread for members only.
    """
    name = opening_name(path)
    misnamed = name_problem(path)
    if name is None or misnamed:
        return Verdict(None, tuple(filter(None, [misnamed])))
    problems: list[Problem] = []
    twin = opening_path(Kind.TOPIC if name.kind is Kind.CASE else Kind.CASE, name.id)
    if exists(twin):
        problems.append(Problem(path, None, f"un identifiant désigne un seul fil, et {twin} a le même",
                                "renommez le plus récent des deux, et le dossier de ses réponses"))  # fmt: skip
    opening = None
    try:
        opening = read_opening(name.kind, path, text, vocabulary)
        html = _html_of(opening)
        problems += dead_ends(path, text, html, exists)
        if opening.thread.visibility is Visibility.PUBLIC:
            problems += reserved_ends(path, text, html, reserved)
    except ProblemsFound as found:
        problems += found.problems
    if not known and not is_withdrawn(text):
        problems += identities(
            path, text, frozenset() if name.kind is Kind.CASE else case_rules(), vocabulary.group.names
        )
    return Verdict(opening, tuple(problems))


def judge_reply(
    path: str, text: str, vocabulary: Vocabulary, exists: Exists, *, reserved: Exists = _nothing, known: bool = False
) -> Verdict:
    """A reply, and how it is attached to its thread; ``known`` as for an opening."""
    name = reply_name(path)
    if name is None:
        return Verdict(None, tuple(filter(None, [name_problem(path)])))
    problems = []
    kinds = [kind for kind in Kind if exists(opening_path(kind, name.thread))]
    if not kinds:
        problems.append(Problem(path, None, f"le dossier d'une réponse dit son fil, et {name.thread} n'existe pas",
                                "vérifiez le nom du dossier, ou supprimez la réponse avec son fil"))  # fmt: skip
    elif name.id[:10] < name.thread[:10]:
        problems.append(
            Problem(path, None, "une réponse ne peut pas dater d'avant son fil", "corrigez le nom et la date")
        )
    reply = None
    try:
        reply = read_reply(path, text, vocabulary)
        problems += dead_ends(path, text, reply.html, exists)
        if '="../../' in reply.html and not any(reserved(opening_path(kind, name.thread)) for kind in kinds):
            problems += reserved_ends(path, text, reply.html, reserved)
        problems += answered(path, text, reply, exists)
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
    without = directory_rules() | case_rules() | (name_rules() if folder == "members" else frozenset())
    yield from identities(path, text if folder == "members" else _ITS_NAME.sub("", text), without, group.names)


def name_problem(path: str) -> Problem | None:
    """What is wrong with where a post lies and what it is called: nobody would ever see it."""
    opening = opening_name(path)
    if opening is not None:
        return next(_place(path, opening.id, opening.year), None)
    folder = path.split("/")[1]
    if folder == "replies":
        return None if reply_name(path) else _misnamed(path, "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md")
    return _misnamed(path, f"content/{folder}/2026/2026-03-14-k7f2.md")


def page_identities(path: str, text: str, names: GroupNames = NO_NAMES) -> Iterator[Problem]:
    """What may identify someone in a page of the site, its head included; it names people and places on purpose."""
    return _identities(path, text, "", case_rules() | name_rules() | {"email"}, names)


def identities(path: str, text: str, without: frozenset[str], names: GroupNames = NO_NAMES) -> Iterator[Problem]:
    """What may identify someone in a post (the rest of its head may name a source's authors), or in a YAML file."""
    return _identities(path, text, text[: text.find("\n---", 4) + 1], without, names)


def _identities(path: str, text: str, head: str, without: frozenset[str], names: GroupNames) -> Iterator[Problem]:
    said = _reviewed(head)
    if excuses.unexplained(said):
        line = head.count("\n", 0, head.index("\nreviewed:")) + 2
        yield Problem(path, line, "un passage laissé en place dit pourquoi il n'identifie personne", excuses.expected())
    for passage, lines_before, left_out in _passages(text, head, without):
        for finding in find_identifiers(passage, left_out, reviewed=excuses.excused(said), names=names):
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield Problem(path, finding.line + lines_before, says, remedy(passage, finding, date.today()))


def _passages(text: str, head: str, without: frozenset[str]) -> Iterator[tuple[str, int, frozenset[str]]]:
    """What is searched of a post, the lines before it, the rules that do not apply there."""
    yield _ADDED_ON.sub("", text[len(head) :]), head.count("\n"), without
    yield _WORDS.sub("", head), 0, without | text_rules()
    for words in _WORDS.finditer(head):
        yield words[1], head.count("\n", 0, words.start()), without


def left_in_place(path: str, text: str) -> Iterator[Problem]:
    """What ``reviewed`` excuses in a post, masked, with the reason given: a moderator agrees, or not."""
    head = text[: text.find("\n---", 4) + 1]
    said = _reviewed(head)
    passages = excuses.excused(said)
    if not passages:
        return
    for passage, lines_before, left_out in _passages(text, head, frozenset()):
        still = {finding.start for finding in find_identifiers(passage, left_out, reviewed=passages)}
        for finding in find_identifiers(passage, left_out):
            if finding.start not in still:
                why = excuses.reason_of(passage[finding.start : finding.end], said) or "sans raison lisible"
                yield Problem(path, finding.line + lines_before, f"laissé en place ({why}) : « {finding.masked} »",
                              "relisez le passage ; si la raison ne tient pas, masquez-le")  # fmt: skip


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


def for_members(file: str) -> bool:
    """Whether the file of an opening post says that its thread is for members only."""
    try:
        with open(file, "rb") as opened:
            return _FOR_MEMBERS.search(opened.read().partition(b"\n---")[0]) is not None
    except OSError:
        return False


def _html_of(opening: Opening) -> str:
    return "".join((*(section.html for section in opening.sections), *opening.sources))
