"""REFI-QDA: a codebook and a project leave and come back with nothing lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from divan.sources.problem import ProblemsFound
from surveys.chat.message import MessageKind
from surveys.chat.store import Post
from surveys.coding.code_tree import CodeChange, CodeNode, CodeTree
from surveys.coding.coder_file import Coding
from surveys.coding.coding_project import CodingProject
from surveys.coding.consensus import Agreed
from surveys.coding.refi_codebook import codebook_xml, read_codebook, read_xml
from surveys.coding.refi_project import project_bytes
from surveys.coding.refi_reading import read_project
from surveys.coding.text_units import TextUnit

TREE = CodeTree(
    (
        CodeNode("liens", "Se lier", grouping=True, codes=(
            CodeNode("humour", "Humour & ironie", "Faire rire : « oui », <non>.\nPas l'ironie.", "#112233"),
            CodeNode("soutien", "Soutien", codes=(CodeNode("merci", "Mercis"),)),
        )),
        CodeNode("savoir", "Savoir", guid="0b5a1fd5-3d0c-4c0e-9f0e-6a3c4d1d2e3f"),
    ),
    (CodeChange("2026-01-01", "merge", "ancien", ("merci",)),),
)  # fmt: skip
TEXTS = ("Bonjour 👋 à tous", "Qui a des masques ?\nVite", "", "Moi, Été, 42")
POSTS = [Post(n, date(2020, 3, 17), 480 + n, "Citron", MessageKind.TEXT, "", False, False, text)
         for n, text in enumerate(TEXTS, 1)]  # fmt: skip
UNITS = (TextUnit("1", 1, 1), TextUnit("moitié", 2, 2, 0, 6), TextUnit("reste", 2, 4, 10, 3), TextUnit("4", 4, 4, 5))
PROJECT = CodingProject(
    TREE,
    UNITS,
    {
        "A": {"1": Coding(("humour", "merci"), "à discuter", review=True), "moitié": Coding(("savoir",))},
        "B": {"1": Coding(("humour",)), "reste": Coding((), "rien de net"), "4": Coding(("soutien", "savoir"))},
    },
    {"1": Agreed(("humour",), "B")},
)


def exported() -> bytes:
    return project_bytes(PROJECT, "fil", "Un fil", POSTS)


def test_a_codebook_comes_back_whole():
    root = read_xml(codebook_xml(TREE, "fil"), "x.qdc", "CodeBook")
    assert read_codebook(root, TREE, "fil").tree == TREE


def test_a_project_comes_back_whole():
    assert read_project(exported(), "x.qdpx", PROJECT, "fil", POSTS) == PROJECT


def test_units_and_codes_that_nobody_knew_come_with_the_project():
    fresh = replace(PROJECT, tree=CodeTree(()), units=(), given={}, agreed={})
    found = read_project(exported(), "x.qdpx", fresh, "fil", POSTS)
    assert found.units == UNITS
    names = {"liens": "se-lier", "humour": "se-lier.humour-ironie", "soutien": "se-lier.soutien",
             "merci": "se-lier.soutien.mercis", "savoir": "savoir"}  # fmt: skip
    assert [one.id for _, one in found.tree.walk()] == [*names.values()]
    assert found.given["B"]["4"].codes == (names["soutien"], "savoir")


def test_the_same_project_gives_the_same_bytes():
    assert exported() == exported()


def test_the_file_is_what_the_standard_names():
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        source = next(name for name in archive.namelist() if name.startswith("sources/"))
        text = archive.read(source).decode("utf-8")
        root = ElementTree.fromstring(archive.read("project.qde"))
    name = {"q": "urn:QDA-XML:project:1.0"}
    assert root.tag == "{urn:QDA-XML:project:1.0}Project"
    assert [one.tag.rpartition("}")[2] for one in root] == ["Users", "CodeBook", "Sources", "Notes"]
    thread = root.find("q:Sources/q:TextSource", name)
    assert thread.get("plainTextPath") == f"internal://{source.removeprefix('sources/')}"
    selected = {one.get("name"): text[int(one.get("startPosition")) : int(one.get("endPosition"))] for one in thread}
    assert (selected["1"], selected["moitié"], selected["4"]) == ("Bonjour 👋 à tous", "Qui a ", "Été, 42")
    codes = {one.get("guid") for one in root.iterfind(".//q:Code", name)}
    assert {one.get("targetGUID") for one in root.iterfind(".//q:CodeRef", name)} <= codes


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04", b"<Project/>",
])  # fmt: skip
def test_what_is_no_project_is_told(content):
    with pytest.raises(ProblemsFound):
        read_project(content, "x.qdpx", PROJECT, "fil", POSTS)


def test_a_project_of_another_thread_is_refused():
    with pytest.raises(ProblemsFound, match="texte de ce fil"):
        read_project(exported(), "x.qdpx", PROJECT, "fil", POSTS[:2])


@pytest.mark.parametrize("text", ["<CodeBook", "<Autre/>", '<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>'])
def test_what_is_no_codebook_is_told(text):
    with pytest.raises(ProblemsFound):
        read_xml(text, "x.qdc", "CodeBook")
