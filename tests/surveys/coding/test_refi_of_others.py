"""REFI-QDA as others write it (QualCoder 3.6: its refi.py), and what the standard asks of what we write."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from itertools import count
from xml.etree import ElementTree

import pytest

from divan.sources.problem import ProblemsFound
from surveys.coding.code_tree import CodeNode, CodeTree
from surveys.coding.coder_file import Coding
from surveys.coding.coding_project import CodingProject
from surveys.coding.refi_codebook import codebook_xml, read_codebook, read_xml
from surveys.coding.refi_project import project_bytes
from surveys.coding.refi_reading import read_project
from surveys.coding.text_units import TextUnit
from surveys.coding.whole_thread import WholeThread
from tests.surveys.coding.test_refi_qda import POSTS, PROJECT, TREE, UNITS, exported

GIVEN = {
    "A": {"1": Coding(("humour", "merci"), "à discuter"), "moitié": Coding(("savoir",))},
    "B": {"1": Coding(("humour",)), "4": Coding(("soutien", "savoir"))},
}
CODED = replace(PROJECT, given=GIVEN, agreed={})


def qualcoder(project: CodingProject, *, ending: str = "\n") -> bytes:
    """A project as QualCoder exports it: guids drawn anew, codes before categories, a selection a coding."""
    drawn = (f"{n:08x}-0000-4000-8000-000000000000" for n in count(1))
    guids = {one.id: next(drawn) for _, one in project.tree.walk()}
    users = {name: next(drawn) for name in project.given}
    text, units = WholeThread.of(POSTS), {one.id: one for one in project.units}
    selections = ""
    for user, own in project.given.items():
        for unit, coding in own.items():
            start, end = text.span(units[unit])
            said = f"<Description>{html.escape(coding.memo)}</Description>\n" if coding.memo else ""
            for code in coding.codes:
                selections += (
                    f'<PlainTextSelection guid="{next(drawn)}" startPosition="{start}" endPosition="{end}" '
                    f'name="{html.escape(text.text[start:end])}" creatingUser="{users[user]}" '
                    f'creationDateTime="2026-01-05T10:00:00Z">\n{said}<Coding guid="{next(drawn)}" '
                    f'creatingUser="{users[user]}" >\n<CodeRef targetGUID="{guids[code]}" />\n</Coding>\n'
                    "</PlainTextSelection>\n"
                )
    ordered = sorted(project.tree.themes, key=lambda one: one.grouping)
    book = "".join(_category(one, guids) for one in ordered)
    named = "".join(f'<User guid="{guid}" name="{name}" />\n' for name, guid in users.items())
    whole = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="fil.qda" origin="QualCoder 3.6" '
        f'creatingUserGUID="{next(drawn)}" creationDateTime="2026-01-05T10:00:00Z" xmlns="urn:QDA-XML:project:1.0">\n'
        f"<Users>\n{named}</Users>\n<CodeBook>\n<Codes>\n{book}</Codes>\n</CodeBook>\n<Sources>\n"
        f'<TextSource plainTextPath="internal://thread.txt" creatingUser="{users["A"]}" guid="{next(drawn)}" '
        f'name="fil">\n{selections}</TextSource>\n</Sources>\n</Project>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("project.qde", whole)
        archive.writestr("sources/thread.txt", text.text.replace("\n", ending).encode("utf-8-sig"))
    return held.getvalue()


def _category(code: CodeNode, guids: dict[str, str]) -> str:
    colour = f' color="{code.colour or "#999999"}"' if not code.grouping else ""
    memo = f"<Description>{html.escape(code.memo)}</Description>\n" if code.memo else ""
    under = "".join(_category(one, guids) for one in code.codes)
    codable = "false" if code.grouping else "true"
    return (f'<Code guid="{guids[code.id]}" name="{html.escape(code.label)}" isCodable="{codable}"{colour}>\n'
            f"{memo}{under}</Code>\n")  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n"])  # the second is QualCoder's for MAXQDA: same positions, other text
def test_a_project_that_went_through_qualcoder_comes_back_with_its_codes_units_and_coders(ending):
    found = read_project(qualcoder(CODED, ending=ending), "x.qdpx", CODED, "fil", POSTS)
    assert found.given == CODED.given
    assert found.units == CODED.units
    assert [one.id for _, one in found.tree.walk()] == [one.id for _, one in TREE.walk()]
    assert [one.guid for _, one in found.tree.walk()] == [one.guid for _, one in TREE.walk()]


def test_words_marked_in_qualcoder_are_units_named_after_their_post():
    given = {"A": {"neuf": Coding(("savoir",)), "tout": Coding(("savoir",))}}
    there = replace(CODED, units=(*UNITS, TextUnit("neuf", 1, 1, 8, 9), TextUnit("tout", 4, 4)), given=given)
    found = read_project(qualcoder(there), "x.qdpx", CODED, "fil", POSTS)
    assert found.given == {"A": {"1-8": Coding(("savoir",)), "4-2": Coding(("savoir",))}}  # « 4 » is another unit's


def test_a_position_that_counts_both_signs_of_a_line_break_is_brought_back():
    content = qualcoder(CODED, ending="\r\n")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole, text = archive.read("project.qde").decode(), archive.read("sources/thread.txt")
    raw = text.decode("utf-8-sig")
    places = [place for place, sign in enumerate(raw.replace("\r\n", "\n")) if sign == "\n"]

    def doubled(found: re.Match[str]) -> str:
        return f'{found[1]}="{int(found[2]) + sum(one < int(found[2]) for one in places)}"'

    whole = re.sub(r' name="[^"]*" (creatingUser="[^"]*" creationDateTime)', r' name="" \1', whole)
    whole = re.sub(r'(startPosition|endPosition)="(\d+)"', doubled, whole)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("project.qde", whole)
        archive.writestr("sources/thread.txt", text)
    assert read_project(held.getvalue(), "x.qdpx", CODED, "fil", POSTS).given == CODED.given


def test_a_guid_in_braces_and_capitals_and_a_colour_of_three_digits_are_read():
    text = codebook_xml(TREE, "fil").replace('color="#112233"', 'color="#123"')
    text = re.sub('guid="([^"]*)"', lambda one: f'guid="{{{one[1].upper()}}}"', text)
    found = read_codebook(read_xml(b"\xef\xbb\xbf" + text.encode(), "x.qdc", "CodeBook"), TREE, "fil").tree
    assert found == TREE


@pytest.mark.parametrize("place", ["x", "", "1.5"])
def test_a_selection_without_a_place_is_told(place):
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["project.qde"] = re.sub(rb'startPosition="\d+"', f'startPosition="{place}"'.encode(), files["project.qde"])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(ProblemsFound, match="place lisible"):
        read_project(held.getvalue(), "x.qdpx", PROJECT, "fil", POSTS)


# Project.xsd of 18 March 2019 (qdasoftware.org): for each element that we write, what may stand in it, in this order,
# and the attributes that it must have.
ORDER = {
    "Project": ("Users", "CodeBook", "Sources", "Notes"), "Users": ("User",), "User": (), "CodeBook": ("Codes",),
    "Codes": ("Code",), "Code": ("Description", "NoteRef", "Code"), "Sources": ("TextSource",),
    "TextSource": ("Description", "PlainTextContent", "PlainTextSelection"), "CodeRef": (), "NoteRef": (),
    "PlainTextSelection": ("Description", "Coding", "NoteRef"), "Coding": ("CodeRef", "NoteRef"), "Notes": ("Note",),
    "Note": ("Description", "PlainTextContent"), "Description": (), "PlainTextContent": (),
}  # fmt: skip
NEVER_EMPTY = ("Users", "Codes", "Sources", "Notes")
NEEDED = {
    "Project": {"name"}, "User": {"guid"}, "Code": {"guid", "name", "isCodable"}, "TextSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"}, "Coding": {"guid"}, "CodeRef": {"targetGUID"},
    "NoteRef": {"targetGUID"}, "Note": {"guid"},
}  # fmt: skip
GUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@pytest.mark.parametrize("project", [
    PROJECT, replace(PROJECT, given={}, agreed={}), replace(PROJECT, given={"A": {"1": Coding((), "a\x00\x0bb")}}),
])  # fmt: skip
def test_what_we_write_holds_the_rules_of_the_standard_s_schema(project):
    with zipfile.ZipFile(io.BytesIO(project_bytes(project, "fil", "Un fil", POSTS))) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    for one in root.iter():
        name = one.tag.removeprefix("{urn:QDA-XML:project:1.0}")
        inside = [ORDER[name].index(child.tag.rpartition("}")[2]) for child in one]
        assert inside == sorted(inside), name
        assert inside or name not in NEVER_EMPTY
        assert NEEDED.get(name, set()) <= {*one.keys()}
        named = [value for key, value in one.items() if key in ("guid", "targetGUID", "creatingUser")]
        assert all(map(GUID.fullmatch, named))


def test_a_tree_without_known_codes_is_read_with_the_guids_of_its_file():
    found = read_codebook(read_xml(codebook_xml(TREE, "fil"), "x.qdc", "CodeBook"), CodeTree(()), "autre").tree
    assert all(GUID.fullmatch(one.guid) for _, one in found.walk())
