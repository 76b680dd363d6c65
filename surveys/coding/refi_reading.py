"""A REFI-QDA project (.qdpx) read back, from Divan or from QualCoder, NVivo, ATLAS.ti, MAXQDA.

They keep the words of a thread, not our guids: QualCoder draws its own at each export, one selection a coding, named
after its words. A user's codes of the same words are put together; codes are known by their guid, else by their labels.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.chat.store import Post
from surveys.coding.coder_file import Coding
from surveys.coding.coding_project import CodingProject, Cutting
from surveys.coding.consensus import Agreed
from surveys.coding.refi_codebook import (
    ReadCodebook,
    children,
    description,
    guid_in,
    guid_of,
    known_book,
    local,
    read_codebook,
    read_xml,
)
from surveys.coding.refi_project import CONSENSUS_USER, FILE
from surveys.coding.text_units import TextUnit
from surveys.coding.whole_thread import WholeThread

_POSITION = re.compile(r"-?\d{1,9}")
_UNIT_NAME = re.compile(r"[\w.\-]{1,40}")
_REMEDY = "partez de celui que « divan codes export » écrit"


@dataclass(frozen=True, slots=True)
class _Selection:
    """Words marked in the thread, from ``start`` to ``end``."""

    element: ElementTree.Element
    start: int
    end: int


def read_project(
    content: bytes, shown: str, known: CodingProject, study: str, posts: Sequence[Post], coder: str = "A"
) -> CodingProject:
    """The project that a .qdpx holds, of the thread of ``posts``; codes and units keep the names of ``known``.

    Words selected elsewhere become units; what names no user is of ``coder``. Raises ProblemsFound when the file is
    not one, or not of this thread.
    """
    root, texts = _opened(content, shown)
    text = WholeThread.of(posts)
    element = next(children(root, "CodeBook"), None)
    book = known_book(known.tree, study) if element is None else read_codebook(element, known.tree, study)
    users, cutting = _users(root), Cutting(known.units)
    given: dict[str, dict[str, Coding]] = {}
    for selection in _of_thread(root, texts, text, shown):
        unit = _unit(selection, text, cutting)
        for user, coding in _decided(selection.element, book, guid_of(study, "review")):
            own = given.setdefault(users.get(user, coder), {})
            before = own.get(unit.id, Coding())
            own[unit.id] = Coding(tuple(dict.fromkeys((*before.codes, *coding.codes))), coding.memo or before.memo,
                                  before.review or coding.review)  # fmt: skip
    agreed = {unit: Agreed(one.codes, one.memo) for unit, one in given.pop(CONSENSUS_USER, {}).items()}
    return CodingProject(book.tree, tuple(sorted(cutting.by_place.values(), key=text.span)), given, agreed)


def _opened(content: bytes, shown: str) -> tuple[ElementTree.Element, dict[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = {name.rpartition("/")[2]: archive.read(name).decode("utf-8-sig") for name in archive.namelist()
                     if name.lower().startswith("sources/") and name.lower().endswith(".txt")}  # fmt: skip
            return read_xml(archive.read(FILE), shown, "Project"), texts
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        message = "un projet REFI-QDA est une archive qui contient « project.qde » et des textes en UTF-8"
        raise ProblemsFound([Problem(shown, None, message, "exportez-le à nouveau")]) from None


def _of_thread(
    root: ElementTree.Element, texts: Mapping[str, str], thread: WholeThread, shown: str
) -> Iterator[_Selection]:
    """The selections of the sources whose text is that of the thread."""
    found = False
    for source in (one for part in children(root, "Sources") for one in children(part, "TextSource")):
        inside = next((one.text or "" for one in children(source, "PlainTextContent")), "")
        text = texts.get(source.get("plainTextPath", "").rpartition("/")[2], inside)
        if text.replace("\r\n", "\n").rstrip() != thread.text.rstrip():
            continue
        found = True
        marked = [*children(source, "PlainTextSelection")]
        places = [(one.get("startPosition", ""), one.get("endPosition", "")) for one in marked]
        wrong = sum(not all(map(_POSITION.fullmatch, place)) for place in places)
        said = f"{wrong} passage(s) n'ont pas de place lisible dans le texte"
        stop_if(Problem(shown, None, said, "exportez-le à nouveau") for _ in range(wrong > 0))
        numbers = [(int(start), int(end)) for start, end in places]
        ends = _doubled(text, thread.text, root, [*zip(marked, numbers, strict=True)])
        yield from (_Selection(one, start - ends(start), end - ends(end))
                    for one, (start, end) in zip(marked, numbers, strict=True))  # fmt: skip
    if not found:
        message = "ce projet ne contient pas le texte de ce fil"
        raise ProblemsFound([Problem(shown, None, message, _REMEDY)])


def _doubled(
    text: str, own: str, root: ElementTree.Element, marked: Sequence[tuple[ElementTree.Element, tuple[int, int]]]
) -> Callable[[int], int]:
    """How much to take off a position of ``text``: its line breaks of two signs, unless its software counts one each.

    ATLAS.ti does; QualCoder, which names a selection after its words, shows that it does.
    """
    breaks = [one.start() for one in re.finditer("\r\n", text)]
    if not breaks or "ATLAS" in root.get("origin", "").upper():
        return lambda _: 0
    late = [(one.get("name", ""), place) for one, place in marked if place[0] > breaks[0]]
    if any(name and name == own[start:end] for name, (start, end) in late):
        return lambda _: 0
    return partial(bisect_left, breaks)


def _unit(selection: _Selection, text: WholeThread, cutting: Cutting) -> TextUnit:
    """The unit of a selection; one that nobody knew keeps its name, unless that is only its words."""
    name = selection.element.get("name", "")
    named = _UNIT_NAME.fullmatch(name) and name != text.text[selection.start : selection.end]
    return cutting.unit(text.place(selection.start, selection.end), name if named else "")


def _decided(selection: ElementTree.Element, book: ReadCodebook, review: str) -> Iterator[tuple[str, Coding]]:
    """What each user gave to a selection; its memo is of who made it."""
    maker = guid_in(selection, "creatingUser")
    given: dict[str, list[str]] = {maker: []}
    for coding in children(selection, "Coding"):
        user = guid_in(coding, "creatingUser") or maker
        for one in coding:
            if local(one) == "CodeRef" and (code := book.ids.get(guid_in(one, "targetGUID"))):
                given.setdefault(user, []).append(code)
    marked = any(guid_in(one, "targetGUID") == review for one in children(selection, "NoteRef"))
    for user, own in given.items():
        found = Coding(tuple(own), description(selection) if user == maker else "", marked and user == maker)
        if found != Coding():
            yield user, found


def _users(root: ElementTree.Element) -> dict[str, str]:
    """The coder of each user: their name in plain letters and digits, numbered when it is already another's."""
    found: dict[str, str] = {}
    for one in (user for part in children(root, "Users") for user in children(part, "User")):
        plain = unicodedata.normalize("NFKD", one.get("name", "")).encode("ascii", "ignore").decode()
        base = "".join(filter(str.isalnum, plain))[:17] or "coder"
        found[guid_in(one, "guid")] = next(
            name for n in range(len(found) + 1) if (name := base if not n else f"{base}{n + 1}") not in found.values()
        )
    return found
