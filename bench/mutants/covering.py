"""Which tests run a line: read from coverage's contexts, those of the package first, the most particular before all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from coverage import CoverageData

QUICK = "not browser and not slow and not postgresql"
ENOUGH = 25  # tests tried on a fault, the most particular; one that they all miss counts as missed
SETTINGS = """\
[run]
branch = true
parallel = true
source = divan, surveys, analysis, plugins
patch = subprocess, fork, _exit
dynamic_context = test_function
"""


def covered(copy: Path) -> Path:
    """Run all quick tests of ``copy``; the file that says which lines each of them ran."""
    data = copy / ".coverage"
    (copy / "coverage.ini").write_text(SETTINGS, encoding="utf-8")
    tool = [sys.executable, "-m", "coverage"]
    words = ["run", f"--rcfile={copy}/coverage.ini", "-m", "pytest", "-q", "-n", "2", "-m", QUICK, "tests"]
    done = subprocess.run([*tool, *words], cwd=copy, env=environment(copy), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Ces tests échouent avant toute faute :\n{done.stdout[-2000:]}")
    subprocess.run([*tool, "combine", "-q", f"--rcfile={copy}/coverage.ini"], cwd=copy, check=True)
    return data


def environment(copy: Path) -> dict[str, str]:
    """What the tests of ``copy`` are run in."""
    return {**os.environ, "PYTHONPATH": str(copy), "DIVAN_EDITS": "8", "DIVAN_FUZZ_EXAMPLES": "10"}


class Covering:
    """The tests of ``copy`` by the lines that they run, as ``data`` tells."""

    def __init__(self, copy: Path, data: Path) -> None:
        self._copy = copy
        self._data = CoverageData(str(data))
        self._data.read()
        self._lines: dict[str, dict[int, list[str]]] = {}
        self._texts: dict[str, str] = {}

    def tests(self, path: str, lines: Iterable[int]) -> list[str]:
        """The test file of the module and those that run ``lines``; the whole folder where only fixtures run them."""
        contexts = {context for line in lines for context in self._contexts(path).get(line, ())}
        named, folder = self._mirrors(path)
        found = [test for test in map(self._test, sorted(contexts)) if test]
        found.sort(key=lambda test: (not test.startswith(folder), self._breadths[test]))
        found = found[:ENOUGH] or [folder]
        return [test for test in (named, *found) if (self._copy / test.partition("::")[0]).exists()]

    @cached_property
    def _breadths(self) -> Counter[str]:
        """How many lines each test runs: the fewer, the quicker, and the more it says of each."""
        lines = (self._data.contexts_by_lineno(file).values() for file in self._data.measured_files())
        return Counter(self._test(context) for line in lines for contexts in line for context in contexts)

    def _contexts(self, path: str) -> dict[int, list[str]]:
        if path not in self._lines:
            measured = [file for file in self._data.measured_files() if f"/{file}".endswith(f"/{path}")]
            self._lines[path] = self._data.contexts_by_lineno(measured[0]) if measured else {}
        return self._lines[path]

    def _test(self, context: str) -> str:
        module, _, name = context.rpartition(".")
        path = f"{module.replace('.', '/')}.py"
        return f"{path}::{name}" if f"def {name}(" in self._text(path) else ""

    def _text(self, path: str) -> str:
        if path not in self._texts:
            file = self._copy / path
            self._texts[path] = file.read_text(encoding="utf-8") if file.is_file() else ""
        return self._texts[path]

    @staticmethod
    def _mirrors(path: str) -> tuple[str, str]:
        """The test file of the module, then the folder of its package."""
        package, _, name = path.removeprefix("divan/").rpartition("/")
        folder = f"tests/{package.partition('/')[0]}"
        return f"{folder}/test_{name}", f"{folder}/"
