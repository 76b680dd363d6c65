"""A tree of codes as REFI-QDA's codebook (.qdc), which QualCoder, NVivo, ATLAS.ti and MAXQDA read and write.

Source: REFI-QDA Standard 1.5, Codebook exchange, namespace ``urn:QDA-XML:codebook:1.0``.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from xml.etree import ElementTree

from divan.sources.problem import Problem, ProblemsFound
from surveys.coding.code_tree import CodeNode, CodeTree

CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Divan"
_HOUSE = uuid.UUID("6f1d0c1e-5a0b-4c53-9f8e-2b6f1a7d9c14")  # drawn once: ids become guids under it
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
    return f"{_DECLARATION}{ElementTree.tostring(root, encoding='unicode')}\n"


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


def children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The elements of this name right under another."""
    return (one for one in element if local(one) == name)


def description(element: ElementTree.Element) -> str:
    """The text of its ``<Description>``."""
    return next((one.text or "" for one in children(element, "Description")), "")


def read_codebook(root: ElementTree.Element, known: CodeTree, study: str) -> CodeTree:
    """The tree that a codebook holds; a code keeps the id that it has in the tree ``known``, by its guid.

    Another takes one from its label. The changes of ``known`` whose codes are still there are kept.
    """
    ids = {one.guid or guid_of(study, "code", one.id): one for _, one in known.walk()}
    used = {one.id for _, one in known.walk()} | {one.code for one in known.changes}
    themes = tuple(
        _code(one, "", ids, used, study) for codes in children(root, "Codes") for one in children(codes, "Code")
    )
    tree = CodeTree(themes)
    kept = {*tree.by_id, *(change.code for change in known.changes)}
    return replace(tree, changes=tuple(one for one in known.changes if set(one.into) <= kept))


def _code(
    element: ElementTree.Element, under: str, ids: Mapping[str, CodeNode], used: set[str], study: str
) -> CodeNode:
    guid, label = element.get("guid", "").lower(), " ".join(element.get("name", "").split())
    before = ids.get(guid)
    name = before.id if before else free_id(label, under, used)
    used.add(name)
    ours = guid == guid_of(study, "code", name)
    return CodeNode(
        name,
        label or name,
        description(element),
        element.get("color", ""),
        "" if ours else guid,
        element.get("isCodable", "true") in ("false", "0"),
        tuple(_code(one, name, ids, used, study) for one in children(element, "Code")),
    )


def free_id(label: str, under: str, used: Collection[str]) -> str:
    """An id from a label: ``liens.humour-noir``, numbered if it serves already."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "code"
    base = f"{under}.{slug}" if under else slug
    return next(name for n in range(1, len(used) + 2) if (name := base if n == 1 else f"{base}-{n}") not in used)
