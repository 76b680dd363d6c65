"""Whom a post or a page may identify, and what its author left in place on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import case_rules, name_rules, text_rules
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.yaml_source import read_yaml

_ADDED_ON = re.compile(r"^\*\*[0-9]{2}/[0-9]{2}/[0-9]{4}\.\*\* ", re.MULTILINE)  # when words were added
_WORDS = re.compile(r"^(?:title|author|specialty):(.*)$", re.MULTILINE)


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
