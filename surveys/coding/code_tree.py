"""The tree of codes of a study: ``codes.yaml``, its themes, their branches, and what became of those of before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from divan.sources.problem import FaultKind, Problem, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import YamlSource, read_yaml
from surveys.definition import SCHEMAS
from surveys.rules.raw import Place

_FAULT = FaultKind("C02")

TREE = "codes.yaml"


@dataclass(frozen=True, slots=True)
class CodeNode:
    """A code; ``grouping`` says that it only gathers its branches. ``guid`` is its name in other software."""

    id: str
    label: str
    memo: str = ""
    colour: str = ""
    guid: str = ""
    grouping: bool = False
    codes: tuple[CodeNode, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, CodeNode]]:
        """This code and those under it, each with its depth, in order."""
        yield depth, self
        for one in self.codes:
            yield from one.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A code that is no more: ``merge`` and ``rename`` give its units to one other, ``split`` asks to code again."""

    date: str
    did: str
    code: str
    into: tuple[str, ...]


@dataclass(frozen=True)
class CodeTree:
    """Themes in their order; ``changes`` tell how a code given before is read today."""

    themes: tuple[CodeNode, ...]
    changes: tuple[CodeChange, ...] = ()

    def walk(self) -> Iterator[tuple[int, CodeNode]]:
        """Every code with its depth, a theme first, then its branches."""
        for theme in self.themes:
            yield from theme.walk()

    @cached_property
    def by_id(self) -> Mapping[str, CodeNode]:
        """Each code by its id."""
        return {code.id: code for _, code in self.walk()}

    @cached_property
    def theme_of(self) -> Mapping[str, CodeNode]:
        """The theme of each code, by the code's id."""
        return {code.id: theme for theme in self.themes for _, code in theme.walk()}

    def today(self, code: str) -> tuple[str, ...]:
        """What a code given at any time is now: itself, what it became, or several to choose from after a split."""
        found: tuple[str, ...] = (code,)
        for change in self.changes:
            found = tuple(
                dict.fromkeys(new for one in found for new in (change.into if one == change.code else (one,)))
            )
        return found


def tree_path(folder: Path) -> Path:
    """Where the tree of a study is."""
    return folder / TREE


def load_tree(folder: Path) -> CodeTree:
    """The tree of the study in ``folder``. Raises ProblemsFound with every fault of its file."""
    shown, path = f"surveys/{folder.name}/{TREE}", tree_path(folder)
    if not path.is_file():
        message = "l'étude doit avoir un arbre de codes"
        stop_if([_FAULT(shown, None, message, "écrivez-le, ou importez un livre de codes (« divan codes »)")])
    source = read_yaml(shown, read_text(path, shown))
    stop_if(schema_problems(source, SCHEMAS / "codes.schema.json"))
    stop_if(_faults(source))
    return as_tree(source.value)


def as_tree(raw: Mapping[str, Any]) -> CodeTree:
    """The tree that a valid file holds."""
    changes = tuple(
        CodeChange(one["date"], one["did"], one["code"], tuple(one["into"])) for one in raw.get("changes", ())
    )
    return CodeTree(tuple(map(_code, raw["codes"])), changes)


def _code(raw: Mapping[str, Any]) -> CodeNode:
    return CodeNode(**{**raw, "codes": tuple(map(_code, raw.get("codes", ())))})


def tree_yaml(tree: CodeTree) -> str:
    """The file that holds a tree."""
    raw: dict[str, Any] = {"codes": [_raw(one) for one in tree.themes]}
    if tree.changes:
        raw["changes"] = [
            {"date": one.date, "did": one.did, "code": one.code, "into": [*one.into]} for one in tree.changes
        ]
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=120)


def _raw(code: CodeNode) -> dict[str, Any]:
    given = {name: value for name in ("memo", "colour", "guid", "grouping") if (value := getattr(code, name))}
    under = {"codes": [_raw(one) for one in code.codes]} if code.codes else {}
    return {"id": code.id, "label": code.label, **given, **under}


def _faults(source: YamlSource) -> Iterator[Problem]:
    raw = source.value
    seen: set[str] = set()
    for place, code in _places(raw["codes"], ("codes",)):
        if code["id"] in seen:
            message = f"deux codes s'appellent « {code['id']} »"
            yield _FAULT(source.path, source.line_of((*place, "id")), message, "donnez un identifiant à chacun")
        seen.add(code["id"])
    gone = [one["code"] for one in raw.get("changes", ())]
    for n, one in enumerate(raw.get("changes", ())):
        if one["code"] in seen:
            message = f"« {one['code']} » a été changé, il ne doit plus être un code"
            yield _FAULT(source.path, source.line_of(("changes", n)), message, "retirez l'un des deux")
        for code in one["into"]:
            if code not in seen and code not in gone[n + 1 :]:
                message = f"« {code} », qui remplace « {one['code']} », doit être un code"
                yield _FAULT(source.path, source.line_of(("changes", n, "into")), message, "ajoutez-le")


def _places(codes: list[dict[str, Any]], place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    for n, code in enumerate(codes):
        yield (*place, n), code
        yield from _places(code.get("codes", []), (*place, n, "codes"))
