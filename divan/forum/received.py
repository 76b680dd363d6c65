"""Posts and entries that came by hand or by mail: found in a file, an ``.eml``, a mailbox or a folder of them."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from divan.forum.model import Kind
from divan.forum.naming import POST_ID, opening_path
from divan.forum.post_text import decode
from divan.sources.problem import Problem, ProblemsFound

_PLACE = re.compile(r"content/(?:cases|topics|replies|members|services)/[\w./-]+\.(?:md|yaml)")
_REPLY_HEAD = re.compile(r"^title[ \t]*:", re.MULTILINE)
_NOT_THE_POST = re.compile(
    r"^(?:-- ?$|_{5,}$|-{5} ?(?:Message d'origine|Original Message)|Envoyé (?:de|depuis) |Sent from my "
    r"|Le .{6,120} a écrit\s*:\s*$|On .{6,120} wrote:\s*$|Obtenez? Outlook pour |(?:>.*\n?)+\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Received:
    """A file for the repository at ``path``; ``cut`` says how many lines of a mail's own were left out."""

    source: str
    path: str
    text: str
    cut: int = 0


def received_in(place: Path) -> list[Received]:
    """Everything that ``place`` holds; raises ProblemsFound, all at once, for what is no post and no entry."""
    found: list[Received] = []
    problems: list[Problem] = []
    for file in sorted(one for one in place.rglob("*") if one.is_file()) if place.is_dir() else [place]:
        for source, content, subject in _texts(file, problems):
            try:
                found.append(_received(source, content, subject))
            except ProblemsFound as faulty:
                problems += faulty.problems
    if not found and not problems:
        problems.append(Problem(str(place), None, "rien n'a été trouvé ici", "donnez un fichier, un .eml ou une boîte"))
    if problems:
        raise ProblemsFound(problems)
    return found


def _texts(file: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes, str]]:
    """(what it is called, its content, the subject of its mail) of each post in a file."""
    try:
        content = file.read_bytes()
    except OSError:
        problems.append(Problem(str(file), None, "ce fichier ne se laisse pas lire", "vérifiez son nom"))
        return
    if file.suffix in (".md", ".yaml"):
        yield file.name, content, ""
    elif content.startswith(b"From "):
        with closing(mailbox.mbox(file, create=False)) as box:
            for number, message in enumerate(box, 1):
                yield from _mail(f"{file.name}, message {number}", message.as_bytes())
    else:
        yield from _mail(file.name, content)


def _mail(source: str, content: bytes) -> Iterator[tuple[str, bytes, str]]:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - c'est ce que donne cette politique
    subject = str(message.get("subject") or "")
    attached = [
        part for part in message.iter_attachments() if str(part.get_filename() or "").endswith((".md", ".yaml"))
    ]
    for part in attached:
        yield f"{source}, {part.get_filename()}", part.get_payload(decode=True) or b"", subject  # type: ignore[misc]
    body = None if attached else message.get_body(("plain",))
    if body is not None:
        yield source, body.get_content().encode(), subject
    elif not attached:
        yield source, b"", subject


def _received(source: str, content: bytes, subject: str) -> Received:
    text = decode(source, content)
    by_mail = bool(subject) or source.endswith(".eml")
    start = re.search(r"^---$", text, re.MULTILINE)
    if source.endswith(".yaml"):
        return Received(source, _entry_path(source, text, subject), text)
    if start is None:
        message = "aucun message du forum n'a été trouvé : il commence par « --- »"
        remedy = "demandez à l'auteur le fichier que la page « Proposer » enregistre"
        raise ProblemsFound([Problem(source, None, message, remedy)])
    kept = text[start.start() :]
    head_end = kept.find("\n---\n", 3) + 5
    end = _NOT_THE_POST.search(kept, head_end) if by_mail and head_end > 5 else None
    post = kept[: end.start()].rstrip() + "\n" if end else kept
    cut = text[: start.start()].count("\n") + (kept[end.start() :].count("\n") if end else 0)
    return Received(source, _post_path(source, post, subject), post, cut)


def _post_path(source: str, post: str, subject: str) -> str:
    said = _PLACE.search(subject)
    if said and ".." not in said[0]:
        return said[0]
    named, head = POST_ID.search(source), post[: post.find("\n---", 3)]
    if named and _REPLY_HEAD.search(head):
        return opening_path(Kind.TOPIC if re.search(r"^area[ \t]*:", head, re.MULTILINE) else Kind.CASE, named[0])
    remedy = "mettez dans l'objet le chemin que donne la page, comme content/replies/FIL/RÉPONSE.md"
    raise ProblemsFound([Problem(source, None, "rien ne dit où ce message se range", remedy)])


def _entry_path(source: str, text: str, subject: str) -> str:
    said = _PLACE.search(subject)
    if said and ".." not in said[0]:
        return said[0]
    folder = "members" if re.search(r"^consent[ \t]*:", text, re.MULTILINE) else "services"
    return f"content/{folder}/{Path(source.rpartition(', ')[2]).name}"
