"""Codes merged, split, renamed: the tree changes, what coders gave stays as they gave it, and the change is dated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from divan.sources.problem import Problem, stop_if
from surveys.coding.code_tree import TREE, CodeChange, CodeNode, CodeTree


def merge(tree: CodeTree, code: str, into: str, *, today: date) -> CodeTree:
    """The tree where ``code`` has become ``into``, which takes its branches too."""
    stop_if(_unknown(tree, code, into))
    inside = {one.id for _, one in tree.by_id[code].walk()}
    stop_if(_refused(f"« {into} » est dans « {code} »") for _ in range(into in inside))
    taken = tree.by_id[code].codes
    kept = _mapped(tree.themes, code, lambda one: ())
    grown = _mapped(kept, into, lambda one: (replace(one, codes=(*one.codes, *taken)),))
    return CodeTree(grown, (*tree.changes, CodeChange(today.isoformat(), "merge", code, (into,))))


def rename(tree: CodeTree, code: str, new: str, label: str, *, today: date) -> CodeTree:
    """The tree where ``code`` bears another id, and another label if one is given."""
    stop_if([*_unknown(tree, code), *_taken(tree, (new,))])
    renamed = _mapped(tree.themes, code, lambda one: (replace(one, id=new, label=label or one.label),))
    return CodeTree(renamed, (*tree.changes, CodeChange(today.isoformat(), "rename", code, (new,))))


def split(tree: CodeTree, code: str, parts: Iterable[tuple[str, str]], *, today: date) -> CodeTree:
    """The tree where ``code`` has become several (id, label); its branches go with the first.

    Units that bore it are to be coded again: each coder finds them under « à revoir ».
    """
    given = [*parts]
    stop_if([*_unknown(tree, code), *_taken(tree, [name for name, _ in given])])
    stop_if(_refused(f"« {code} » se divise en deux codes au moins") for _ in range(len(given) < 2))
    under = tree.by_id[code].codes
    made = tuple(CodeNode(name, label, codes=under if n == 0 else ()) for n, (name, label) in enumerate(given))
    names = tuple(name for name, _ in given)
    return CodeTree(_mapped(tree.themes, code, lambda one: made),
                    (*tree.changes, CodeChange(today.isoformat(), "split", code, names)))  # fmt: skip


def _mapped(
    codes: tuple[CodeNode, ...], wanted: str, made: Callable[[CodeNode], tuple[CodeNode, ...]]
) -> tuple[CodeNode, ...]:
    """The same codes, ``wanted`` replaced by what ``made`` gives for it."""
    found: list[CodeNode] = []
    for one in codes:
        found += made(one) if one.id == wanted else [replace(one, codes=_mapped(one.codes, wanted, made))]
    return tuple(found)


def _unknown(tree: CodeTree, *codes: str) -> list[Problem]:
    return [_refused(f"« {one} » doit être un code de l'arbre") for one in codes if one not in tree.by_id]


def _taken(tree: CodeTree, codes: Iterable[str]) -> list[Problem]:
    used = {*tree.by_id, *(one.code for one in tree.changes)}
    names = [*codes]
    return [_refused(f"« {one} » sert déjà, ou a servi") for n, one in enumerate(names) if one in {*used, *names[:n]}]


def _refused(message: str) -> Problem:
    return Problem(TREE, None, message, "choisissez un autre code")
