"""A coded thread as REFI-QDA's project (.qdpx): the thread's text, its tree, and what each coder gave to which words.

Source: REFI-QDA Standard 1.5, Project exchange, namespace ``urn:QDA-XML:project:1.0``. A coder is a ``User``; what they
decided of a unit is a ``PlainTextSelection`` of theirs, named after the unit, its memo a ``Description``, its codes
``Coding``; « à revoir » is a ``Note`` that it refers to. The consensus is a user of that name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree import ElementTree

from divan.sources.problem import Problem, ProblemsFound
from surveys.chat.store import Post
from surveys.coding.code_tree import CodeTree
from surveys.coding.coder_file import CODER, Coding
from surveys.coding.consensus import Agreed
from surveys.coding.refi_codebook import (
    ORIGIN,
    as_text,
    children,
    codes_element,
    description,
    guid_of,
    local,
    read_codebook,
    read_xml,
)
from surveys.coding.text_units import TextUnit
from surveys.coding.whole_thread import WholeThread

PROJECT = "urn:QDA-XML:project:1.0"
FILE = "project.qde"
CONSENSUS_USER, REVIEW = "consensus", "À revoir"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same project gives the same bytes


@dataclass(frozen=True)
class CodingProject:
    """A tree, the units of a thread, what each coder decided and what was agreed on, by unit."""

    tree: CodeTree
    units: tuple[TextUnit, ...]
    given: Mapping[str, Mapping[str, Coding]]
    agreed: Mapping[str, Agreed] = field(default_factory=dict)


def project_bytes(project: CodingProject, study: str, title: str, posts: Sequence[Post]) -> bytes:
    """The .qdpx file: ``project.qde`` and the text of the thread in ``sources/``."""
    text = WholeThread.of(posts)
    source = guid_of(study, "thread")
    made = datetime.combine(posts[-1].day, datetime.min.time(), UTC).isoformat().replace("+00:00", "Z") if posts else ""
    given = {"xmlns": PROJECT, "name": title, "origin": ORIGIN} | ({"creationDateTime": made} if made else {})
    root = ElementTree.Element("Project", given)
    users = ElementTree.SubElement(root, "Users")
    for coder in _users(project):
        ElementTree.SubElement(users, "User", {"guid": guid_of(study, "user", coder), "name": coder})
    ElementTree.SubElement(root, "CodeBook").append(codes_element(project.tree, study))
    sources = ElementTree.SubElement(root, "Sources")
    thread = ElementTree.SubElement(
        sources, "TextSource", {"guid": source, "name": title, "plainTextPath": f"internal://{source}.txt"}
    )
    for selection in _selections(project, study, text):
        thread.append(selection)
    note = ElementTree.SubElement(
        ElementTree.SubElement(root, "Notes"), "Note", {"guid": guid_of(study, "review"), "name": REVIEW}
    )
    ElementTree.SubElement(note, "PlainTextContent").text = "Les passages que leur codeur veut revoir."
    return _zipped({FILE: as_text(root), f"sources/{source}.txt": text.text})


def _users(project: CodingProject) -> list[str]:
    return [*project.given, *([CONSENSUS_USER] if project.agreed else [])]


def _zipped(files: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _selections(project: CodingProject, study: str, text: WholeThread) -> Iterator[ElementTree.Element]:
    guids = {one.id: one.guid or guid_of(study, "code", one.id) for _, one in project.tree.walk()}
    guids |= {old: guids[now[0]] for change in project.tree.changes for old in [change.code]
              if len(now := project.tree.today(old)) == 1 and now[0] in guids}  # fmt: skip
    agreed = {unit: Coding(one.codes, one.followed) for unit, one in project.agreed.items()}
    decided = {**project.given, CONSENSUS_USER: agreed}
    for unit in project.units:
        start, end = text.span(unit)
        for coder, own in decided.items():
            if unit.id not in own:
                continue
            user = guid_of(study, "user", coder)
            place = {"startPosition": str(start), "endPosition": str(end), "creatingUser": user}
            name = guid_of(study, "selection", coder, unit.id)
            found = ElementTree.Element("PlainTextSelection", {"guid": name, "name": unit.id, **place})
            if own[unit.id].memo:
                ElementTree.SubElement(found, "Description").text = own[unit.id].memo
            for code in own[unit.id].codes:
                if code in guids:
                    coding = {"guid": guid_of(study, "coding", coder, unit.id, code), "creatingUser": user}
                    ElementTree.SubElement(
                        ElementTree.SubElement(found, "Coding", coding), "CodeRef", {"targetGUID": guids[code]}
                    )
            if own[unit.id].review:
                ElementTree.SubElement(found, "NoteRef", {"targetGUID": guid_of(study, "review")})
            yield found


def read_project(content: bytes, shown: str, known: CodingProject, study: str, posts: Sequence[Post]) -> CodingProject:
    """The project that a .qdpx holds, of the thread of ``posts``; codes and units keep the names of ``known``.

    Words selected elsewhere become units. Raises ProblemsFound when the file is not one, or not of this thread.
    """
    root, texts = _opened(content, shown)
    text = WholeThread.of(posts)
    book = next(children(root, "CodeBook"), None)
    tree = known.tree if book is None else read_codebook(book, known.tree, study)
    codes = {one.guid or guid_of(study, "code", one.id): one.id for _, one in tree.walk()}
    users = {one.get("guid", ""): _coder(one.get("name", "")) for part in children(root, "Users")
             for one in children(part, "User")}  # fmt: skip
    units = {(one.first, one.last, one.start, one.end): one for one in known.units}
    given: dict[str, dict[str, Coding]] = {}
    for selection in _of_thread(root, texts, text, shown):
        unit = _unit(selection, text, units)
        for user, coding in _decided(selection, codes, guid_of(study, "review")):
            own = given.setdefault(users.get(user, "") or "A", {})
            before = own.get(unit.id, Coding())
            own[unit.id] = Coding(tuple(dict.fromkeys((*before.codes, *coding.codes))), coding.memo or before.memo,
                                  before.review or coding.review)  # fmt: skip
    agreed = {unit: Agreed(one.codes, one.memo) for unit, one in given.pop(CONSENSUS_USER, {}).items()}
    order = sorted(units.values(), key=lambda one: text.span(one))
    return CodingProject(tree, tuple(order), given, agreed)


def _opened(content: bytes, shown: str) -> tuple[ElementTree.Element, dict[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = {name.rpartition("/")[2]: archive.read(name).decode("utf-8-sig") for name in archive.namelist()
                     if name.lower().startswith("sources/") and name.endswith(".txt")}  # fmt: skip
            return read_xml(archive.read(FILE), shown, "Project"), texts
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        message = "un projet REFI-QDA est une archive qui contient « project.qde » et des textes en UTF-8"
        raise ProblemsFound([Problem(shown, None, message, "exportez-le à nouveau")]) from None


def _of_thread(
    root: ElementTree.Element, texts: Mapping[str, str], thread: WholeThread, shown: str
) -> Iterator[ElementTree.Element]:
    """The selections of the sources whose text is that of the thread."""
    found = False
    for sources in children(root, "Sources"):
        for source in children(sources, "TextSource"):
            text = texts.get(source.get("plainTextPath", "").rpartition("/")[2], "")
            if text.replace("\r\n", "\n") == thread.text:
                found = True
                yield from children(source, "PlainTextSelection")
    if not found:
        message = "ce projet ne contient pas le texte de ce fil"
        raise ProblemsFound([Problem(shown, None, message, "partez de celui que « divan codes export » écrit")])


def _unit(
    selection: ElementTree.Element, text: WholeThread, units: dict[tuple[int, int, int, int | None], TextUnit]
) -> TextUnit:
    """The unit of a selection, added to ``units`` if these words were none."""
    place = text.place(int(selection.get("startPosition", "0")), int(selection.get("endPosition", "0")))
    if place not in units:
        taken = {one.id for one in units.values()}
        name = selection.get("name", "")
        free = name if name and name not in taken else f"{place[0]}-{place[2]}"
        units[place] = TextUnit(free if free not in taken else f"{free}-{len(taken)}", *place)
    return units[place]


def _decided(selection: ElementTree.Element, codes: Mapping[str, str], review: str) -> Iterator[tuple[str, Coding]]:
    """What each user gave to a selection; its memo is of who made it."""
    maker = selection.get("creatingUser", "")
    given: dict[str, list[str]] = {maker: []}
    for coding in children(selection, "Coding"):
        user = coding.get("creatingUser", maker)
        for one in coding:
            if local(one) == "CodeRef" and one.get("targetGUID", "").lower() in codes:
                given.setdefault(user, []).append(codes[one.get("targetGUID", "").lower()])
    marked = any(one.get("targetGUID", "") == review for one in children(selection, "NoteRef"))
    for user, own in given.items():
        found = Coding(tuple(own), description(selection) if user == maker else "", marked and user == maker)
        if found != Coding():
            yield user, found


def _coder(name: str) -> str:
    """The name of a coder, from that of a user of another software."""
    kept = "".join(sign for sign in name if sign.isascii() and sign.isalnum())[:20]
    return kept if CODER.fullmatch(kept) else ""
