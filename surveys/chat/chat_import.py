"""``divan chat import``: an export becomes posts under pseudonyms; nobody's name is written, not even for a moment."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.writing import folder_beside, write_beside
from surveys.chat.chat_rules import ChatRules
from surveys.chat.day_order import DayOrder
from surveys.chat.declared import known_rules
from surveys.chat.exported import Export, open_export
from surveys.chat.gathering import WhoIsThere, gather_group
from surveys.chat.import_report import ChatImportReport
from surveys.chat.known_names import known_names
from surveys.chat.masked_words import Masker
from surveys.chat.masking_apart import masked_posts
from surveys.chat.members import MemberList, read_members
from surveys.chat.message import Event, GroupNotice, Message, UnreadLine
from surveys.chat.naming_people import parts_of
from surveys.chat.people import Cast, cast
from surveys.chat.pseudonyms import keep_pseudonyms, key_path, load_pseudonyms
from surveys.chat.store import COUNTS, MEMBER_COLUMNS, MEMBERS, POST_COLUMNS, POSTS, Post, chat_folder
from surveys.chat.unsure import Doubts, read_decisions, sheet_path
from surveys.study import load_study

_SHOWN = 10
_LONG = 200  # a text of so many signs, word for word that of another post, was copied
_REMEMBERED = 1 << 18
_MANY = 8_000_000  # bytes: below, other processes would not be ready before the end


@dataclass(slots=True)
class _Counted:
    """What passes while posts are written."""

    posts: int = 0
    outside: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    relayed: int = 0
    edited: int = 0
    notices: int = 0
    not_understood: int = 0
    unread: int = 0
    lines: list[tuple[int, str]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def import_chat(
    root: Path, study_id: str, file: Path, *, members: Path | None = None, order: DayOrder | None = None
) -> ChatImportReport:
    """Read ``file`` as the thread of a study, in place of the one imported before.

    Raises ProblemsFound with what is wrong, and writes nothing then. Names only live in memory.
    """
    study = load_study(root / "surveys" / study_id)
    rules = known_rules(study)
    shown = f"surveys/{study.id}"
    decisions = read_decisions(study.folder, shown)
    pseudonyms = load_pseudonyms(study.folder, shown)
    renamed = not key_path(study.folder).is_file() and chat_folder(study.folder).is_dir()
    listed = read_members(members, rules) if members else MemberList()
    export = open_export(file, order)
    group = gather_group(export.entries(), listed, rules)
    doubts = Doubts(pseudonyms)
    masker = _masker(group, rules, decisions, doubts)
    people = cast(group, pseudonyms, masker.names.parts)
    stop_if(_nothing(group, file.name))
    counted = _Counted()
    with folder_beside(chat_folder(study.folder)) as folder:
        posts = masked_posts(_posts(export, group, people, counted), masker, apart=file.stat().st_size > _MANY)
        _write_rows(folder / POSTS, POST_COLUMNS, (post.row for post in posts))
        _write_rows(folder / MEMBERS, MEMBER_COLUMNS, (member.row for member in people.members))
        counts = _counts(export, counted, people, bool(members))
        (folder / COUNTS).write_text(json.dumps(counts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        keep_pseudonyms(study.folder, pseudonyms)
    write_beside(sheet_path(study.folder), doubts.sheet(dict(decisions)))
    lines = tuple((number, masker.mask(text, 0)) for number, text in counted.lines)
    return ChatImportReport(study.id, counts, len(doubts.found), lines, renamed)


def _masker(group: WhoIsThere, rules: ChatRules, decisions: dict[str, str], doubts: Doubts) -> Masker:
    names = known_names(group.all_names, rules.mask)
    kept = frozenset(part for word in rules.keep for part in (fold(word), *parts_of(word)))
    return Masker(names, group.numbers, group.learned, kept, decisions, doubts)


def _nothing(group: WhoIsThere, shown: str) -> Iterator[Problem]:
    if not group.wrote:
        window = f"du {group.rules.opens.isoformat()} au {group.rules.closes.isoformat()}"
        message = f"aucun message de ce fichier n'est dans la fenêtre de l'étude ({window})"
        yield Problem(shown, None, message, "corrigez « chat: from, to » dans study.yaml, ou « --dates »")


def _posts(export: Export, group: WhoIsThere, people: Cast, counted: _Counted) -> Iterator[Post]:
    for entry in export.entries():
        if isinstance(entry, UnreadLine):
            counted.unread += 1
            if len(counted.lines) < _SHOWN:
                counted.lines.append((entry.line, entry.text))
        elif isinstance(entry, GroupNotice):
            counted.notices += 1
            counted.not_understood += entry.event is Event.UNKNOWN
        elif not group.is_in_window(entry.day):
            counted.outside += 1
        elif not group.counts(entry):
            counted.left_out[entry.kind.value] += 1
        else:
            yield _post(entry, people.name(group.person(entry.author)), counted)


def _post(message: Message, member: str, counted: _Counted) -> Post:
    """A post whose text is still to be masked: it only lives in memory."""
    counted.posts += 1
    relayed = message.relayed or _copied(message.text, counted.seen)
    counted.kinds[message.kind.value] += 1
    counted.relayed += relayed
    counted.edited += message.edited
    return Post(counted.posts, message.day, message.minute, member, message.kind, message.file, relayed,
                message.edited, message.text)  # fmt: skip


def _copied(text: str, seen: set[int]) -> bool:
    if len(text) < _LONG:
        return False
    mark = hash(text)
    if mark in seen:
        return True
    if len(seen) < _REMEMBERED:
        seen.add(mark)
    return False


def _write_rows(path: Path, columns: tuple[str, ...], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows(rows)


def _counts(export: Export, counted: _Counted, people: Cast, listed: bool) -> dict[str, Any]:
    return {
        "application": export.application,
        "dates": export.layout.order.value if export.layout else "iso",
        "posts": counted.posts,
        "outside_window": counted.outside,
        "left_out": dict(sorted(counted.left_out.items())),
        "kinds": dict(sorted(counted.kinds.items())),
        "relayed": counted.relayed,
        "edited": counted.edited,
        "notices": counted.notices,
        "notices_not_understood": counted.not_understood,
        "unread_lines": counted.unread,
        "members_listed": listed,
        "not_listed": people.not_listed if listed else 0,
    }
