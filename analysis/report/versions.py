"""The versions of a final page: numbered, dated, each with why it replaced the last and which figures moved.

They are kept in ``surveys/<study>/versions/``: ``versions.json``, and the page and figures of each that was replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.report.published_figures import Move
from divan.sources.french import long_date
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.writing import write_beside
from surveys.model import Study

_SAVED = re.compile(r'<a href="[^"#/]*" download[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Version:
    """A final page as it stood from a day on; ``figures`` is the digest of its figures.

    ``withdrawn`` is why it is read no more; ``kept`` whether its page was there to be kept.
    """

    number: int
    day: date
    figures: str
    reason: str = ""
    moved: tuple[Move, ...] = ()
    withdrawn: str = ""
    kept: bool = False


def versions_folder(study: Study) -> Path:
    """Where the versions of a study's page are kept."""
    return study.folder / "versions"


def load_versions(study: Study) -> tuple[Version, ...]:
    """The versions of a final page, the first one first; none before. Raises ProblemsFound when they are not read."""
    path = versions_folder(study) / "versions.json"
    if not path.is_file():
        return ()
    try:
        return tuple(_version(one) for one in [*json.loads(path.read_text(encoding="utf-8"))])
    except (ValueError, KeyError, TypeError):
        shown = f"surveys/{study.id}/versions/{path.name}"
        raise ProblemsFound([Problem(shown, None, "ce fichier n'est plus celui que « divan report » a écrit",
                                     "reprenez-le dans git")]) from None  # fmt: skip


def save_versions(study: Study, versions: tuple[Version, ...]) -> None:
    """Write the list of versions, and remove the pages of those that were withdrawn."""
    told = json.dumps([asdict(one) for one in versions], ensure_ascii=False, indent=1, default=str) + "\n"
    write_beside(versions_folder(study) / "versions.json", told)
    for one in versions:
        if one.withdrawn:
            for suffix in ("md", "json"):
                (versions_folder(study) / f"{one.number}.{suffix}").unlink(missing_ok=True)


def keep_page(study: Study, version: Version, page: str, report: str, replaced: Version) -> None:
    """Keep the page of ``version``, which says what replaced it and offers no file any more, and its figures."""
    head, _, body = page.removeprefix("---\n").partition("---\n")
    note = (
        f"<p>Version {version.number} de cette page, remplacée le {long_date(replaced.day)} par "
        f'<a href="../">la version {replaced.number}</a>, qui dit pourquoi.</p>\n'
    )
    shown = _SAVED.sub(r"\1", body)  # its files are no more
    write_beside(versions_folder(study) / f"{version.number}.md", f"---\n{head}---\n{note}{shown}")
    write_beside(versions_folder(study) / f"{version.number}.json", report)


def kept_files(study: Study, versions: tuple[Version, ...]) -> dict[str, bytes]:
    """The files that show earlier versions beside the page."""
    found = {}
    for one in versions:
        for suffix in ("md", "json"):
            path = versions_folder(study) / f"{one.number}.{suffix}"
            if one.kept and not one.withdrawn and path.is_file():
                found[f"version-{one.number}.{suffix}"] = path.read_bytes()
    return found


def withdrawn_before(versions: tuple[Version, ...], reason: str) -> tuple[Version, ...]:
    """The versions, of which the last alone is left to read, and no earlier figure is told again."""
    return tuple(replace(one, moved=(), withdrawn="" if one is versions[-1] else one.withdrawn or reason, kept=False)
                 for one in versions)  # fmt: skip


def _version(raw: Mapping[str, Any]) -> Version:
    moved = tuple(Move(**one) for one in raw["moved"])
    return Version(**{**raw, "day": date.fromisoformat(raw["day"]), "moved": moved})
