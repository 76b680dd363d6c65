"""What a moderator sees of a proposal: its text with what the check found, and the difference that it makes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from divan.forum.group import ANY_GROUP, Group
from divan.forum.proposal import is_on_topic
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import case_rules, directory_rules, name_rules
from divan.proposals.model import KeptProposal
from divan.proposals.pages import TypedField, typed_fields
from divan.sources.sealed import opened

_QUIET = {"consent", "folder"}
_SAID_FIRST = ("title", "text", "name", "word", "passage", "replacement", "reason")
_CARDS = ("member", "service")
_WHO_AND_WHERE = {"name", "town", "phone", "service_email", "website", "contact"}
_GLIMPSE = 70


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; ``why`` says what the check suspects in it, or ''."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a proposal."""

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference: ``kind`` is ``+``, ``-`` or a space."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the queue shows of a proposal: its first words, and how many passages the check suspects."""

    words: str
    suspected: int


def glimpse(proposal: KeptProposal, group: Group = ANY_GROUP) -> Glimpse:
    """The line of the queue."""
    own = [one for one in typed_fields(proposal.kind, proposal.fields) if one.declared]
    fields = {one.name: " ".join(_said(one, group).split()) for one in own}
    words = next((fields[name] for name in _SAID_FIRST if fields.get(name)), "")
    suspected = sum(bool(span.why) for field in shown_fields(proposal, group) for span in field.spans)
    return Glimpse(f"{words[:_GLIMPSE].rstrip()}…" if len(words) > _GLIMPSE else words, suspected)


def shown_fields(proposal: KeptProposal, group: Group = ANY_GROUP) -> list[Shown]:
    """Every field sent, in the order of its kind, what looks like an identity marked."""
    shown = [one for one in typed_fields(proposal.kind, proposal.fields) if one.name not in _QUIET and one.value]
    return [_shown(one, proposal, group) for one in shown]


def _shown(field: TypedField, proposal: KeptProposal, group: Group) -> Shown:
    said = _said(field, group)
    without = _without(proposal, field.name) if said == field.value else None  # a label is the group's, nobody typed it
    return Shown(field.label, tuple(_spans(said, proposal.fields.get("reviewed", ()), without)))


def _said(field: TypedField, group: Group) -> str:
    if field.declared is None:
        return field.value
    known = {**field.declared.choices, **group.facts(field.declared.among)}
    return "oui" if field.declared.type == "tick" else known.get(field.value, field.value)


def _without(proposal: KeptProposal, field: str) -> frozenset[str] | None:
    """Rules that do not hold here: a card says who and where on purpose, a topic says when; None where none does."""
    kind = proposal.kind
    if field == "reviewed" or (kind in _CARDS and field in _WHO_AND_WHERE):
        return None
    of_cards = directory_rules() if kind in _CARDS else frozenset()
    of_topics = case_rules() if kind in _CARDS or is_on_topic(kind, proposal.fields) else frozenset()
    return of_cards | of_topics | (name_rules() if kind == "member" else frozenset())


def _spans(text: str, reviewed: Sequence[str], without: frozenset[str] | None) -> Iterator[Span]:
    text, at = normalize("NFC", text), 0
    for finding in find_identifiers(text, without) if without is not None else ():
        reason = excuses.reason_of(text[finding.start : finding.end], reviewed)
        said = f" (laissé par son auteur : {reason})" if reason else ""
        yield Span(text[at : finding.start], "")
        yield Span(text[finding.start : finding.end], finding.rule.says + said)
        at = finding.end
    yield Span(text[at:], "")


def difference(content: Path, files: Mapping[str, bytes | None]) -> dict[str, list[Line]]:
    """What changes in each text file, line by line, with three lines around."""
    found = {}
    for path, new in files.items():
        if path.endswith((".md", ".yaml")):
            old = opened(content, path, (content / path).read_bytes()) if (content / path).is_file() else b""
            before, now = old.decode("utf-8", "replace"), (new or b"").decode("utf-8", "replace")
            lines = [*difflib.unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=3)][2:]
            found[path] = [Line(line[:1], line[1:]) for line in lines if not line.startswith("@@")]
    return found
