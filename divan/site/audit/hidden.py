"""What this edition does not show: threads kept to members, what was withdrawn, cards whose consent has run out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from divan.builder.listing import Blobs, blob_id, under
from divan.catalogue.rows import Rows
from divan.forum.tombstone import is_withdrawn
from divan.history.past import git
from divan.sources.problem import ProblemsFound
from divan.sources.sealed import opened

MEMBERS = "content/members/"
APART = (MEMBERS, "content/results/", "content/images/", "content/hashtags.yaml")

_MEMBERS_READ = ("content/services/", "content/results/")

_DAY = r"^{}[ \t]*:[ \t]*[\"']?(\d{{4}}-\d\d-\d\d)"
_CONSENT, _EXPIRES = (re.compile(_DAY.format(key), re.MULTILINE) for key in ("consent", "expires"))
_VERSIONS = 20  # of a withdrawn post that are looked at

Days = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class HiddenSources:
    """``threads`` with the seals of their files, withdrawn ``replies`` and lapsed ``cards`` with their blobs.

    ``days`` are those of each card, by its blob, so that a card is read once.
    """

    threads: dict[str, bytes] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    days: Days = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.threads or self.replies or self.cards)

    def plain(self) -> tuple[dict[str, bytes], dict[str, str], dict[str, str], dict[str, tuple[str, str]]]:
        """As values that can be put away."""
        return self.threads, self.replies, self.cards, dict(self.days)


def look_for_hidden(
    root: Path, rows: Rows, others: Blobs, today: date, days: Days, *, closed: bool = False
) -> HiddenSources:
    """What is hidden today; in a ``closed`` group, every card and every result too."""
    cards = under(others, MEMBERS)
    known = {blob: days.get(blob) or _days(root / path) for path, blob in cards.items()}
    now = today.isoformat()
    if closed:
        cards = {**cards, **{path: blob for path, blob in others.items() if path.startswith(_MEMBERS_READ)}}
        return HiddenSources(rows.hidden(), {}, {path: blob for path, blob in cards.items() if _says(path)}, {})
    lapsed = {path: blob for path, blob in cards.items() if not known[blob][0] <= now <= known[blob][1]}
    replies = {path: blob_id(root / path) or "" for path in rows.withdrawn_replies()}
    return HiddenSources(rows.hidden(), replies, lapsed, known)


def _says(path: str) -> bool:
    return path.endswith((".md", ".yaml"))


def _days(card: Path) -> tuple[str, str]:
    text = card.read_text("utf-8", "replace") if card.is_file() else ""
    consent, expires = _CONSENT.search(text), _EXPIRES.search(text)
    return consent[1] if consent else "", expires[1] if expires else ""


def hidden_texts(
    root: Path, rows: Rows, hidden: HiddenSources, gone: Iterable[tuple[str, bytes]]
) -> Iterator[tuple[str, str]]:
    """Each hidden source and its text; what a removed one said is asked to git, which may not know.

    ``gone`` are sources removed since the last build, as they were.
    """
    posts = [path for thread in hidden.threads for path in rows.files(thread)]
    tombstones = []
    for path in (*posts, *hidden.replies, *hidden.cards):
        text = _text(root, path)
        if text is not None:
            yield path, text
        if text is None or (path.endswith(".md") and is_withdrawn(text)):
            tombstones.append(path)
    yield from _earlier(root, tombstones)
    yield from ((path, text) for path, content in gone if (text := _said(root, path, content)) is not None)


def _text(root: Path, path: str) -> str | None:
    try:
        return _said(root, path, (root / path).read_bytes())
    except OSError:
        return None


def _said(root: Path, path: str, content: bytes) -> str | None:
    """What these bytes say; None when they are sealed: what nobody opens here, no page made here tells."""
    try:
        return opened(root, path, content).decode("utf-8-sig", "replace")
    except ProblemsFound:
        return None


def _earlier(root: Path, paths: list[str]) -> Iterator[tuple[str, str]]:
    """What withdrawn posts said in the last commits that changed them."""
    if not paths:
        return
    with suppress(ProblemsFound, OSError):
        asked = ("log", "--format=", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z", "--", *paths)
        words = git(root, *asked).decode("utf-8", "surrogateescape").split("\0")
        seen: dict[str, dict[str, None]] = {}
        for about, path in pairwise(words):
            if about.lstrip("\n").startswith(":"):
                old, new = about.split()[2:4]
                seen.setdefault(path, {}).update(dict.fromkeys(one for one in (old, new) if one.strip("0")))
        for path, blobs in seen.items():
            for blob in [*blobs][:_VERSIONS]:
                if (text := _said(root, path, git(root, "cat-file", "blob", blob))) is not None:
                    yield path, text


def removed(root: Path, tree: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Sources that are no more, as they were in the ``tree`` that the last build saw."""
    for path in paths:
        with suppress(ProblemsFound, OSError):
            yield path, git(root, "cat-file", "blob", f"{tree}:./{path}")
