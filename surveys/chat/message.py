"""What an export holds, whatever the application: messages that somebody wrote, and notices of the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message carries; ``media`` is a file that the export left out without a word of what it was."""

    TEXT = "text"
    LINK = "link"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    MEDIA = "media"
    CONTACT = "contact"
    LOCATION = "location"
    POLL = "poll"
    CALL = "call"
    DELETED = "deleted"


class Event(StrEnum):
    """What a notice of the group tells; ``other`` changes nobody's presence, ``unknown`` could not be told."""

    JOINED = "joined"
    LEFT = "left"
    NUMBER = "number"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """Something that ``author`` wrote, as the export has it; ``minute`` counts from midnight."""

    line: int
    day: date
    minute: int
    author: str
    kind: MessageKind
    text: str
    file: str = ""
    relayed: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """A line of the application: who came, who went; ``people`` are those it tells that of."""

    line: int
    day: date
    event: Event
    people: tuple[str, ...] = ()
    actor: str = ""


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that is neither a message, nor the rest of one, nor a notice."""

    line: int
    text: str


Entry = Message | GroupNotice | UnreadLine
