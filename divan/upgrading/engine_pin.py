"""The engine that a group's ``requirements.txt`` asks for, and the one that runs, in the words of pip."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

from divan import __version__
from divan.house import house
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside

PIN_FILE = "requirements.txt"
_PARTS = "divan[site,report,collector]"
_LINE = re.compile(r"^divan(\[[^\]]*\])?\s*(==\s*(?P<version>[^\s;#]+)|@\s*(?P<address>\S+))", re.MULTILINE)
_IN_ADDRESS = re.compile(r"/divan-(?P<wheel>\d[^/-]*)-[^/]*\.whl|@v?(?P<tag>\d+(?:\.\w+)+)$")


@dataclass(frozen=True, slots=True)
class EnginePin:
    """The line that names the engine; ``version`` None when an address does not say it."""

    line: int
    version: str | None


def engine_pin(root: Path) -> EnginePin | None:
    """What the group at ``root`` asks for; None when it names no engine, as the engine's own repository."""
    file = root / PIN_FILE
    if not file.is_file():
        return None
    text = read_text(file, PIN_FILE)
    found = _LINE.search(text)
    if found is None:
        return None
    named = _IN_ADDRESS.search(found["address"] or "")
    version = found["version"] or (named and (named["wheel"] or named["tag"]))
    return EnginePin(text.count("\n", 0, found.start()) + 1, version or None)


def pin(root: Path, requirement: str) -> None:
    """Ask for ``requirement`` from now on, in the place of the line that names the engine."""
    file = root / PIN_FILE
    write_beside(file, re.sub(rf"{_LINE.pattern}.*$", lambda _: requirement, read_text(file, PIN_FILE), count=1,
                              flags=re.MULTILINE))  # fmt: skip


def running_requirement() -> str:
    """What pip installs to have the engine that runs: the address that it came from, at its commit, or its version."""
    try:
        origin = json.loads(Distribution.from_name("divan").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = _checkout()
    if "vcs_info" in origin:
        return f"{_PARTS} @ {origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
    return f"{_PARTS} @ {origin['url']}" if "url" in origin else f"{_PARTS}=={__version__}"


def _checkout() -> dict[str, object]:
    """Where a checkout that is not installed was cloned from, as pip would have noted it; {} for another one."""
    folder = house("theme").parent
    said = [subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False).stdout.strip()
            for words in (("remote", "get-url", "origin"), ("rev-parse", "HEAD"))]  # fmt: skip
    if not said[0].startswith("https://") or not said[1]:
        return {}
    return {"url": said[0], "vcs_info": {"vcs": "git", "commit_id": said[1]}}
