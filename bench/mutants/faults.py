"""What a fault is: one small change that the syntax allows, where it would change what the code does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# what no test can see: how long one waits, what is remembered, how long a secret is, two lists of one length held to it
_UNSEEN_KEYWORDS = {"timeout", "patience", "maxsize", "strict", "frozen", "slots", "daemon", "default"}
_UNSEEN_CALLS = ("gc.", "secrets.token_")
_UNSEEN_TESTS = ("TYPE_CHECKING", "__name__ == '__main__'")


@dataclass(frozen=True)
class Fault:
    """``path`` with ``text`` instead of its own, told as ``what``; tests that run ``lines`` may notice it."""

    path: str
    lines: range
    what: str
    text: str


@dataclass(frozen=True)
class Place:
    """Where a fault may be put: the ``number``-th of its file."""

    path: str
    number: int


def places(house: Path, code: str, left_out: tuple[str, ...]) -> list[Place]:
    """Every place of the modules under ``code``, in order."""
    found = []
    for file in sorted((house / code).rglob("*.py")):
        path = file.relative_to(house).as_posix()
        if not path.startswith(left_out):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found += [Place(path, number) for number, _ in enumerate(_faulty_nodes(tree, tree))]
    return found


def fault_at(house: Path, place: Place) -> Fault:
    """The fault of that place."""
    tree = ast.parse((house / place.path).read_text(encoding="utf-8"))
    node, statement = list(_faulty_nodes(tree, tree))[place.number]
    before = _first_line(node)
    lines = range(getattr(statement, "lineno", 1), getattr(node, "lineno", 1) + 1)
    _put_fault(node)
    text = ast.unparse(ast.fix_missing_locations(tree))
    return Fault(place.path, lines, f"{before} -> {_first_line(node)}", text)


def _faulty_nodes(node: ast.AST, statement: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    if isinstance(node, ast.stmt):
        statement = node
    if _admits_fault(node):
        yield node, statement
    for name, value in ast.iter_fields(node):
        if name in ("decorator_list", "annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_unseen(child):
                yield from _faulty_nodes(child, statement)


def _is_unseen(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg=name):
            return name in _UNSEEN_KEYWORDS
        case ast.Expr(value=ast.Call() as call) | (ast.Call() as call):
            return ast.unparse(call.func).startswith(_UNSEEN_CALLS)
        case ast.Assign(targets=[ast.Name(id="__slots__")]):
            return True
        case ast.If(test=test):
            return ast.unparse(test) in _UNSEEN_TESTS
    return False


def _admits_fault(node: ast.AST) -> bool:
    match node:
        case ast.Compare(ops=[operator]) | ast.BinOp(op=operator) | ast.BoolOp(op=operator):
            return type(operator) in _TURNED
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.Return(value=ast.Constant(value=value)):
            return bool(value)  # « return False » for « return None »: most who read it ask only whether it is true
        case ast.If() | ast.IfExp() | ast.Expr(value=ast.Call()) | ast.Return(value=ast.expr()):
            return True
    return False


def _put_fault(node: ast.AST) -> None:
    match node:
        case ast.Compare(ops=[operator]):
            node.ops = [_TURNED[type(operator)]()]
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator):
            node.op = _TURNED[type(operator)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.If(test=test) | ast.IfExp(test=test):
            node.test = ast.UnaryOp(ast.Not(), test)
        case ast.Expr() | ast.Return():
            node.value = ast.Constant(None)


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0][:70]
