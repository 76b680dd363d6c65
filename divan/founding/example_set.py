"""The example that fills a new forum, and how it is taken out again: what nobody has touched since, nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from divan.forum.naming import free_id, opening_name, reply_name
from divan.sources.problem import Problem, stop_if

EXAMPLE = Path(__file__).parent / "example"
#: At the root of a group's folder: each file of the example, with the digest of what was written.
LIST = "exemple.json"
_DAYS_AGO = re.compile(r"D(\d+)[A-Z]")
_POLL_OF = re.compile(r"^topic: (\S+)$", re.MULTILINE)


class ExampleNames:
    """Identifiers of an example's posts: « D9A » in a name of file is one post, nine days before the first."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._ids: dict[str, str] = {}

    def day(self, word: str) -> date:
        """The day of a post."""
        return self.in_days(-int(re.sub(r"\D", "", word)))

    def in_days(self, days: int) -> date:
        """A day to come."""
        return self._today + timedelta(days=days)

    def post(self, word: str) -> str:
        """The identifier of a post."""
        if word not in self._ids:
            self._ids[word] = free_id(self.day(word), set(self._ids.values()).__contains__)
        return self._ids[word]

    def path(self, name: str) -> str:
        """Where a file of the example goes, from the root of the folder."""
        named = _DAYS_AGO.sub(lambda found: self.post(found[0]), name.removesuffix(".j2"))
        return re.sub(r"^content/(cases|topics)/(\d{4})", r"content/\1/\2/\2", named)


def example_list(texts: Mapping[str, str]) -> str:
    """What ``LIST`` says of these texts, by path."""
    return json.dumps({path: _digest(text.encode()) for path, text in sorted(texts.items())}, indent=1) + "\n"


def remove_example(root: Path) -> tuple[list[str], list[str]]:
    """Take the example out of a group's folder; the paths taken out, then those that stay since somebody wrote there.

    A thread goes with its replies and its poll, a study with all its folder: whole, or not at all.
    """
    listed = _listed(root)
    parts: dict[str, list[str]] = {}
    for path in listed:
        parts.setdefault(_part(root, path), []).append(path)
    gone: list[str] = []
    for paths in parts.values():
        if all(_untouched(root / path, listed[path]) for path in paths) and not any(_others(root, paths, listed)):
            gone += paths
    for path in gone:
        (root / path).unlink(missing_ok=True)
        _sweep(root, (root / path).parent)
    left = {path: digest for path, digest in listed.items() if path not in gone}
    if left:
        (root / LIST).write_text(json.dumps(left, indent=1) + "\n", encoding="utf-8")
    else:
        (root / LIST).unlink()
    return sorted(gone), sorted(left)


def _listed(root: Path) -> dict[str, str]:
    try:
        listed = json.loads((root / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        listed = None
    if not isinstance(listed, dict) or not all(_is_inside(path) for path in listed):
        stop_if([Problem(LIST, None, "ce fichier doit dire ce que l'exemple a écrit, et il manque ou ne se lit pas",
                         "ôtez à la main ce dont le titre commence par « Exemple »")])  # fmt: skip
    return {str(path): str(digest) for path, digest in (listed or {}).items()}


def _is_inside(path: str) -> bool:
    return path.startswith(("content/", "surveys/")) and ".." not in path.split("/")


def _part(root: Path, path: str) -> str:
    """What goes together with a file: the thread that it belongs to, the folder of a study, or itself alone."""
    opening, reply = opening_name(path), reply_name(path)
    if opening or reply:
        return opening.id if opening else reply.thread if reply else ""
    if not path.startswith("surveys/"):
        return path
    folder = path.split("/")[1]
    study = root / "surveys" / folder / "study.yaml"
    tied = _POLL_OF.search(study.read_text(encoding="utf-8")) if study.is_file() else None
    return tied[1] if tied else folder


def _untouched(file: Path, digest: str) -> bool:
    return not file.exists() or _digest(file.read_bytes()) == digest


def _others(root: Path, paths: list[str], listed: Mapping[str, str]) -> Iterator[Path]:
    """What others put in the folders that go: replies to the thread, answers to the study."""
    threads = {opening.id for path in paths if (opening := opening_name(path))}
    folders = {root / "content/replies" / thread for thread in threads}
    folders |= {root / "surveys" / path.split("/")[1] for path in paths if path.startswith("surveys/")}
    for folder in folders:
        files = (file for file in folder.rglob("*") if file.is_file())
        yield from (file for file in files if file.relative_to(root).as_posix() not in listed)


def _sweep(root: Path, folder: Path) -> None:
    """Remove folders that are left empty."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
