"""From the fields that were sent to a proposal that can be read, or all that has to be mended in them, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from divan.forum.body import HASHTAG
from divan.forum.group import Group
from divan.forum.naming import POST_ID
from divan.forum.proposal.kinds import MOST_LINES, Field, ProposalKind, load_kinds
from divan.forum.proposal.offered import FaultsFound, FieldFault, Proposal
from divan.forum.typed_text import tidy
from divan.forum.vocabulary import Vocabulary
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import case_rules, directory_rules, text_rules

_SPACES = re.compile(r"[ \t\n]+")
_POST = re.compile(rf"(?P<thread>{POST_ID.pattern})(?:/?(?:\?[^#\s]*)?(?P<reply>#r-{POST_ID.pattern}))?")
_BETWEEN_WORDS = re.compile(r"[\s,;]+")
_CHANGES_NOTHING = frozenset(("name", "specialty", "town", "departement", "service_kind", "consent"))


def read_proposal(kind: str, fields: Mapping[str, Sequence[str]], vocabulary: Vocabulary | None = None) -> Proposal:
    """The proposal that ``fields`` hold; unknown fields are left alone. Raises FaultsFound.

    With a ``vocabulary``, a hashtag, a place or an area that is not in it is a fault too. A ``folder`` of « sujets »
    says that the target is a topic, where rules made for clinical cases do not hold.
    """
    known = load_kinds().get(kind)
    if known is None:
        raise FaultsFound([FieldFault("kind", "ce genre de proposition n'existe pas")])
    sent = {name: [tidy(value).strip() for value in values] for name, values in fields.items()}
    target = _target((sent.get("target") or [""])[0], known)
    without = _needless(known, sent)
    shown = [field for field in known.fields if not (field.name in _CHANGES_NOTHING and without)]
    read = Proposal(kind, target, _texts(shown, sent), _lists(shown, sent))
    entry = directory_rules() if known.about == "entry" else frozenset()
    without_rules = (case_rules() if is_on_topic(kind, sent) or entry or kind == "hashtag" else frozenset()) | entry
    faults = [*_target_faults(known, target)]
    for field in shown:
        faults += _field_faults(field, read, without_rules, vocabulary.group.names if vocabulary else NO_NAMES)
    faults += (
        [*_vocabulary_faults(read, vocabulary), *_group_faults(shown, read, vocabulary.group)] if vocabulary else []
    )
    faults += _meaning_faults(read)
    if faults:
        raise FaultsFound(faults)
    return read


def is_on_topic(kind: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether it is a topic, or about one, as its ``folder`` says: rules made for clinical cases do not hold there."""
    return kind == "topic" or "sujets" in fields.get("folder", ())


def _target(typed: str, kind: ProposalKind) -> str:
    """The thread or the post in an address that was copied from the browser's bar; an entry's id as it is."""
    found = _POST.search(typed) if kind.about in ("thread", "post") else None
    if found is None:
        return typed
    return found["thread"] + (found["reply"] or "" if kind.about == "post" else "")


def _needless(kind: ProposalKind, sent: Mapping[str, Sequence[str]]) -> bool:
    """Whether an entry is only taken away, so that nothing has to be said of what it held."""
    first = {name: values[0] for name, values in sent.items() if values}
    return (kind.id == "member" and first.get("change") == "withdrawn") or (
        kind.id == "service" and bool(first.get("closed"))
    )


def _texts(fields: Sequence[Field], sent: Mapping[str, Sequence[str]]) -> dict[str, str]:
    texts = {}
    for field in fields:
        if field.type in ("line", "text", "choice", "tick"):
            text = next(iter(sent.get(field.name, ())), "") or field.default
            if text:
                texts[field.name] = text if field.type == "text" else _SPACES.sub(" ", text)
    return texts


def _lists(fields: Sequence[Field], sent: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    lists = {}
    for field in fields:
        if field.type in ("words", "lines"):
            cut = _BETWEEN_WORDS.split if field.type == "words" else str.splitlines
            items = (
                item.strip().lstrip("#" if field.type == "words" else "")
                for v in sent.get(field.name, ())
                for item in cut(v)
            )
            lists[field.name] = tuple(dict.fromkeys(filter(None, items)))
    return lists


def _target_faults(kind: ProposalKind, target: str) -> Iterator[FieldFault]:
    if kind.target is None or (not target and not kind.target_required):
        return
    if not kind.target.fullmatch(target):
        what = {"thread": "le fil", "post": "le message", "entry": "la fiche"}[kind.about]
        yield FieldFault("target", f"il faut dire {what} dont il s'agit ; repartez de sa page")


def _field_faults(field: Field, read: Proposal, without: frozenset[str], names: GroupNames) -> Iterator[FieldFault]:
    text, items = read[field.name], read.lists.get(field.name, ())
    if not text and not items:
        if field.required:
            yield FieldFault(field.name, "à remplir" if field.type != "tick" else "à cocher")
        return
    if len(text) > field.longest or len(items) > MOST_LINES or any(len(item) > 1000 for item in items):
        yield FieldFault(
            field.name, f"trop long : {field.longest} signes au plus" if text else "trop de lignes, ou trop longues"
        )
    elif field.choices and text not in field.choices:
        yield FieldFault(field.name, "ce choix n'existe pas")
    elif field.pattern and not field.pattern.fullmatch(text):
        yield FieldFault(field.name, _EXPECTED.get(field.name, "ce n'est pas de cette forme"))
    elif field.checked:
        words = text or "\n".join(items)
        # a source, a list may name an author and a city: what has to be nowhere is looked for in them
        left_out = without if text else without | text_rules()
        reviewed = [*excuses.excused(read.lists.get("reviewed", ())), read["name"], *read["name"].split()]
        for finding in find_identifiers(words, left_out, reviewed=reviewed, names=names):
            said = remedy(words, finding, date.today())
            yield FieldFault(field.name, f"{finding.rule.says} : « {finding.masked} » ; {said}")


_EXPECTED = {
    "author": "des lettres, des chiffres, des traits d'union ; jamais votre nom",
    "word": "des lettres, des chiffres et des traits d'union, sans espace",
    "phone": "dix chiffres, par exemple 05 49 00 00 00",
    "service_email": "une adresse comme contact@service.example",
    "website": "une adresse qui commence par https://",
}


def _vocabulary_faults(read: Proposal, vocabulary: Vocabulary) -> Iterator[FieldFault]:
    words = [("hashtags", word) for word in read.lists.get("hashtags", ())]
    if read.kind not in ("report", "withdrawal"):
        words += [(name, match[1]) for name, text in read.texts.items() for match in HASHTAG.finditer(text)]
    for field, word in dict.fromkeys(words):
        if not vocabulary.find(word):
            near = vocabulary.suggest(word)
            ask = f" ; vouliez-vous « #{near} » ?" if near else " ; retirez-le, ou proposez-le à part"
            yield FieldFault(field, f"« #{word} » n'est pas dans la liste commune{ask}")


def _meaning_faults(read: Proposal) -> Iterator[FieldFault]:
    if excuses.unexplained(read.lists.get("reviewed", ())):
        yield FieldFault("reviewed", f"dites pourquoi chaque passage n'identifie personne : {excuses.expected()}")
    if read.kind == "correction":
        parts = read.texts.keys() - {"passage", "replacement", "reason"}
        if not parts and not read["passage"]:
            yield FieldFault("passage", "à remplir : recopiez les mots à corriger")
    if read.kind == "member" and read["change"] in ("renewed", "withdrawn") and not read.target:
        yield FieldFault("target", "il faut dire la fiche dont il s'agit ; repartez de l'annuaire")
    if read.kind == "service" and read["closed"] and not read.target:
        yield FieldFault("target", "il faut dire la fiche dont il s'agit ; repartez de la liste des services")


def _group_faults(shown: Sequence[Field], read: Proposal, group: Group) -> Iterator[FieldFault]:
    for field in shown:
        allowed = group.facts(field.among)
        if allowed and read[field.name] and read[field.name] not in allowed:
            yield FieldFault(field.name, f"doit valoir {', '.join(allowed)}")
