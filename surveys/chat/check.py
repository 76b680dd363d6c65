"""What ``divan check`` says of a thread that was imported: its files read, and every post is a member's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from surveys.chat.store import MEMBERS, POSTS, chat_files, read_group, read_posts

_FAULT = FaultKind("T01")


def thread_problems(folder: Path) -> Iterator[Problem]:
    """Every fault of the thread in a study's folder; none when nothing was imported."""
    if not all(path.is_file() for path in chat_files(folder)):
        return
    try:
        names = {one.name for one in read_group(folder)}
        strangers = sum(post.member not in names for post in read_posts(folder))
    except ProblemsFound as found:
        yield from found.problems
        return
    if strangers:
        message = f"{strangers} message(s) ne sont d'aucun membre de {MEMBERS}"
        yield _FAULT(f"surveys/{folder.name}/chat/{POSTS}", None, message, "refaites « divan chat import »")
