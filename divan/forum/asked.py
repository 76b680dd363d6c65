"""What a case asks before its answer is read, « Qu'auriez-vous fait ? », for whoever counts what is chosen."""

from __future__ import annotations

import hashlib
from pathlib import Path

from divan.forum.model import Kind, Visibility
from divan.forum.naming import POST_ID, opening_path
from divan.forum.post_text import decode
from divan.forum.tombstone import is_withdrawn
from divan.sources.problem import ProblemsFound
from divan.sources.sealed import opened
from divan.sources.yaml_source import read_yaml, split_front_matter

CHOICES_FILE = "surveys/choices.csv"  # what « divan choices » wrote, and the site shows without a collector
SHORT_SEAL = 12  # of the letters of a seal, as pages bear it
FEWEST = 5  # choices made before their distribution is told: of fewer, one may guess who chose what


def asked(root: Path, thread: str) -> tuple[str, ...]:
    """The choices that a public case offers; none when it offers none, is for members, withdrawn or not there."""
    if not POST_ID.fullmatch(thread):
        return ()
    path = opening_path(Kind.CASE, thread)
    try:
        text = decode(path, opened(root, path, (root / path).read_bytes()))
        if is_withdrawn(text):
            return ()
        front, *_ = split_front_matter(path, text)
        head = read_yaml(path, front, aliases=False).value
    except (OSError, ProblemsFound):
        return ()
    if not isinstance(head, dict) or head.get("visibility", Visibility.PUBLIC) != Visibility.PUBLIC:
        return ()
    offered = head.get("choices")
    return tuple(map(str, offered)) if isinstance(offered, list) else ()


def seal_of_choices(offered: tuple[str, ...]) -> str:
    """Tells one set of choices from another: what was chosen among others does not count for these."""
    return hashlib.sha256("\n".join(offered).encode()).hexdigest()
