"""When an item is shown: ``uses = yes and not (age = under_30 or score >= 4)``, parsed once into a tree.

The tree is plain JSON (``{"op": "=", "item": "uses", "value": "yes"}``): Python here and theme/static/form.js
evaluate the same one. ``=`` on a several-choice item means « is among the choices ticked »; no comparison holds
on an item left unanswered, not even ``!=``.

    condition  := conjunct ("or" conjunct)*
    conjunct   := term ("and" term)*
    term       := "not" term | "(" condition ")" | item operator value | item "answered"
    operator   := "=" | "!=" | "<" | "<=" | ">" | ">="
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Tree = dict[str, Any]

_TOKEN = re.compile(r"\s*(?:(?P<word>[A-Za-z0-9_]+)|(?P<sign><=|>=|!=|[=<>()]))")
_COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}
_RESERVED = {"and", "or", "not", "answered"}


class ConditionError(ValueError):
    """A condition that cannot be read; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, and its tree."""

    text: str
    tree: Tree

    def holds(self, answers: Mapping[str, str]) -> bool:
        """True when the condition holds on tidy answers (choices of one item joined by ``;``, empty = missing)."""
        return _holds(self.tree, answers)

    def comparisons(self) -> Iterator[tuple[str, str, str]]:
        """Each (item, operator, value) of the condition; ``answered`` has an empty value."""
        return _leaves(self.tree)


def parse_condition(text: str) -> Condition:
    """Parse ``text``; ConditionError when it does not follow the grammar above."""
    parser = _Parser(text)
    tree = parser.condition()
    if parser.next is not None:
        raise ConditionError(f"« {parser.next} » n'a pas sa place à la fin de « {text} »")
    return Condition(text, tree)


def _holds(tree: Tree, answers: Mapping[str, str]) -> bool:
    op = tree["op"]
    if op == "and":
        return all(_holds(part, answers) for part in tree["of"])
    if op == "or":
        return any(_holds(part, answers) for part in tree["of"])
    if op == "not":
        return not _holds(tree["of"][0], answers)
    given = answers.get(tree["item"], "")
    if op == "answered":
        return given != ""
    if op == "=":
        return tree["value"] in given.split(";")
    if op == "!=":
        return given != "" and tree["value"] not in given.split(";")
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", given)) and _compare(float(given), op, int(tree["value"]))


def _compare(left: float, op: str, right: int) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[op]


def _leaves(tree: Tree) -> Iterator[tuple[str, str, str]]:
    if "of" in tree:
        for part in tree["of"]:
            yield from _leaves(part)
    else:
        yield tree["item"], tree["op"], tree.get("value", "")


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))

    @property
    def next(self) -> str | None:
        return self.tokens[0] if self.tokens else None

    def take(self) -> str:
        if not self.tokens:
            raise ConditionError(f"« {self.text} » s'arrête trop tôt")
        return self.tokens.pop(0)

    def condition(self) -> Tree:
        return self._joined("or", self._conjunct)

    def _conjunct(self) -> Tree:
        return self._joined("and", self._term)

    def _joined(self, op: str, part: Any) -> Tree:
        parts = [part()]
        while self.next == op:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else {"op": op, "of": parts}

    def _term(self) -> Tree:
        word = self.take()
        if word == "not":
            return {"op": "not", "of": [self._term()]}
        if word == "(":
            inside = self.condition()
            if self.take() != ")":
                raise ConditionError(f"une parenthèse n'est pas fermée dans « {self.text} »")
            return inside
        return self._comparison(word)

    def _comparison(self, item: str) -> Tree:
        if item in _RESERVED or not item[0].isalpha():
            raise ConditionError(f"« {item} » n'est pas un identifiant de question dans « {self.text} »")
        op = self.take()
        if op == "answered":
            return {"op": "answered", "item": item}
        if op not in _COMPARISONS:
            raise ConditionError(f"après « {item} » il faut =, !=, <, <=, >, >= ou answered, pas « {op} »")
        value = self.take()
        if not value[0].isalnum():
            raise ConditionError(f"« {item} {op} » se compare à une réponse, pas à « {value} »")
        if op not in ("=", "!=") and not value.isdigit():
            raise ConditionError(f"« {item} {op} » se compare à un nombre entier, pas à « {value} »")
        return {"op": op, "item": item, "value": value}


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ConditionError(f"le signe « {text[position:].strip()[:1]} » est inconnu dans « {text} »")
        yield match["word"] or match["sign"]
        position = match.end()
