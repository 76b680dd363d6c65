"""Taguette's export of highlights (CSV: id, document, tag, content), of a thread or of the posts themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.utf8_text import read_text
from surveys.chat.store import Post
from surveys.coding.code_tree import CodeNode, CodeTree
from surveys.coding.coder_file import Coding
from surveys.coding.refi_codebook import free_id
from surveys.coding.refi_project import CodingProject
from surveys.coding.text_units import TextUnit
from surveys.coding.whole_thread import WholeThread

_NEEDED = ("tag", "content")


def read_taguette(file: Path, known: CodingProject, posts: Sequence[Post], coder: str) -> CodingProject:
    """What ``coder`` gave; a column ``coder`` names others, a column ``post`` the post of each row.

    Without it, words are found in the thread from where the last row ended. A tag that the tree does not have becomes
    a theme. Raises ProblemsFound with each row whose words are nowhere.
    """
    rows = _rows(file)
    tree, codes = _tree(known.tree, [row["tag"] for _, row in rows])
    text, units = WholeThread.of(posts), {(one.first, one.last, one.start, one.end): one for one in known.units}
    given: dict[str, dict[str, Coding]] = {}
    lost, at = [], 0
    for line, row in rows:
        place, at = _place(row, text, at)
        if place is None:
            lost.append(line)
            continue
        if place not in units:
            taken = {one.id for one in units.values()}
            name = f"{place[0]}-{place[2]}"
            units[place] = TextUnit(name if name not in taken else f"{name}-{len(taken)}", *place)
        own = given.setdefault(row.get("coder") or coder, {})
        before = own.get(units[place].id, Coding())
        own[units[place].id] = replace(before, codes=tuple(dict.fromkeys((*before.codes, codes[row["tag"]]))))
    stop_if(Problem(file.name, line, "ces mots ne sont pas dans le fil", "retirez cette ligne") for line in lost)
    return CodingProject(tree, tuple(sorted(units.values(), key=text.span)), given, known.agreed)


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    lines = csv.DictReader(io.StringIO(read_text(file, file.name), newline=""))
    missing = [name for name in _NEEDED if name not in (lines.fieldnames or ())]
    if missing:
        message = f"il manque la colonne {', '.join(missing)}"
        raise ProblemsFound([Problem(file.name, 1, message, "exportez les passages surlignés, en CSV")])
    return [(lines.line_num, {name: row[name] or "" for name in row if name}) for row in lines]


def _tree(tree: CodeTree, tags: list[str]) -> tuple[CodeTree, dict[str, str]]:
    """The tree with a theme for each unknown tag, and the code of every tag: by its id, else by its label."""
    labels = {one.label: one.id for _, one in tree.walk()}
    codes: dict[str, str] = {}
    made: list[CodeNode] = []
    for tag in dict.fromkeys(tags):
        code = tag if tag in tree.by_id else labels.get(tag)
        if code is None:
            code = free_id(tag, "", {*tree.by_id, *codes.values()})
            made.append(CodeNode(code, tag))
        codes[tag] = code
    return replace(tree, themes=(*tree.themes, *made)), codes


def _place(row: dict[str, str], text: WholeThread, at: int) -> tuple[tuple[int, int, int, int | None] | None, int]:
    """Where the words of a row are; a post that is named is one whole unit."""
    if row.get("post", "").isdecimal():
        number = int(row["post"])
        return ((number, number, 0, None), at) if number in text.numbers else (None, at)
    words = row["content"].replace("\r\n", "\n").strip()
    found = next((place for start in (at, 0) if words and (place := text.text.find(words, start)) >= 0), -1)
    if found < 0:
        return None, at
    return text.place(found, found + len(words)), found + len(words)
