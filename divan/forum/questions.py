"""What a post makes one ask before it is published: facts that together may tell who somebody is. Never a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from divan.forum.names import load_names
from divan.forum.post_text import decode
from divan.forum.tombstone import is_withdrawn
from divan.privacy.combinations import find_combinations
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.sources.problem import Problem, ProblemsFound

_FOLDERS = ("cases", "topics", "replies")


def questions(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """The questions of these posts, by their paths from ``root``; other files draw none."""
    names = NO_NAMES
    with suppress(ProblemsFound):
        names = load_names(root)
    for path in paths:
        if path.startswith(tuple(f"content/{folder}/" for folder in _FOLDERS)) and path.endswith(".md"):
            with suppress(ProblemsFound, OSError):
                text = decode(path, (root / path).read_bytes())
                if not is_withdrawn(text):
                    yield from _of_post(path, text, names)


def _of_post(path: str, text: str, names: GroupNames) -> Iterator[Problem]:
    head = text[: text.find("\n---", 4) + 1]
    for question in find_combinations(text[len(head) :], names):
        yield Problem(path, question.line + head.count("\n"), question.says, question.remedy)
