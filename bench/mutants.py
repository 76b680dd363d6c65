"""Does a test notice? Small faults put into the code, one at a time, and the tests of that part run on each.

    python -m bench.mutants [--each 12] [--seed 1] [--only plugins] [--named]

Each part of the house gets as many faults, drawn among all that its syntax allows: a comparison turned round, a number
moved, an « and » for an « or », a condition denied, a call left out. Named faults come first, unless ``--only``. A
fault that no test notices is printed with its line. All happens in a copy, whose tests must pass before any fault: what
fails already would notice everything. The house is never touched.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
SLOWER = 8  # times what the tests take on sound code, after which they are stopped: what never ends has been noticed
QUICK = "not browser and not slow and not postgresql"
WANTED = 0.85


@dataclass(frozen=True)
class Part:
    """A part of the house, and the tests that should notice its faults."""

    name: str
    code: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """``path`` with ``text`` instead of its own, told as ``what``."""

    path: str
    line: int
    what: str
    text: str


PARTS = (
    Part("plugins", "plugins", ("tests/plugins",)),
    Part("forum", "divan/forum", ("tests/forum", "tests/builder/test_build.py")),
    Part("privacy", "divan/privacy", ("tests/privacy",)),
    Part("collector", "divan/collector", ("tests/collector",)),
    Part(
        "disclosure", "analysis/disclosure", ("tests/analysis/test_disclosure.py", "tests/analysis/test_coarsening.py")
    ),
)
# the file, what stands in it, what is put instead, the tests that should notice
NAMED = (
    ("divan/forum/directory.py", "timedelta(days=365)", "timedelta(days=3650)", "tests/plugins/test_directories.py"),
    ("divan/catalogue/thread_lists.py", "row.open_to(audience)", "True", "tests/plugins/test_search.py"),
    ("plugins/search.py", ' if edition(site.settings) != "members" else ()', "", "tests/plugins/test_search.py"),
    ("plugins/feeds.py", ",2026:", ",2027:", "tests/plugins/test_feeds.py"),
    ("divan/builder/workers.py", "fcntl.flock(file, fcntl.LOCK_EX)", "pass", "tests/builder/test_alone.py"),
    ("divan/site/build.py", "with alone(settings.work), ", "with ", "tests/builder/test_alone.py"),
    ("divan/builder/memory.py", " if intact(file.parent, state.store) else None", "", "tests/builder/test_memory.py"),
    ("divan/site/code.py", '= ("divan/builder", "divan/sources", "divan/site")', "= ()", "tests/site/test_code.py"),
    ("analysis/plan/specification.py", "DEFAULT_THRESHOLD = 5", "DEFAULT_THRESHOLD = 4", "tests/analysis/test_plan.py"),
)
_TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def main() -> int:
    """Run the survey; 1 when a named fault passes, or fewer than 85 in 100 are noticed."""
    words = _words()
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        copy = _copied(Path(place) / "house")
        parts = [part for part in PARTS if words.only in ("", part.name) and not words.named]
        passed = [] if words.only else _named_that_pass(copy)
        figures = {part.name: _survey(copy, part, words) for part in parts}
    for name, (noticed, tried) in figures.items():
        print(f"{name:12} {noticed:4} / {tried:<4} {noticed / tried:6.0%}")
    noticed, tried = (sum(figure[at] for figure in figures.values()) for at in (0, 1))
    return 1 if passed or noticed < WANTED * tried else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.mutants", description="Des fautes semées, et les tests qui les voient."
    )
    parser.add_argument("--each", type=int, default=12, metavar="N", help="fautes par partie de la maison")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", choices=[part.name for part in PARTS], help="cette partie seulement")
    parser.add_argument("--named", action="store_true", help="les fautes nommées seulement")
    return parser.parse_args()


def _copied(copy: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, copy / name)
    return copy


def _named_that_pass(copy: Path) -> list[Fault]:
    seconds = _must_pass(copy, {test for *_, test in NAMED})
    return [fault for fault, tests in _named(copy) if not _noticed(copy, fault, tests, seconds)]


def _named(copy: Path) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    for path, standing, put, tests in NAMED:
        text = (copy / path).read_text(encoding="utf-8")
        if standing not in text:
            sys.exit(f"{path} : « {standing} » n'y est plus ; mettez NAMED à jour")
        line = text[: text.index(standing)].count("\n") + 1
        yield Fault(path, line, f"{standing} -> {put}", text.replace(standing, put)), (tests,)


def _survey(copy: Path, part: Part, words: argparse.Namespace) -> tuple[int, int]:
    faults = [fault for file in sorted((copy / part.code).rglob("*.py")) for fault in _faults(copy, file)]
    drawn = random.Random(words.seed).sample(faults, min(words.each, len(faults)))
    seconds = _must_pass(copy, part.tests)
    return sum(_noticed(copy, fault, part.tests, seconds) for fault in drawn), len(drawn)


def _noticed(copy: Path, fault: Fault, tests: tuple[str, ...], seconds: float) -> bool:
    file = copy / fault.path
    sound = file.read_text(encoding="utf-8")
    file.write_text(fault.text, encoding="utf-8")
    try:
        noticed = _run(copy, tests, SLOWER * seconds).returncode != 0
    except subprocess.TimeoutExpired:
        noticed = True
    finally:
        file.write_text(sound, encoding="utf-8")
    print(f"{'vue  ' if noticed else 'PASSE'} {fault.path}:{fault.line}: {fault.what}", flush=True)
    return noticed


def _must_pass(copy: Path, tests: Iterable[str]) -> float:
    """Seconds that these tests take on sound code."""
    start = time.monotonic()
    run = _run(copy, tests, None)
    if run.returncode:
        sys.exit(f"Ces tests échouent avant toute faute :\n{run.stdout.decode()[-2000:]}")
    return time.monotonic() - start


def _run(copy: Path, tests: Iterable[str], seconds: float | None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", QUICK, *sorted(tests)]
    # sans bytecode : un module changé deux fois dans la même seconde passerait pour l'ancien
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "DIVAN_EDITS": "8"}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=seconds)


def _faults(copy: Path, file: Path) -> Iterator[Fault]:
    text, path = file.read_text(encoding="utf-8"), file.relative_to(copy).as_posix()
    for number in range(sum(1 for _ in ast.walk(ast.parse(text)))):
        tree = ast.parse(text)
        node = next(node for at, node in enumerate(ast.walk(tree)) if at == number)
        before = _first_line(node)
        if _put_fault(node):
            what = f"{before} -> {_first_line(node)}"
            yield Fault(path, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree)))


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0][:70] if isinstance(node, ast.expr | ast.stmt) else ""


def _put_fault(node: ast.AST) -> bool:
    """Whether ``node`` admits a fault, which it then has."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _TURNED:
            node.ops = [_TURNED[type(operator)]()]
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in _TURNED:
            node.op = _TURNED[type(operator)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.If(test=test) | ast.IfExp(test=test):
            node.test = ast.UnaryOp(ast.Not(), test)
        case ast.Expr(value=ast.Call()) | ast.Return(value=ast.expr()):
            node.value = ast.Constant(None)
        case _:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
