"""What an import leaves in ``surveys/<study>/chat/``: posts, members and what was counted, all under pseudonyms."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from divan.sources.problem import FaultKind, ProblemsFound
from surveys.chat.message import MessageKind
from surveys.responses import escaped, unescaped

_FAULT = FaultKind("T02")

POSTS, MEMBERS, COUNTS = "posts.csv", "members.csv", "import.json"
POST_COLUMNS = ("post", "day", "time", "member", "kind", "file", "relayed", "edited", "text")
MEMBER_COLUMNS = ("member", "role", "gender", "specialty", "joined", "left")
_REDO = "refaites « divan chat import »"


class Role(StrEnum):
    """A user wrote in the window; an observer never did and stayed; a leaver went without a word."""

    USER = "user"
    OBSERVER = "observer"
    LEAVER = "leaver"


@dataclass(frozen=True, slots=True)
class Post:
    """A message as the study keeps it: its author's pseudonym, its text masked; ``minute`` counts from midnight."""

    number: int
    day: date
    minute: int
    member: str
    kind: MessageKind
    file: str
    relayed: bool
    edited: bool
    text: str

    def saying(self, text: str) -> Post:
        """The same post with other words."""
        return Post(self.number, self.day, self.minute, self.member, self.kind, self.file, self.relayed, self.edited,
                    text)  # fmt: skip

    @property
    def row(self) -> list[str]:
        """Its cells, in the order of the columns."""
        time = f"{self.minute // 60:02}:{self.minute % 60:02}"
        marks = ("yes" if self.relayed else "", "yes" if self.edited else "")
        own = (str(self.number), self.day.isoformat(), time, self.member, self.kind.value, self.file, *marks)
        return [*own, escaped(self.text)]


@dataclass(frozen=True, slots=True)
class ChatMember:
    """Somebody of the group; the days are those of the first arrival and of the last departure that were told."""

    name: str
    role: Role
    gender: str
    specialty: str
    joined: str = ""
    left: str = ""

    @property
    def row(self) -> list[str]:
        """Their cells, in the order of the columns."""
        return [self.name, self.role.value, self.gender, self.specialty, self.joined, self.left]


def chat_folder(folder: Path) -> Path:
    """Where the thread of a study is."""
    return folder / "chat"


def chat_files(folder: Path) -> tuple[Path, ...]:
    """The files of a thread that a report is made from."""
    return tuple(chat_folder(folder) / name for name in (POSTS, MEMBERS, COUNTS))


def read_posts(folder: Path) -> Iterator[Post]:
    """The posts of a study, one at a time, in their order. Raises ProblemsFound at a line that is not one."""
    path = chat_folder(folder) / POSTS
    for line, row in _rows(path, POST_COLUMNS):
        try:
            hours, minutes = row["time"].split(":")
            yield Post(
                int(row["post"]), date.fromisoformat(row["day"]), 60 * int(hours) + int(minutes), row["member"],
                MessageKind(row["kind"]), row["file"], bool(row["relayed"]), bool(row["edited"]),
                unescaped(row["text"]),
            )  # fmt: skip
        except ValueError:
            raise _unreadable(path, line) from None


def read_group(folder: Path) -> tuple[ChatMember, ...]:
    """The members of a study's group."""
    path = chat_folder(folder) / MEMBERS
    found = []
    for line, row in _rows(path, MEMBER_COLUMNS):
        try:
            found.append(ChatMember(row["member"], Role(row["role"]), *(row[name] for name in MEMBER_COLUMNS[2:])))
        except ValueError:
            raise _unreadable(path, line) from None
    return tuple(found)


def read_counts(folder: Path) -> Mapping[str, Any]:
    """What the import counted."""
    path = chat_folder(folder) / COUNTS
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise _unreadable(path, None) from None
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if tuple(next(lines, ())) != columns:
            raise _unreadable(path, 1)
        for row in lines:
            if len(row) != len(columns):
                raise _unreadable(path, lines.line_num)
            yield lines.line_num, dict(zip(columns, row, strict=True))


def _unreadable(path: Path, line: int | None) -> ProblemsFound:
    place = f"surveys/{path.parent.parent.name}/chat/{path.name}"
    return ProblemsFound([_FAULT(place, line, "cette ligne n'est pas celle d'un import", _REDO)])
