"""The code that makes reports, by name: its version, the commit that last touched it, the digest of its text.

It is every file of analysis/, a group's own modules among them, and the modules of surveys/ that they import. What
reads YAML or finds identifiers is left out: it refuses, it does not count.
"""

from __future__ import annotations

import ast
import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import analysis
from divan import __version__

HOUSE = Path(__file__).resolve().parents[2]
SUFFIXES = frozenset({".py", ".html", ".yaml", ".json"})


@dataclass(frozen=True, slots=True)
class AnalysisCode:
    """``commit`` is None when git does not hold these very files; ``sha256`` tells them apart from any others."""

    version: str
    commit: str | None
    sha256: str


def analysis_code() -> AnalysisCode:
    """The code as it is on this machine, now."""
    files = code_files()
    ours = [name for name, path in files.items() if path.is_relative_to(HOUSE)]
    return AnalysisCode(__version__, _commit(ours), _digest(files))


def code_files() -> dict[str, Path]:
    """Each file by its name from the root, in order of names."""
    found = {name: path for name, path in [*_rooms(), *_own()] if path.is_file()}
    waiting = list(found.values())
    while waiting:
        for module in _imported(waiting.pop()):
            name = module.replace(".", "/")
            for file in (f"{name}.py", f"{name}/__init__.py"):
                if file not in found and (HOUSE / file).is_file():
                    found[file] = HOUSE / file
                    waiting.append(HOUSE / file)
    return dict(sorted(found.items()))


def _rooms() -> Iterator[tuple[str, Path]]:
    for path in (HOUSE / "analysis").rglob("*"):
        if path.suffix in SUFFIXES:
            yield path.relative_to(HOUSE).as_posix(), path


def _own() -> Iterator[tuple[str, Path]]:
    """What a group adds lies at the root of its own analysis/; of two modules of one name, the first is what runs."""
    for folder in map(Path, reversed(analysis.__path__)):
        yield from ((f"analysis/{path.name}", path) for path in folder.glob("*.py"))


def _imported(path: Path) -> tuple[str, ...]:
    text = path.read_bytes() if path.suffix == ".py" else b""
    return _named(text) if b"from surveys" in text else ()  # to parse every file takes half a second


@cache
def _named(text: bytes) -> tuple[str, ...]:
    """The modules of surveys/ that a module's text imports, and the packages that they lie in."""
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "surveys":
            parts = [*(node.module or "").split(".")]
            found += (".".join(parts[:n]) for n in range(1, len(parts) + 1))
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def _digest(files: dict[str, Path]) -> str:
    """A line for each file, as sha256sum writes it; line endings are git's, not the machine's."""
    contents = {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in files.items()}
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _commit(names: list[str]) -> str | None:
    """The last commit that changed one of these files, when git has them all as they are."""
    if _git("status", "--porcelain", "--ignored", "--", *names) != "":
        return None
    return _git("log", "-1", "--format=%H", "--", *names) or None


def _git(*words: str) -> str | None:
    try:
        asked = subprocess.run(["git", *words], cwd=HOUSE, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None
