"""A coded thread as REFI-QDA's project (.qdpx): the thread's text, its tree, and what each coder gave to which words.

Source: REFI-QDA Standard 1.5, Project exchange, namespace ``urn:QDA-XML:project:1.0``. A coder is a ``User``; what they
decided of a unit is a ``PlainTextSelection`` of theirs, named after the unit, its memo a ``Description``, its codes
``Coding``; « à revoir » is a ``Note`` that it refers to. The consensus is a user of that name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from surveys.chat.store import Post
from surveys.coding.coder_file import Coding
from surveys.coding.coding_project import CodingProject
from surveys.coding.refi_codebook import ORIGIN, as_text, codes_element, guid_of
from surveys.coding.whole_thread import WholeThread

PROJECT = "urn:QDA-XML:project:1.0"
FILE = "project.qde"
CONSENSUS_USER, REVIEW = "consensus", "À revoir"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same project gives the same bytes


def project_bytes(project: CodingProject, study: str, title: str, posts: Sequence[Post]) -> bytes:
    """The .qdpx file: ``project.qde`` and the text of the thread in ``sources/``."""
    text = WholeThread.of(posts)
    source = guid_of(study, "thread")
    made = datetime.combine(posts[-1].day, datetime.min.time(), UTC).isoformat().replace("+00:00", "Z") if posts else ""
    given = {"xmlns": PROJECT, "name": title, "origin": ORIGIN} | ({"creationDateTime": made} if made else {})
    root = ElementTree.Element("Project", given)
    if coders := _users(project):  # the standard wants no empty list
        users = ElementTree.SubElement(root, "Users")
        for coder in coders:
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
