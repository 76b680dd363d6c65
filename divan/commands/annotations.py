"""What a check found, as a forge shows it on the lines of a proposal: GitHub and Forgejo, GitLab, or plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from divan.sources.problem import Problem

Format = Callable[[Sequence[Problem], Sequence[Problem]], str]
"""Problems, then notices, as one text."""


def _github(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    lines = [_command("error", one) for one in problems] + [_command("notice", one) for one in notices]
    return "\n".join(lines)


def _command(level: str, one: Problem) -> str:
    where = f"file={_property(one.path)}" + (f",line={one.line}" if one.line else "")
    return f"::{level} {where}::{_data(_sentence(one))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _gitlab(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    """A Code Quality report; a fingerprint is what a fault says, not its line, so that it follows its text."""
    found = [*((one, "major") for one in problems), *((one, "info") for one in notices)]
    seen: dict[str, int] = {}
    report = []
    for one, severity in found:
        said = f"{one.path}\n{one.message}"
        seen[said] = seen.get(said, 0) + 1
        report.append({
            "description": _sentence(one), "check_name": "divan", "severity": severity,
            "fingerprint": sha256(f"{said}\n{seen[said]}".encode()).hexdigest(),
            "location": {"path": one.path, "lines": {"begin": one.line or 1}},
        })  # fmt: skip
    return json.dumps(report, ensure_ascii=False, indent=1)


def _json(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    found = {"problems": [*map(_plain, problems)], "notices": [*map(_plain, notices)]}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _plain(one: Problem) -> dict[str, Any]:
    return {"path": one.path, "line": one.line, "message": one.message, "remedy": one.remedy}


def _sentence(one: Problem) -> str:
    return one.message + (f" ; {one.remedy}" if one.remedy else "")


FORMATS: dict[str, Format] = {"github": _github, "gitlab": _gitlab, "json": _json}
