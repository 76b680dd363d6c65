"""The entry of a member or of a service, new, changed or taken away; a word of the shared list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from divan.forum.new import free_entry
from divan.forum.post_text import decode
from divan.forum.proposal.offered import Proposal
from divan.forum.proposal.posts import Picture
from divan.forum.proposal.yaml_lines import Value, scalar, yaml_lines
from divan.forum.vocabulary import VOCABULARY_PATH, load_vocabulary
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.slug import slug


def member_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """The entry of a member, who agrees for one year from today."""
    path = _entry(proposal, root, "members")
    if proposal["change"] == "withdrawn":
        return {path: None}
    values: dict[str, Value] = {
        **_same(proposal, "name", "specialty"),
        "skills": proposal.lists.get("skills", ()),
        **_same(proposal, "town", "departement", "contact"),
        "about": " ".join(proposal["about"].split()),
        "consent": now.strftime("%Y-%m-%d"),
        "expires": _a_year_after(now).isoformat(),
    }
    return {path: yaml_lines(values).encode()}


def service_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """The entry of a service, verified today; or nothing any more when it has closed."""
    path = _entry(proposal, root, "services")
    if proposal["closed"]:
        return {path: None}
    values: dict[str, Value] = {
        "name": proposal["name"],
        "kind": proposal["service_kind"],
        "topics": proposal.lists.get("topics", ()),
        **_same(proposal, "town", "departement", "phone"),
        "email": proposal["service_email"],
        **_same(proposal, "website", "audience", "access"),
        "verified_on": now.strftime("%Y-%m-%d"),
    }
    return {path: yaml_lines(values).encode()}


def hashtag_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """The shared list with one more entry, or one more word that leads to an entry; its other lines do not move."""
    known, word = load_vocabulary(root), proposal["word"]
    if held := known.find(word):
        message = f"« {word} » mène déjà à « #{held.name} »"
        raise ProblemsFound([Problem(VOCABULARY_PATH, None, message, "refusez la proposition, le mot existe")])
    text = decode(VOCABULARY_PATH, (root / VOCABULARY_PATH).read_bytes())
    if not proposal["synonym_of"]:
        about = f"  about: {scalar(proposal['about'])}\n" if proposal["about"] else ""
        return {VOCABULARY_PATH: _inserted(text, word, f"- name: {scalar(word)}\n  synonyms: []\n{about}").encode()}
    entry = known.find(proposal["synonym_of"])
    if entry is None:
        message = f"« {proposal['synonym_of']} » n'est pas dans la liste, et ne peut donc pas avoir de synonyme"
        raise ProblemsFound([Problem(VOCABULARY_PATH, None, message, "choisissez un mot de la liste")])
    return {VOCABULARY_PATH: _with_synonym(text, entry.name, (*entry.synonyms, word)).encode()}


def _entry(proposal: Proposal, root: Path, folder: str) -> str:
    if not proposal.target:
        return free_entry(root, folder, proposal["name"]).relative_to(root).as_posix()
    path = f"content/{folder}/{proposal.target}.yaml"
    if not (root / path).is_file():
        raise ProblemsFound([Problem(path, None, "cette fiche n'existe pas, ou n'existe plus", "vérifiez l'annuaire")])
    return path


def _same(proposal: Proposal, *names: str) -> dict[str, Value]:
    return {name: proposal[name] for name in names}


def _a_year_after(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28 if leap else day.day)


def _entries(text: str) -> list[str]:
    """The list cut before each of its entries; the first piece is what precedes them."""
    pieces, lines = [""], text.splitlines(keepends=True)
    for line in lines:
        if line.startswith("- "):
            pieces.append("")
        pieces[-1] += line
    return pieces


def _name(piece: str) -> str:
    return piece.partition("name:")[2].partition("\n")[0].strip().strip("\"'")


def _inserted(text: str, word: str, entry: str) -> str:
    before, *entries = _entries(text if text.endswith("\n") else f"{text}\n")
    place = next((n for n, piece in enumerate(entries) if slug(_name(piece)) > slug(word)), len(entries))
    return "".join((before, *entries[:place], entry, *entries[place:]))


def _with_synonym(text: str, name: str, synonyms: Sequence[str]) -> str:
    pieces = _entries(text if text.endswith("\n") else f"{text}\n")
    for n, piece in enumerate(pieces):
        if n and _name(piece) == name:
            kept, skipping = [], False
            for line in piece.splitlines(keepends=True):
                skipping = line.startswith("  synonyms:") or (skipping and line.startswith(("    ", "  - ")))
                kept += [] if skipping else [line]
            pieces[n] = kept[0] + f"  synonyms: [{', '.join(map(scalar, synonyms))}]\n" + "".join(kept[1:])
    return "".join(pieces)
