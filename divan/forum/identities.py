"""Whom a post, a card or the name of an image may identify, and what its author left in place on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from divan.forum.naming import POST_ID
from divan.privacy import excuses
from divan.privacy.detect import Finding, find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import text_rules
from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml

_FAULT = FaultKind("I01")

_ADDED_ON = re.compile(r"^\*\*[0-9]{2}/[0-9]{2}/[0-9]{4}\.\*\* ", re.MULTILINE)  # when words were added
_POST_BEFORE = re.compile(rf"^{POST_ID.pattern}")  # an image that came with a post begins by its id
_WORDS = re.compile(r"^(?:title|author|specialty):(.*)$", re.MULTILINE)
_CHOICES = re.compile(r"^choices:(.*\n(?:[ \t]+.*\n|- .*\n)*)", re.MULTILINE)
_LETTERS = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_NOBODY = re.compile(  # lines whose form leaves no room for anybody: most heads have no other
    rf"^(?:---|date: \d{{4}}-\d\d-\d\d \d\d:\d\d|in_reply_to: {POST_ID.pattern}|waited: \d{{1,3}}"
    rf"|(?:resolved|modified): \d{{4}}-\d\d-\d\d"
    rf"|(?:status|visibility|area): [a-z_]+|departement: \"?[0-9A-Za-z]{{1,3}}\"?"
    rf"|hashtags: \[{_LETTERS}(?:, {_LETTERS})*\])$",
    re.MULTILINE,
)
_SHORT = 80  # signs: an author, a specialty, which come back in many posts


def identities(
    path: str, text: str, without: frozenset[str], names: GroupNames = NO_NAMES, known: Sequence[str] = ()
) -> Iterator[Problem]:
    """What may identify someone in a post (the rest of its head may name a source's authors), or in a YAML file.

    ``known`` are names that are there on purpose.
    """
    head = text[: text.find("\n---", 4) + 1]
    said = _reviewed(head)
    reviewed = [*excuses.excused(said), *known]
    if excuses.unexplained(said):
        line = head.count("\n", 0, head.index("\nreviewed:")) + 2
        yield _FAULT(path, line, "un passage laissé en place dit pourquoi il n'identifie personne", excuses.expected())
    for passage, lines_before, left_out in _passages(text, head, without):
        for finding in _found(passage, left_out, reviewed, names):
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield _FAULT(path, finding.line + lines_before, says, remedy(passage, finding, date.today()))


def image_name_identities(path: str, names: GroupNames) -> Iterator[Problem]:
    """The name of an image is published with it: « radio-mme-dupont.jpg » says whose it is."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    words = re.sub(r"[-_.]+", " ", _POST_BEFORE.sub("", stem))
    for finding in find_identifiers(words, names=names):
        yield _FAULT(path, None, f"le nom d'une image est publié, et celui-ci dit peut-être qui : {finding.rule.says}",
                      "renommez-la d'après ce qu'elle montre, ou d'après son fil")  # fmt: skip


def _passages(text: str, head: str, without: frozenset[str]) -> Iterator[tuple[str, int, frozenset[str]]]:
    """What is searched of a post, the lines before it, the rules that do not apply there."""
    yield _ADDED_ON.sub("", text[len(head) :]), head.count("\n"), without
    rest = _NOBODY.sub("", _WORDS.sub("", _CHOICES.sub(_blank, head)))
    if rest.strip():
        yield rest, 0, without | text_rules()
    for words in (*_WORDS.finditer(head), *_CHOICES.finditer(head)):
        yield words[1], head.count("\n", 0, words.start()), without


def _blank(lines: re.Match[str]) -> str:
    return "\n" * lines[0].count("\n")


def _found(passage: str, left_out: frozenset[str], reviewed: Sequence[str], names: GroupNames) -> Sequence[Finding]:
    if reviewed or len(passage) > _SHORT:
        return find_identifiers(passage, left_out, reviewed=reviewed, names=names)
    return _found_before(passage, left_out, names)


@lru_cache(maxsize=4096)
def _found_before(passage: str, left_out: frozenset[str], names: GroupNames) -> Sequence[Finding]:
    return find_identifiers(passage, left_out, names=names)


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
                yield _FAULT(path, finding.line + lines_before, f"laissé en place ({why}) : « {finding.masked} »",
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
