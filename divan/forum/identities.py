"""Whom a post, a card or the name of an image may identify, and what its author left in place on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from divan.forum.naming import POST_ID
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import text_rules
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml

_ADDED_ON = re.compile(r"^\*\*[0-9]{2}/[0-9]{2}/[0-9]{4}\.\*\* ", re.MULTILINE)  # when words were added
_POST_BEFORE = re.compile(rf"^{POST_ID.pattern}")  # an image that came with a post begins by its id
_WORDS = re.compile(r"^(?:title|author|specialty):(.*)$", re.MULTILINE)


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
        yield Problem(path, line, "un passage laissé en place dit pourquoi il n'identifie personne", excuses.expected())
    for passage, lines_before, left_out in _passages(text, head, without):
        for finding in find_identifiers(passage, left_out, reviewed=reviewed, names=names):
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield Problem(path, finding.line + lines_before, says, remedy(passage, finding, date.today()))


def image_name_identities(path: str, names: GroupNames) -> Iterator[Problem]:
    """The name of an image is published with it: « radio-mme-dupont.jpg » says whose it is."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    words = re.sub(r"[-_.]+", " ", _POST_BEFORE.sub("", stem))
    for finding in find_identifiers(words, names=names):
        yield Problem(path, None, f"le nom d'une image est publié, et celui-ci dit peut-être qui : {finding.rule.says}",
                      "renommez-la d'après ce qu'elle montre, ou d'après son fil")  # fmt: skip


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
