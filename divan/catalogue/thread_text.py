"""A thread read whole from its files: the opening post, its replies in order, and the row that lists will show."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from sys import intern

from divan.builder.digest import digest, digest_of
from divan.catalogue.row import Row
from divan.catalogue.thread_files import ThreadFiles
from divan.forum.judge import Verdict, judge_opening, judge_reply
from divan.forum.model import Kind, Opening, Reply, ReplyInfo, Status, Thread, Visibility
from divan.forum.naming import POST_ID, opening_name
from divan.forum.post_text import decode
from divan.forum.reading import withdrawn_reply
from divan.forum.reserved import for_members
from divan.forum.tombstone import day_of
from divan.forum.vocabulary import Vocabulary
from divan.images.placing import sized
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import NoIdentity, is_sealed, opened
from divan.sources.slug import slug

_SITE_LINK = re.compile(r'(?:href|src)="\.\./\.\./(mots|cas|sujets|images)/([^"#]+)')
_ANCHOR = re.compile(r'href="#r-([^"]+)"')
_BLOCK = 1 << 16

Judge = Callable[..., Verdict]


@dataclass(frozen=True, slots=True)
class ThreadText:
    """A thread read whole; ``marks`` tell its posts, which identify nobody, from any others."""

    row: Row
    opening: Opening
    replies: tuple[Reply, ...]
    marks: tuple[bytes, ...]


def read_thread(
    root: Path, files: ThreadFiles, vocabulary: Vocabulary, *, known: Collection[bytes] = (), copied: bool = False
) -> ThreadText:
    """Read a thread's files; raises ProblemsFound with all that the judge finds in them, NoIdentity if one is sealed.

    ``known`` are the marks of posts that the same rules already found to identify nobody; ``copied`` says that the
    files are not those of a repository, where some have to be sealed.
    """
    text, problems = _judged(root, files, vocabulary, known, copied=copied)
    if text is None or problems:
        raise ProblemsFound(problems)
    return text


def unread_thread(files: ThreadFiles) -> ThreadText:
    """What stands for a sealed thread where nobody opens it: members alone read it, and nothing is known of it."""
    name = opening_name(files.openings[0]) if files.openings else None
    thread = Thread(
        id=files.id, kind=name.kind if name else Kind.TOPIC, title="", author="", date=day_of(files.id), hashtags=(),
        specialty="", departement="", area=None, status=Status.OPEN, visibility=Visibility.MEMBERS, excerpt="",
    )  # fmt: skip
    return ThreadText(_row(Opening(thread, (), ()), []), Opening(thread, (), ()), (), ())


def _judged(
    root: Path, files: ThreadFiles, vocabulary: Vocabulary, known: Collection[bytes], *, copied: bool
) -> tuple[ThreadText | None, list[Problem]]:
    here = frozenset((*files.openings, *files.replies))
    problems: list[Problem] = []
    marks: list[bytes] = []

    def exists(path: str) -> bool:
        return path in here or os.path.isfile(f"{root}/{path}")

    def reserved(path: str) -> bool:
        return for_members(f"{root}/{path}", vocabulary.group)

    def sound(path: str, judge: Judge) -> Opening | Reply | None:
        try:
            content = _bytes(root, path)
            text = decode(path, opened(root, path, content))
            marks.append(_mark(files, text))
            sealed = None if copied else is_sealed(content)
            about = {"reserved": reserved, "known": marks[-1] in known, "sealed": sealed}
            verdict = judge(path, text, vocabulary, exists, **about)
        except NoIdentity:
            raise
        except ProblemsFound as found:
            problems.extend(found.problems)
            return None
        problems.extend(verdict.problems)
        return None if verdict.problems else verdict.post

    openings = [sound(path, judge_opening) for path in files.openings]
    opening = next((post for post in openings if isinstance(post, Opening)), None)
    if opening and opening.thread.status == Status.WITHDRAWN:
        return _thread(root, files, opening, [], marks), problems
    replies = [post for path in files.replies if isinstance(post := sound(path, judge_reply), Reply)]
    return (_thread(root, files, opening, replies, marks) if opening else None), problems


def _mark(files: ThreadFiles, text: str) -> bytes:
    """All that says whether a post identifies someone: its text, and whether it stands under a case or a topic."""
    return digest(f"{files.openings}\n{text}".encode())


def _thread(root: Path, files: ThreadFiles, opening: Opening, replies: list[Reply], marks: list[bytes]) -> ThreadText:
    replies += _removed_by_hand(files, replies)
    replies.sort(key=lambda reply: (reply.info.date, reply.info.id))
    sized_replies = tuple(_sized_reply(reply, root) for reply in replies)
    return ThreadText(_row(opening, replies), _sized_opening(opening, root), sized_replies, tuple(marks))


def _sized_opening(opening: Opening, root: Path) -> Opening:
    if not any("<img " in section.html for section in opening.sections):
        return opening
    return replace(opening, sections=tuple(replace(one, html=sized(one.html, root)) for one in opening.sections))


def _sized_reply(reply: Reply, root: Path) -> Reply:
    return replace(reply, html=sized(reply.html, root)) if "<img " in reply.html else reply


def read_source(root: Path, path: str) -> str:
    """Text of a source; raises ProblemsFound, NoIdentity for a sealed one that nobody here opens."""
    return decode(path, opened(root, path, _bytes(root, path)))


def _bytes(root: Path, path: str) -> bytes:
    try:
        return _content(f"{root}/{path}")
    except OSError:
        raise ProblemsFound(
            [Problem(path, None, "un message est un fichier, pas un lien", "mettez-y le fichier lui-même")]
        ) from None


def _content(file: str) -> bytes:
    """As ``Path.read_bytes``, at a third of its price: there may be sixty thousand of them."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        parts = [os.read(handle, _BLOCK)]
        while len(parts[-1]) == _BLOCK:
            parts.append(os.read(handle, _BLOCK))
        return b"".join(parts)
    finally:
        os.close(handle)


def _row(opening: Opening, replies: list[Reply]) -> Row:
    texts = [*(section.html for section in opening.sections), *opening.sources, *(reply.html for reply in replies)]
    named = dict.fromkeys(pair for text in texts if '="../../' in text for pair in _SITE_LINK.findall(text))
    inline = (name.rstrip("/") for kind, name in named if kind == "mots")
    uses = dict.fromkeys((*map(slug, (*opening.thread.hashtags, *opening.thread.reveals)), *inline))
    links = [f"{kind}/{name}" for kind, name in named if kind != "mots"]
    answers = [reply.info for reply in replies if not reply.info.withdrawn]
    return _make_row(opening.thread, answers, uses, links)


def _removed_by_hand(files: ThreadFiles, replies: list[Reply]) -> list[Reply]:
    """Tombstones for the replies that others answer or name, and whose files are gone."""
    named = {reply.info.in_reply_to for reply in replies if reply.info.in_reply_to}
    named.update(name for reply in replies if 'href="#r-' in reply.html for name in _ANCHOR.findall(reply.html))
    gone = named - {reply.info.id for reply in replies}
    return [withdrawn_reply(files.id, name) for name in sorted(gone) if POST_ID.fullmatch(name)]


def _make_row(thread: Thread, replies: list[ReplyInfo], uses: Iterable[str], links: Iterable[str]) -> Row:
    """The row of a thread just read; ``replies`` are in order, oldest first."""
    written = thread.date.isoformat()
    shown = (
        thread.id, thread.kind.value, thread.title, intern(thread.author), written, "\n".join(thread.hashtags),
        "\n".join(thread.reveals), intern(thread.specialty), thread.departement, *_area(thread), thread.status.value,
        thread.visibility.value, thread.excerpt, len(replies), _iso(thread.resolved), _iso(thread.modified),
    )  # fmt: skip
    last_reply = max((reply.date.isoformat() for reply in replies), default="")
    last = max(written, last_reply, f"{thread.resolved}T00:00:00" if thread.resolved else "")
    answering = "\n".join(dict.fromkeys(reply.author for reply in replies))
    waited = [thread.waited, *(reply.waited for reply in replies)]
    waits = "\n".join(str(days) for days in waited if days is not None)
    return Row(*shown, last_reply, last, answering, waits, "\n".join(uses), "\n".join(links), digest_of(shown).hex())


def _area(thread: Thread) -> tuple[str, str, bool]:
    return (thread.area.label, thread.area.page, thread.area.members_only) if thread.area else ("", "", False)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
