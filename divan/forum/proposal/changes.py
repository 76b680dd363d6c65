"""What a proposal changes in a post that is already there: a resolution, a correction, a withdrawal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from divan.forum.case_parts import CASE_PARTS, CasePart
from divan.forum.naming import opening_name
from divan.forum.post_text import decode
from divan.forum.proposal.offered import Proposal
from divan.forum.proposal.posts import Picture, gone, opening_of, reply_files, with_pictures
from divan.forum.proposal.yaml_lines import scalar, yaml_lines
from divan.forum.typed_text import as_markdown
from divan.forum.withdrawing import withdraw
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.sealed import opened

_TITLE = re.compile(r"^## (.+?)[ \t]*$", re.MULTILINE)
_RESOLUTION = next(part for part in CASE_PARTS if part.id == "resolution")


def resolution_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """A case gains its resolution, or the next part of it; a topic gains a reply; both take their new status."""
    path = opening_of(root, proposal.thread)
    head, body = _cut(root, path)
    head = _set(head, "status", proposal["status"])
    name = opening_name(path)
    if name is None or name.kind != "cases":
        replies = reply_files(proposal, root, now, pictures)
        return {path: _joined(head, body), **replies}
    images, shown = with_pictures(proposal.thread, root, pictures)
    earlier = _parts(body).get(_RESOLUTION.title, "").strip()
    then = f"{earlier}\n\n**{now.day:02}/{now:%m/%Y}.** " if earlier else ""
    text = as_markdown(proposal["text"]) + shown
    head = _set(head, "resolved", f"{now:%Y-%m-%d}")
    return {path: _joined(_review(head, proposal), _put(body, _RESOLUTION, then + text)), **images}


def correction_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """Words put in the place of others, and parts written again whole."""
    path = (
        f"content/replies/{proposal.thread}/{proposal.reply}.md"
        if proposal.reply
        else opening_of(root, proposal.thread)
    )
    head, body = _cut(root, path)
    if proposal["passage"]:
        body = _replaced(path, body, proposal["passage"], proposal["replacement"])
    if proposal["title"]:
        head = _set(head, "title", proposal["title"])
    for part in CASE_PARTS:
        if proposal[part.id]:
            body = _put(body, part, as_markdown(proposal[part.id]))
    if proposal["text"]:
        body = as_markdown(proposal["text"])
    head = _set(head, "modified", f"{now:%Y-%m-%d}")
    images, shown = with_pictures(proposal.reply or proposal.thread, root, pictures)
    return {path: _joined(_review(head, proposal), body.rstrip() + shown), **images}


def withdrawal_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """What is left once it is withdrawn, as ``divan withdraw`` leaves it."""
    changes = withdraw(root, proposal.target, _REASONS.get(proposal["who"])).changes
    return {path: None if text is None else text.encode() for path, text in changes.items()}


_REASONS = {"author": "author", "patient": "patient"}


def _cut(root: Path, path: str) -> tuple[str, str]:
    """The head and the body of a post, as they are written."""
    file = root / path
    if not file.is_file():
        raise ProblemsFound([Problem(path, None, "ce message n'existe pas, ou n'existe plus", "vérifiez son adresse")])
    text = decode(path, opened(root, path, file.read_bytes()))
    stop_if(gone(path, text))
    end = text.find("\n---", 3)
    if not text.startswith("---\n") or end < 0:
        raise ProblemsFound(
            [Problem(path, 1, "l'en-tête de ce message ne se lit pas", "corrigez-le d'abord à la main")]
        )
    return text[4 : end + 1], text[end + 4 :].lstrip("-").lstrip("\n")


def _joined(head: str, body: str) -> bytes:
    return f"---\n{head}---\n\n{body.strip()}\n".encode()


def _key(name: str) -> re.Pattern[str]:
    """A key of a head with its value, on the lines below it when it is a list."""
    return re.compile(rf"^{name}:.*\n(?:[ \t]+.*\n|- .*\n)*", re.MULTILINE)


def _set(head: str, name: str, value: str) -> str:
    line = yaml_lines({name: value})
    return _key(name).sub(lambda _: line, head, count=1) if _key(name).search(head) else head + line


def _drop(head: str, *names: str) -> str:
    for name in names:
        head = _key(name).sub("", head)
    return head


def _review(head: str, proposal: Proposal) -> str:
    """Passages found harmless are added to those that already were."""
    passages = proposal.lists.get("reviewed", ())
    if not passages:
        return head
    found = _key("reviewed").search(head)
    earlier = re.findall(r"^[ \t]+- .*\n", found[0], re.MULTILINE) if found else []
    lines = [*earlier, *(f"  - {scalar(passage)}\n" for passage in passages)]
    return _drop(head, "reviewed") + "reviewed:\n" + "".join(dict.fromkeys(lines))


def _parts(body: str) -> dict[str, str]:
    _before, *pieces = _TITLE.split(body)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def _put(body: str, part: CasePart, text: str) -> str:
    """The body of a case with one part written, in its place among the others."""
    parts = {**_parts(body), part.title: text}
    order = [known.title for known in CASE_PARTS]
    titles = sorted(parts, key=lambda title: order.index(title) if title in order else len(order))
    return "\n\n".join(f"## {title}\n\n{parts[title].strip()}" for title in titles)


def _replaced(path: str, body: str, passage: str, replacement: str) -> str:
    """The body with one passage changed; it is looked for as it was typed and as it is written."""
    for words in (passage, as_markdown(passage)):
        found = [*re.finditer(r"\s+".join(map(re.escape, words.split())), body)]
        if len(found) == 1:
            return body[: found[0].start()] + as_markdown(replacement) + body[found[0].end() :]
    message = "le passage à corriger doit se trouver une fois, et une seule, dans le message"
    raise ProblemsFound([Problem(path, None, message, "faites la correction à la main, ou demandez une reprise")])
