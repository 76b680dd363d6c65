"""A group's folder with one thread, as « divan chat import » leaves it, for the tests of what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

POST_COLUMNS = "post,day,time,member,kind,file,relayed,edited,text"
MEMBER_COLUMNS = "member,role,gender,specialty,joined,left"


def write_thread(root: Path, files: Mapping[str, str], posts: Iterable[str], members: Iterable[str]) -> Path:
    """The study ``fil`` of ``root``: these files by their paths in its folder, and the rows of the import; ``root``."""
    folder = root / "surveys" / "fil"
    imported = {
        "chat/import.json": "{}",
        "chat/posts.csv": "\n".join([POST_COLUMNS, *posts, ""]),
        "chat/members.csv": "\n".join([MEMBER_COLUMNS, *members, ""]),
    }
    for name, text in {**imported, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
