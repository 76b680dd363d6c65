"""What a check found, as forges show it on the lines of a proposal (GitHub, Forgejo, GitLab), as JSON, in a summary."""

from __future__ import annotations

import json
import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from divan.sources.problem import Problem

MOST_IN_SUMMARY = 200  # une forge coupe un résumé trop long

Format = Callable[[Sequence[Problem], Sequence[Problem]], str]
"""Problems, then notices, as one text."""


def _github(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    lines = [_command("error", one) for one in problems] + [_command("notice", one) for one in notices]
    return "\n".join(lines)


def _command(level: str, one: Problem) -> str:
    where = f"file={_property(one.path)}" + (f",line={one.line}" if one.line else "")
    where += f",title={one.code}" if one.code else ""
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
            "description": _sentence(one), "check_name": one.code or "divan", "severity": severity,
            "fingerprint": sha256(f"{said}\n{seen[said]}".encode()).hexdigest(),
            "location": {"path": one.path, "lines": {"begin": one.line or 1}},
        })  # fmt: skip
    return json.dumps(report, ensure_ascii=False, indent=1)


def _json(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    found = {"problems": [*map(_plain, problems)], "notices": [*map(_plain, notices)]}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _markdown(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    """A summary that a moderator reads on a phone; a forge shows it, so no word of it may be read as markup."""
    lines = [] if problems else ["Rien à corriger.", ""]
    for title, found in (("À corriger", problems), ("À regarder", notices)):
        if found:
            told = [
                f"- `{_place(one)}` {_unmarked(_sentence(one))}{f' ({one.code})' if one.code else ''}"
                for one in found[:MOST_IN_SUMMARY]
            ]
            left = len(found) - len(told)
            lines += [f"### {title}", "", *told, *([f"- … et {left} de plus"] if left else []), ""]
    return "\n".join(lines)


def _place(one: Problem) -> str:
    return (one.path + (f":{one.line}" if one.line else "")).replace("`", "'").replace("\n", " ")


def _unmarked(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|!~@&])", r"\\\1", text.replace("\n", " "))


def _plain(one: Problem) -> dict[str, Any]:
    return {"path": one.path, "line": one.line, "message": one.message, "remedy": one.remedy, "code": one.code}


def _sentence(one: Problem) -> str:
    return one.message + (f" ; {one.remedy}" if one.remedy else "")


FORMATS: dict[str, Format] = {"github": _github, "gitlab": _gitlab, "json": _json, "markdown": _markdown}


def wanted_format(text: str) -> tuple[str, Path | None]:
    """« gitlab », or « gitlab:report.json » when it goes into a file."""
    form, _, file = text.partition(":")
    if form != "text" and form not in FORMATS:
        raise ArgumentTypeError(f"attend text, {', '.join(FORMATS)}, ou l'un d'eux suivi de « :FICHIER », pas {text!r}")
    return form, Path(file) if file else None


def report(wanted: Sequence[tuple[str, Path | None]], problems: Sequence[Problem], notices: Sequence[Problem]) -> bool:
    """Give each wanted form to its file or to the screen; False when the screen was given none."""
    for form, file in wanted:
        if form != "text" and file:
            file.write_text(FORMATS[form](problems, notices) + "\n", encoding="utf-8")
        elif form != "text":
            print(FORMATS[form](problems, notices))
    return any(form != "text" and file is None for form, file in wanted)
