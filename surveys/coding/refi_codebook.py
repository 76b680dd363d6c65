"""A tree of codes as REFI-QDA's codebook (.qdc), which QualCoder, NVivo, ATLAS.ti and MAXQDA read and write.

Source: REFI-QDA Standard 1.5, Codebook exchange, namespace ``urn:QDA-XML:codebook:1.0``.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.reader_text import fold
from surveys.coding.code_tree import CodeNode, CodeTree

CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Divan"
_HOUSE = uuid.UUID("6f1d0c1e-5a0b-4c53-9f8e-2b6f1a7d9c14")  # drawn once: ids become guids under it
_GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def guid_of(study: str, *what: str) -> str:
    """The guid of something of a study, the same at each export."""
    return str(uuid.uuid5(_HOUSE, "/".join((study, *what))))


def codebook_xml(tree: CodeTree, study: str) -> str:
    """The .qdc file of a tree."""
    root = ElementTree.Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    root.append(codes_element(tree, study))
    return as_text(root)


def codes_element(tree: CodeTree, study: str) -> ElementTree.Element:
    """``<Codes>``, in the order of the tree."""
    codes = ElementTree.Element("Codes")
    for theme in tree.themes:
        _append(codes, theme, study)
    return codes


def _append(parent: ElementTree.Element, code: CodeNode, study: str) -> None:
    given = {"guid": code.guid or guid_of(study, "code", code.id), "name": code.label}
    given["isCodable"] = "false" if code.grouping else "true"
    if code.colour:
        given["color"] = code.colour
    found = ElementTree.SubElement(parent, "Code", given)
    if code.memo:
        ElementTree.SubElement(found, "Description").text = code.memo
    for one in code.codes:
        _append(found, one, study)


def as_text(root: ElementTree.Element) -> str:
    """An element as a file, indented."""
    ElementTree.indent(root)
    return _NOT_XML.sub("", f"{_DECLARATION}{ElementTree.tostring(root, encoding='unicode')}\n")


def read_xml(text: str | bytes, shown: str, root: str) -> ElementTree.Element:
    """The root of a file whose element is ``root``, whatever its namespace's version; ProblemsFound otherwise."""
    remedy = "exportez-le à nouveau, au format REFI-QDA"
    declared = text.encode() if isinstance(text, str) else text
    try:
        if b"<!DOCTYPE" in declared or b"<!ENTITY" in declared:
            raise ProblemsFound([Problem(shown, None, "un fichier REFI-QDA ne déclare pas d'entités", remedy)])
        found = ElementTree.fromstring(text)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise ProblemsFound(
            [Problem(shown, error.position[0], "ce fichier n'est pas du XML lisible", remedy)]
        ) from None
    if local(found) != root:
        raise ProblemsFound([Problem(shown, None, f"l'élément racine doit être « {root} »", remedy)])
    return found


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def guid_in(element: ElementTree.Element, name: str) -> str:
    """A guid of an element, as we write it: in small letters, without the braces that the standard allows."""
    return element.get(name, "").strip().strip("{}").lower()


def children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The elements of this name right under another."""
    return (one for one in element if local(one) == name)


def description(element: ElementTree.Element) -> str:
    """The text of its ``<Description>``."""
    return next((one.text or "" for one in children(element, "Description")), "")


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """The tree of a codebook, and the id of each of its codes by the guid that its file gives."""

    tree: CodeTree
    ids: Mapping[str, str]


def known_book(tree: CodeTree, study: str) -> ReadCodebook:
    """A tree under the guids that we give it."""
    return ReadCodebook(tree, {one.guid or guid_of(study, "code", one.id): one.id for _, one in tree.walk()})


def read_codebook(root: ElementTree.Element, known: CodeTree, study: str) -> ReadCodebook:
    """What a codebook holds; a code keeps the id that it has in the tree ``known``: by its guid, else by its labels.

    Another takes one from its label. The changes of ``known`` whose codes are still there are kept.
    """
    reading = _Reading(known, study, {guid_in(one, "guid") for one in root.iter() if local(one) == "Code"})
    themes = reading.codes([one for codes in children(root, "Codes") for one in children(codes, "Code")], "", ())
    tree = CodeTree(themes)
    kept = {*tree.by_id, *(change.code for change in known.changes)}
    changes = tuple(one for one in known.changes if set(one.into) <= kept)
    return ReadCodebook(replace(tree, changes=changes), reading.ids)


class _Reading:
    """A codebook being read beside the tree that is known: ``ids`` of its codes by the guids of its file."""

    def __init__(self, known: CodeTree, study: str, guids: Collection[str]) -> None:
        self.study, self.ids = study, dict[str, str]()
        self.by_guid = {one.guid or guid_of(study, "code", one.id): one for _, one in known.walk()}
        self.used = {one.id for _, one in known.walk()} | {one.code for one in known.changes}
        # software that draws new guids keeps labels: those of the path to a code
        self.by_labels = {path: one for path, one in _paths(known.themes) if self._guid(one) not in guids}
        self.order = {one.id: place for place, (_, one) in enumerate(known.walk())}
        self.redrawn = not self.by_guid.keys() & set(guids)

    def _guid(self, code: CodeNode) -> str:
        return code.guid or guid_of(self.study, "code", code.id)

    def codes(
        self, elements: Collection[ElementTree.Element], under: str, path: tuple[str, ...]
    ) -> tuple[CodeNode, ...]:
        """The codes of these elements; in the order of the known tree when their guids say nothing of it."""
        found = [self._code(one, under, path) for one in elements]
        if self.redrawn:
            found.sort(key=lambda one: self.order.get(one.id, len(self.order)))
        return tuple(found)

    def _code(self, element: ElementTree.Element, under: str, path: tuple[str, ...]) -> CodeNode:
        guid, label = guid_in(element, "guid"), " ".join(element.get("name", "").split())
        before = self.by_guid.get(guid) or self.by_labels.pop((*path, fold(label)), None)
        name = before.id if before else free_id(label, under, self.used)
        self.used.add(name)
        self.ids[guid] = name
        ours = guid == guid_of(self.study, "code", name) or not _GUID.fullmatch(guid)
        return CodeNode(
            name,
            label or name,
            description(element),
            _colour(element.get("color", "")) or (before.colour if before else ""),
            before.guid if before else "" if ours else guid,
            element.get("isCodable", "true") in ("false", "0"),
            self.codes([*children(element, "Code")], name, (*path, fold(label))),
        )


def _paths(codes: tuple[CodeNode, ...], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], CodeNode]]:
    for one in codes:
        own = (*path, fold(one.label))
        yield own, one
        yield from _paths(one.codes, own)


def _colour(written: str) -> str:
    """A colour of six digits; the standard allows three."""
    if re.fullmatch("#[0-9A-Fa-f]{3}", written):
        return "#" + "".join(2 * sign for sign in written[1:])
    return written if re.fullmatch("#[0-9A-Fa-f]{6}", written) else ""


def free_id(label: str, under: str, used: Collection[str]) -> str:
    """An id from a label: ``liens.humour-noir``, numbered if it serves already."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "code"
    base = f"{under}.{slug}" if under else slug
    return next(name for n in range(1, len(used) + 2) if (name := base if n == 1 else f"{base}-{n}") not in used)
