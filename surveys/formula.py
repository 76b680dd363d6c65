"""The arithmetic of a calculated question: numbers, questions, ``+ - * /`` and brackets. Nothing of it is ever run.

    formula := term (("+" | "-") term)*        term := factor (("*" | "/") factor)*
    factor  := number | question | "-" factor | "(" formula ")"

The tree is what theme/static/form-recall.js reads too. A missing answer, or a division by zero, gives no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Any

Tree = dict[str, Any]

LONGEST, DEEPEST = 300, 20
_SIGN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<item>[a-z][a-z0-9_]*)|(?P<sign>[-+*/()]))")


class FormulaError(ValueError):
    """A formula that cannot be read; the message says what is wrong, in French."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What is calculated, as it is written and as a tree; ``items`` are the questions that it reads."""

    text: str
    tree: Tree

    @property
    def items(self) -> tuple[str, ...]:
        """The questions it reads, each once."""
        return tuple(dict.fromkeys(_items(self.tree)))

    def value(self, answers: Mapping[str, str], decimals: int) -> str:
        """The value as answers keep it, half rounded up; empty when it has none."""
        try:
            with localcontext() as context:
                context.prec = 50
                found = _value(self.tree, answers)
                rounded = found.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        except (InvalidOperation, ZeroDivisionError, LookupError):
            return ""
        text = f"{rounded:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text


def parse_formula(text: str) -> Formula:
    """The formula written in ``text``; FormulaError when it cannot be read."""
    if len(text) > LONGEST:
        raise FormulaError(f"elle dépasse {LONGEST} caractères")
    signs = _Signs(_cut(text))
    tree = _sum(signs, 0)
    if signs.next:
        raise FormulaError(f"« {signs.next[1]} » n'est pas attendu là")
    return Formula(text, tree)


def _cut(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        match = _SIGN.match(text, place)
        if match is None:
            raise FormulaError(f"« {text[place:].strip()[0]} » ne s'écrit pas dans une formule")
        found.append((match.lastgroup or "", match[match.lastgroup or 0]))
        place = match.end()
    return found


class _Signs:
    """What is left to read."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        self._left = found[::-1]

    @property
    def next(self) -> tuple[str, str] | None:
        return self._left[-1] if self._left else None

    def take(self, *wanted: str) -> str:
        """The next sign when it is one of these, else nothing."""
        return self._left.pop()[1] if self._left and self._left[-1][1] in wanted else ""

    def operand(self) -> tuple[str, str]:
        if not self._left:
            raise FormulaError("elle s'arrête trop tôt")
        kind, text = self._left.pop()
        if kind == "sign":
            raise FormulaError(f"« {text} » n'est pas attendu là")
        return kind, text


def _sum(signs: _Signs, depth: int) -> Tree:
    tree = _product(signs, depth)
    while sign := signs.take("+", "-"):
        tree = {"op": sign, "of": [tree, _product(signs, depth)]}
    return tree


def _product(signs: _Signs, depth: int) -> Tree:
    tree = _factor(signs, depth)
    while sign := signs.take("*", "/"):
        tree = {"op": sign, "of": [tree, _factor(signs, depth)]}
    return tree


def _factor(signs: _Signs, depth: int) -> Tree:
    if depth > DEEPEST:
        raise FormulaError("elle a trop de parenthèses")
    if signs.take("-"):
        return {"op": "-", "of": [{"number": "0"}, _factor(signs, depth + 1)]}
    if signs.take("("):
        tree = _sum(signs, depth + 1)
        if not signs.take(")"):
            raise FormulaError("il manque une parenthèse fermante")
        return tree
    kind, text = signs.operand()
    return {kind: text}


def _items(tree: Tree) -> Iterator[str]:
    if "item" in tree:
        yield tree["item"]
    for part in tree.get("of", ()):
        yield from _items(part)


def _value(tree: Tree, answers: Mapping[str, str]) -> Decimal:
    if "number" in tree:
        return Decimal(tree["number"])
    if "item" in tree:
        return Decimal(answers[tree["item"]])
    left, right = (_value(part, answers) for part in tree["of"])
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[tree["op"]](right)
