"""Exports in JSON: Telegram's own (result.json), and Signal's by signal-export (data.json, one message a line)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from divan.sources.problem import Problem, ProblemsFound
from surveys.chat.attachments import content, has_link, kind_of_file
from surveys.chat.message import Entry, Event, GroupNotice, Message, MessageKind, UnreadLine

_TELEGRAM_KINDS = {
    "sticker": MessageKind.STICKER, "voice_message": MessageKind.AUDIO, "audio_file": MessageKind.AUDIO,
    "video_file": MessageKind.VIDEO, "video_message": MessageKind.VIDEO, "animation": MessageKind.VIDEO,
}  # fmt: skip
_TELEGRAM_EVENTS = {
    "invite_members": Event.JOINED, "join_group_by_link": Event.JOINED, "join_group_by_request": Event.JOINED,
    "remove_members": Event.LEFT,
}  # fmt: skip


def json_entries(source: IO[str], shown: str) -> tuple[str, Iterator[Entry]]:
    """The application's name and its messages; ProblemsFound when this JSON is of neither."""
    text = source.read()
    try:
        whole = json.loads(text)
    except ValueError:
        rows = [*_by_line(text)]
        if any(_is_signal(row) for _, row in rows):
            return "signal", _signal(rows)
        raise _unknown(shown) from None
    if isinstance(whole, dict) and isinstance(whole.get("messages"), list):
        return "telegram", _telegram(whole["messages"])
    rows = [*enumerate([whole] if isinstance(whole, dict) else whole if isinstance(whole, list) else (), 1)]
    if any(_is_signal(row) for _, row in rows):
        return "signal", _signal(rows)
    raise _unknown(shown)


def _is_signal(row: Any) -> bool:
    return isinstance(row, dict) and "sender" in row and "date" in row


def _unknown(shown: str) -> ProblemsFound:
    message = "ce JSON n'est ni celui de Telegram, ni celui de Signal (signal-export)"
    return ProblemsFound([Problem(shown, None, message, "donnez result.json, ou data.json")])


def _by_line(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            yield number, row if isinstance(row, dict) else None


def _telegram(messages: list[Any]) -> Iterator[Entry]:
    for number, row in enumerate(messages, 1):
        when = _time(row.get("date")) if isinstance(row, dict) else None
        if when is None:
            yield UnreadLine(number, "")
        elif row.get("type") == "service":
            yield _telegram_notice(number, when, row)
        else:
            yield _telegram_message(number, when, row)


def _telegram_notice(number: int, when: datetime, row: dict[str, Any]) -> GroupNotice:
    event = _TELEGRAM_EVENTS.get(str(row.get("action")), Event.OTHER)
    actor = str(row.get("actor") or "")
    people = tuple(str(one) for one in row.get("members") or () if one)
    if event is not Event.OTHER and not people:
        people = (actor,) if actor else ()
    return GroupNotice(number, when.date(), event, people, actor)


def _telegram_message(number: int, when: datetime, row: dict[str, Any]) -> Message:
    text = _flat(row.get("text")).strip()
    kind, ending = MessageKind.LINK if has_link(text) else MessageKind.TEXT, ""
    if row.get("photo"):
        kind, ending = MessageKind.PHOTO, "jpg"
    elif row.get("file") or row.get("media_type"):
        by_name, ending = kind_of_file(str(row.get("file_name") or row.get("file") or ""))
        kind = _TELEGRAM_KINDS.get(str(row.get("media_type")), by_name)
    for name, found in (
        ("poll", MessageKind.POLL),
        ("location_information", MessageKind.LOCATION),
        ("contact_information", MessageKind.CONTACT),
    ):
        kind = found if row.get(name) else kind
    if kind is MessageKind.POLL:
        poll = row["poll"]
        text = "\n".join([str(poll.get("question", "")), *(_flat(one.get("text")) for one in poll.get("answers", ()))])
    author = str(row.get("from") or row.get("from_id") or "")
    minute = 60 * when.hour + when.minute
    relayed = bool(row.get("forwarded_from")) or content(text).relayed
    return Message(number, when.date(), minute, author, kind, text, ending, relayed, bool(row.get("edited")))


def _flat(text: Any) -> str:
    if isinstance(text, list):
        text = "".join(one if isinstance(one, str) else str(one.get("text", "")) for one in text)
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


def _signal(rows: list[tuple[int, Any]]) -> Iterator[Entry]:
    for number, row in rows:
        when = _time(row.get("date")) if _is_signal(row) else None
        author = str(row.get("sender") or "") if _is_signal(row) else ""
        if when is None or not author:
            yield UnreadLine(number, "")
            continue
        text = _flat(row.get("body")).strip()
        files = row.get("attachments") or ()
        kind, ending = MessageKind.LINK if has_link(text) else MessageKind.TEXT, ""
        if row.get("sticker"):
            kind = MessageKind.STICKER
        elif files:
            first = files[0] if isinstance(files[0], dict) else {"path": files[0]}
            kind, ending = kind_of_file(str(first.get("name") or first.get("path") or first.get("fileName") or ""))
        minute = 60 * when.hour + when.minute
        yield Message(number, when.date(), minute, author, kind, text, ending, content(text).relayed)


def _time(written: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written))
    except ValueError:
        return None
