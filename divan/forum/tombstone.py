"""What is left of a withdrawn post: its day and, if one was given, a reason; nothing of its author or its words."""

from __future__ import annotations

import re
from datetime import datetime

REASONS = {
    "patient": "une personne a pu s'y reconnaître",
    "author": "son auteur l'a demandé",
    "rule": "il ne respectait pas la charte",
}

_STATUS = re.compile(r"^status[ \t]*:[ \t]*[\"']?withdrawn\b", re.MULTILINE | re.IGNORECASE)
_REASON = re.compile(r"^reason[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)
_MEMBERS = re.compile(r"^visibility[ \t]*:[ \t]*[\"']?members\b", re.MULTILINE)


def is_withdrawn(text: str) -> bool:
    """Whether a post's head says so, whatever else is wrong with the file: a removal waits for no correction."""
    return "ithdrawn" in text and _STATUS.search(_head(text)) is not None


def was_for_members(text: str) -> bool:
    """Whether a withdrawn post was for members, to whom alone its empty page then goes."""
    return _MEMBERS.search(_head(text)) is not None


def reason_given(text: str) -> str | None:
    """The reason that a withdrawn post already bears."""
    found = _REASON.search(_head(text)) if is_withdrawn(text) else None
    return found[1] if found and found[1] in REASONS else None


def day_of(post_id: str) -> datetime:
    """The day that an id bears; the first of its month when the calendar has no such day."""
    try:
        return datetime.fromisoformat(post_id[:10])
    except ValueError:
        return datetime.fromisoformat(f"{post_id[:7]}-01")


def tombstone(post_id: str, reason: str | None, *, for_members: bool = False) -> str:
    """The whole file of a withdrawn post."""
    lines = [f"date: {post_id[:10]}", "status: withdrawn"]
    lines += [f"reason: {reason}"] if reason else []
    lines += ["visibility: members"] if for_members else []
    return "\n".join(["---", *lines, "---", ""])


def _head(text: str) -> str:
    end = text.find("\n---", 3)
    return text if end < 0 else text[:end]
