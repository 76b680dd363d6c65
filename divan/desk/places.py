"""Where on the site a published file is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from divan.forum.group import load_group
from divan.forum.model import Kind
from divan.forum.naming import URL_FOLDER, opening_name, opening_path, reply_name
from divan.forum.reserved import for_members


def place_of(files: Mapping[str, bytes | None], root: Path) -> str | None:
    """The address, from the site's root, of the first file that has a page; None when nothing is shown any more."""
    for path, content in sorted(files.items()):
        name = opening_name(path)
        if name and content is not None:
            return f"{URL_FOLDER[name.kind]}/{name.id}/"
        reply = reply_name(path)
        if reply and content is not None:
            return f"{_folder(root, reply.thread)}/{reply.thread}/#r-{reply.id}"
        if path.startswith("content/members/") and content is not None:
            return "annuaire/"
        if path.startswith("content/services/") and content is not None:
            return "services/"
        if path == "content/hashtags.yaml":
            return "mots/"
    return None


def is_for_members(files: Mapping[str, bytes | None], root: Path) -> bool:
    """Whether the thread that these files change is read by members alone, so that the public edition has no page."""
    for path in sorted(files):
        reply = reply_name(path)
        opening = opening_path(_kind(root, reply.thread), reply.thread) if reply else path
        if opening_name(opening) and (root / opening).is_file():
            return for_members(f"{root}/{opening}", load_group(root))
    return False


def _kind(root: Path, thread: str) -> Kind:
    return Kind.TOPIC if (root / opening_path(Kind.TOPIC, thread)).is_file() else Kind.CASE


def _folder(root: Path, thread: str) -> str:
    return URL_FOLDER[_kind(root, thread)]
