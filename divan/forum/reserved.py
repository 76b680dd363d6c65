"""Which posts are read by members alone, and whether their files keep it so in a repository that everybody sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from divan.forum.group import Group
from divan.forum.tombstone import is_withdrawn
from divan.sources.problem import FaultKind, Problem
from divan.sources.sealed import is_sealed

_FAULT = FaultKind("I04")

_FOR_MEMBERS = re.compile(rb"^visibility[ \t]*:[ \t]*[\"']?members", re.MULTILINE)
_AREA = re.compile(rb"^area[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)


def for_members(file: str, group: Group) -> bool:
    """Whether the file of an opening post says that its thread is for members only, or its area does."""
    try:
        with open(file, "rb") as opened:
            return said_for_members(opened.read(), group)
    except OSError:
        return False


def said_for_members(content: bytes, group: Group) -> bool:
    """The same of the bytes of an opening post; a sealed one is theirs."""
    head = content.partition(b"\n---")[0]
    area = _AREA.search(head)
    return (
        is_sealed(content)
        or _FOR_MEMBERS.search(head) is not None
        or (area is not None and group.area(area[1].decode()).members_only)
    )


def misplaced_seal(
    path: str, text: str, sealed: bool | None, reserved: Callable[[], bool], group: Group
) -> Iterator[Problem]:
    """A post in the clear that should be sealed, or sealed though it is for all; nothing of a text without a file."""
    if sealed is None or not (sealed or group.sealed_for) or is_withdrawn(text) or sealed == reserved():
        return
    if sealed:
        message, remedy = "un message chiffré est pour les membres, et celui-ci est pour tous", "« divan members open »"
    else:
        message = "dans ce dépôt, un message pour les membres est chiffré, et celui-ci se lit"
        remedy = "« divan members seal » ; s'il a déjà été envoyé, « divan purge » l'ôte de l'histoire"
    yield _FAULT(path, None, message, f"{remedy} ({path})" if sealed else remedy)
