"""YAML as people write it: values by the fast C loader, line numbers only when a message needs them.

Scalars resolve as in YAML 1.2's core schema, not 1.1: ``no`` and ``oui`` are words, ``2023-03-14`` is
text and ``0042`` keeps its zeros. A key given twice is a problem, never a silent overwrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from divan.sources.cut_value import cut_openings, cut_values
from divan.sources.hidden_signs import hidden_in_values
from divan.sources.plain_yaml import plain_mapping
from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if

_FAULT = FaultKind("L03")

Path = tuple[str | int, ...]

_DEEPEST = 50
_OPENINGS = ("[", "{", "- ", "? ", ":\n")

_RESOLVERS = (
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?", "-+0123456789."),
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", "~nN\0"),
    ("tag:yaml.org,2002:merge", r"<<", "<"),
)


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012


for _tag, _pattern, _first in _RESOLVERS:
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), [c if c != "\0" else "" for c in _first])


@dataclass(frozen=True)
class YamlSource:
    """A parsed YAML text: its ``value``, and the line of any path in it (1 is the file's first line)."""

    path: str
    text: str
    first_line: int
    value: Any = field(repr=False)

    def line_of(self, path: Path) -> int:
        """Line of the node at ``path``, or of its nearest ancestor that exists."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    @cached_property
    def _lines(self) -> dict[Path, int]:
        root = yaml.compose(self.text, Loader=_Loader)
        return dict(_walk(root, (), self.first_line)) if root else {(): self.first_line}


def read_yaml(path: str, text: str, first_line: int = 1, *, aliases: bool = True) -> YamlSource:
    """Parse ``text``; ``path`` and ``first_line`` are only used to say where a fault is.

    ``aliases=False`` refuses ``*name``, which in a stranger's text could make a small file unfold without end.
    Raises ProblemsFound on broken syntax, lists nested beyond reason, and keys given twice (all of them at once).
    """
    plain = plain_mapping(text)
    if plain is not None:
        return YamlSource(path, text, first_line, plain)
    try:
        if sum(map(text.count, _OPENINGS)) > _DEEPEST or (not aliases and "*" in text and "&" in text):
            stop_if(_unreadable_shapes(path, text, first_line, aliases))
        value = parse(text)
    except yaml.YAMLError as error:
        stop_if(cut_openings(path, text, first_line))
        raise ProblemsFound([_syntax_problem(path, first_line, error)]) from None
    stop_if(cut_values(path, text, first_line, _Loader))
    stop_if(hidden_in_values(path, text, first_line, _Loader))
    source = YamlSource(path, text, first_line, value)
    if _may_repeat_a_key(text):
        repeated = tuple(_repeated_keys(yaml.compose(text, Loader=_Loader), path, first_line))
        if repeated:
            raise ProblemsFound(repeated)
    return source


def parse(text: str) -> Any:
    """The value of a YAML text; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)


def split_front_matter(path: str, text: str) -> tuple[str, str, int]:
    """Split a post into (YAML text, body, line of the body's first line); the YAML starts on line 2."""
    if not text.startswith("---\n"):
        raise ProblemsFound(
            [_FAULT(path, 1, "le fichier doit commencer par un en-tête entre deux lignes « --- »",
                     "ajoutez-le ; « divan new » écrit un fichier complet")]
        )  # fmt: skip
    end = text.find("\n---\n", 3)
    if end < 0:
        if not text.endswith("\n---"):
            raise ProblemsFound([_FAULT(path, 1, "l'en-tête n'est pas fermé", "ajoutez une ligne « --- » après lui")])
        end = len(text) - 4
    front = text[4 : end + 1]
    return front, text[end + 5 :], front.count("\n") + 3


def _walk(node: yaml.Node, path: Path, first_line: int) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            yield from _walk(value, here, first_line)
            yield here, key.start_mark.line + first_line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*path, index), first_line)


def _may_repeat_a_key(text: str) -> bool:
    keys = re.findall(r"^[ \t-]*([^\s:#][^:\n]*):(?:\s|$)|[{,]\s*([^\s:{},]+):\s", text, re.MULTILINE)
    flat = [a or b for a, b in keys]
    return len(flat) != len(set(flat))


def _repeated_keys(node: yaml.Node | None, path: str, first_line: int) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + first_line
            if key.value in seen:
                yield _FAULT(path, line, f"la clé « {key.value} » est donnée deux fois (déjà ligne {seen[key.value]})",
                              "gardez une seule des deux")  # fmt: skip
            seen.setdefault(key.value, line)
            yield from _repeated_keys(value, path, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value, path, first_line)


def _unreadable_shapes(path: str, text: str, first_line: int, aliases: bool) -> Iterator[Problem]:
    """Read as a flat run of events, which no text can overflow, unlike the tree that comes next."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if depth > _DEEPEST:
            yield _FAULT(path, line, "des listes s'emboîtent sans fin", "simplifiez-les")
            return
        if isinstance(event, yaml.AliasEvent) and not aliases:
            message = "un renvoi (« * ») n'a pas sa place dans un message"
            yield _FAULT(path, line, message, "recopiez la valeur, ou mettez-la entre guillemets")


def _syntax_problem(path: str, first_line: int, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = first_line + (mark.line if mark else 0)
    return _FAULT(path, line, "cette ligne n'est pas du YAML lisible",
                   "vérifiez les deux-points, les guillemets et les retraits ; un texte qui contient « : » "
                   "ou commence par un signe se met entre guillemets")  # fmt: skip
