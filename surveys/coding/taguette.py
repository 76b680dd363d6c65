"""A coding from and to Taguette: highlights are units where their words are, tags are codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.chat.store import Post
from surveys.coding.code_tree import CodeNode, CodeTree
from surveys.coding.coder_file import Coding, codes_today
from surveys.coding.coding_project import CodingProject, Cutting, Place
from surveys.coding.refi_codebook import free_id
from surveys.coding.taguette_files import CODEBOOK, HIGHLIGHTS, Row, codebook_of, read_taguette_file, taguette_bytes
from surveys.coding.whole_thread import WholeThread

_NAMED = ("tag", "name", "path")  # what Taguette itself takes for the name of a tag
_OURS = ("coder", "unit")


def read_taguette(file: Path, known: CodingProject, posts: Sequence[Post], coder: str) -> CodingProject:
    """What ``coder`` gave, or the codes alone when the file is a codebook; memos and marks stay.

    A column ``coder`` names others, a column ``unit`` or ``post`` what a row is about; without them words are found
    in the thread from where the last row ended. A tag that the tree does not have becomes a code, under the one whose
    name it begins with, else a theme. Raises ProblemsFound with each row whose words are nowhere.
    """
    rows = read_taguette_file(file)
    tags = [*codebook_of(file), *(row for _, row in rows)]
    heads = {name for row in tags for name in row}
    named = next((name for name in _NAMED if name in heads), None)
    if named is None:
        message = f"il manque la colonne {_NAMED[0]}"
        raise ProblemsFound([Problem(file.name, 1, message, "exportez les passages surlignés, ou le livre de codes")])
    tree, codes = _tree(known.tree, named, tags)
    if "content" not in heads:
        return replace(known, tree=tree)
    return _highlighted(file.name, rows, replace(known, tree=tree), codes, WholeThread.of(posts), coder)


def _highlighted(
    shown: str, rows: Sequence[tuple[int, Row]], known: CodingProject, codes: Mapping[str, str], text: WholeThread,
    coder: str,
) -> CodingProject:  # fmt: skip
    cutting, by_name = Cutting(known.units), {one.id: one for one in known.units}
    given: dict[str, dict[str, Coding]] = {}
    lost, at = [], 0
    for line, row in rows:
        unit = by_name.get(row.get("unit", ""))
        if unit is None:
            place, at = _place(row, text, at)
            if place is None:
                lost.append(line)
                continue
            unit = cutting.unit(place)
        who = row.get("coder") or coder
        before = known.given.get(who, {}).get(unit.id, Coding())
        own = given.setdefault(who, {}).setdefault(unit.id, replace(before, codes=()))
        if code := codes.get(row.get("tag", "").strip()):
            given[who][unit.id] = replace(own, codes=tuple(dict.fromkeys((*own.codes, code))))
    stop_if(Problem(shown, line, "ces mots ne sont pas dans le fil", "retirez cette ligne") for line in lost)
    units = tuple(sorted(cutting.by_place.values(), key=text.span))
    return CodingProject(known.tree, units, given, known.agreed)


def _tree(tree: CodeTree, named: str, rows: Sequence[Row]) -> tuple[CodeTree, dict[str, str]]:
    """The tree with the tags that it did not have, and the code of every tag: by its id, else by its label."""
    by_tag = {one.label: one.id for _, one in tree.walk()} | {one.id: one.id for _, one in tree.walk()}
    for row in rows:
        tag, said = row.get(named, "").strip(), row.get("description", "").strip()
        if not tag:
            continue
        if tag not in by_tag:
            under = next((by_tag[head] for head in _heads(tag) if head in by_tag), "")
            by_tag[tag] = free_id(tag.removeprefix(f"{under}."), under, by_tag.values())
            label = tag.removeprefix(f"{under}.") if under else tag
            tree = _grown(tree, under, CodeNode(by_tag[tag], label, said))
        elif said and not tree.by_id[by_tag[tag]].memo:
            tree = replace(tree, themes=tuple(_said(one, by_tag[tag], said) for one in tree.themes))
    return tree, by_tag


def _heads(tag: str) -> Iterator[str]:
    """What a tag's name begins with, the longest first: « liens.peur » of « liens.peur.soi »."""
    parts = tag.split(".")
    return (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))


def _grown(tree: CodeTree, under: str, code: CodeNode) -> CodeTree:
    def grown(one: CodeNode) -> CodeNode:
        return replace(one, codes=(*map(grown, one.codes), *((code,) if one.id == under else ())))

    themes = (*map(grown, tree.themes), *(() if under else (code,)))
    return replace(tree, themes=themes)


def _said(one: CodeNode, code: str, memo: str) -> CodeNode:
    own = memo if one.id == code else one.memo
    return replace(one, memo=own, codes=tuple(_said(under, code, memo) for under in one.codes))


def _place(row: Row, text: WholeThread, at: int) -> tuple[Place | None, int]:
    """Where the words of a row are, whatever their line breaks; a post that is named is one whole unit."""
    if row.get("post", "").isdecimal():
        number = int(row["post"])
        return ((number, number, 0, None), at) if number in text.numbers else (None, at)
    words = row.get("content", "").split()
    if not words:
        return None, at
    wanted = re.compile(r"\s+".join(map(re.escape, words)))
    found = wanted.search(text.text, at) or wanted.search(text.text)
    return (text.place(*found.span()), found.end()) if found else (None, at)


@dataclass(frozen=True, slots=True)
class TaguetteExport:
    """A coding as Taguette's tables: a row a highlight and a tag, or a row a tag."""

    project: CodingProject
    title: str
    posts: Sequence[Post]

    def highlights(self, kind: str) -> bytes:
        """Those of every coder; ``coder`` and ``unit`` are ours, and bring all back where it was."""
        texts, rows, number = {post.number: post.text for post in self.posts}, list[Row](), 0
        for unit in self.project.units:
            for coder, own in self.project.given.items():
                if unit.id in own:
                    number += 1
                    same = {"id": str(number), "document": self.title, "content": unit.text(texts), "coder": coder}
                    codes = codes_today(self.project.tree, own[unit.id].codes) or ("",)
                    rows += ({**same, "unit": unit.id, "tag": code} for code in codes)
        return taguette_bytes(kind, (*HIGHLIGHTS, *_OURS), rows)

    def codebook(self, kind: str) -> bytes:
        """The codes that can be given, by their ids, and how often they were: what Taguette imports."""
        tree = self.project.tree
        times = Counter(code for own in self.project.given.values() for one in own.values()
                        for code in codes_today(tree, one.codes))  # fmt: skip
        rows = [(one.id, one.memo, times[one.id], int(times[one.id] > 0)) for _, one in tree.walk()]
        return taguette_bytes(kind, CODEBOOK, (dict(zip(CODEBOOK, row, strict=True)) for row in rows))
