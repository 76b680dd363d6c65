"""The file of a new case, topic or reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from divan.forum.case_parts import CASE_PARTS
from divan.forum.model import Kind
from divan.forum.naming import free_id, opening_path
from divan.forum.proposal.offered import Proposal
from divan.forum.proposal.yaml_lines import Value, yaml_lines
from divan.forum.tombstone import is_withdrawn
from divan.forum.typed_text import as_markdown, line_as_markdown
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.sealed import opened


@dataclass(frozen=True, slots=True)
class Picture:
    """An image already made again (``suffix`` is ``.jpg``...), and what it shows, in words."""

    content: bytes
    suffix: str
    alt: str


def case_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """A case: its parts in their order, its pictures after what was found."""
    post_id = _free_opening(root, now)
    images = _images(post_id, pictures)
    parts = [(part.title, as_markdown(proposal[part.id]), part.id) for part in CASE_PARTS if proposal[part.id]]
    shown = _shown(images, pictures)
    body = "\n\n".join(
        f"## {title}\n\n{text}{shown if part == 'findings' else ''}" for title, text, part in parts if text
    )
    return {opening_path(Kind.CASE, post_id): post_file(_head(proposal, now), body), **images}


def topic_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """A topic: a text, its pictures last."""
    post_id = _free_opening(root, now)
    images = _images(post_id, pictures)
    body = as_markdown(proposal["text"]) + _shown(images, pictures)
    return {opening_path(Kind.TOPIC, post_id): post_file(_head(proposal, now), body), **images}


def reply_files(proposal: Proposal, root: Path, now: date, pictures: Sequence[Picture]) -> dict[str, bytes | None]:
    """A reply to a thread, or to one of its replies."""
    opening_of(root, proposal.thread)
    folder = f"content/replies/{proposal.thread}"
    reply_id = free_id(now, _taken(root, lambda one: [f"{folder}/{one}.md"]))
    images = _images(reply_id, pictures)
    head: dict[str, Value] = {
        "date": moment(now),
        "author": proposal["author"],
        "in_reply_to": proposal.reply,
        "waited": proposal.waited,
        "reviewed": proposal.lists.get("reviewed", ()),
    }
    body = as_markdown(proposal["text"]) + _shown(images, pictures)
    return {f"{folder}/{reply_id}.md": post_file(head, body), **images}


def opening_of(root: Path, thread: str) -> str:
    """Where the opening post of ``thread`` lies; ProblemsFound when it has gone."""
    for kind in Kind:
        file = root / opening_path(kind, thread)
        if file.is_file():
            content = opened(root, opening_path(kind, thread), file.read_bytes())
            stop_if(gone(thread, content.decode("utf-8", "replace")))
            return opening_path(kind, thread)
    raise ProblemsFound([Problem(thread, None, "ce fil n'existe pas, ou n'existe plus", "vérifiez son adresse")])


def gone(place: str, text: str) -> list[Problem]:
    """A withdrawn post takes nothing more: whatever was added to it would show what is left of it."""
    message, remedy = "ce message a été retiré", "refusez la proposition : rien ne s'ajoute à un message retiré"
    return [Problem(place, None, message, remedy)] if is_withdrawn(text) else []


def post_file(head: Mapping[str, Value], body: str) -> bytes:
    """The bytes of a post."""
    return f"---\n{yaml_lines(head)}---\n\n{body.strip()}\n".encode()


def with_pictures(post_id: str, root: Path, pictures: Sequence[Picture]) -> tuple[dict[str, bytes | None], str]:
    """Images added to a post that may already have some, and the Markdown that shows them."""
    images = _images(post_id, pictures, _taken(root, lambda one: [one]))
    return images, _shown(images, pictures)


def moment(now: date) -> str:
    """The date of a post, with its time when ``now`` has one."""
    return f"{now:%Y-%m-%d %H:%M}" if isinstance(now, datetime) else f"{now:%Y-%m-%d}"


def _head(proposal: Proposal, now: date) -> dict[str, Value]:
    return {
        "title": proposal["title"],
        "date": moment(now),
        "author": proposal["author"],
        "area": proposal["area"],
        "hashtags": proposal.lists.get("hashtags", ()),
        "choices": proposal.lists.get("choices", ()),
        "specialty": proposal["specialty"],
        "departement": proposal["departement"],
        "status": "open",
        "visibility": proposal["visibility"],
        "sources": [line_as_markdown(source) for source in proposal.lists.get("sources", ())],
        "reviewed": proposal.lists.get("reviewed", ()),
        "waited": proposal.waited,
    }


def _free_opening(root: Path, now: date) -> str:
    return free_id(now, _taken(root, lambda one: [opening_path(kind, one) for kind in Kind]))


def _taken(root: Path, paths: Callable[[str], Sequence[str]]) -> Callable[[str], bool]:
    return lambda one: any((root / path).exists() for path in paths(one))


def _images(
    post_id: str, pictures: Sequence[Picture], taken: Callable[[str], bool] = lambda _path: False
) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    number = 0
    for picture in pictures:
        number += 1
        while taken(f"content/images/{post_id}-{number}{picture.suffix}"):
            number += 1
        found[f"content/images/{post_id}-{number}{picture.suffix}"] = picture.content
    return found


def _shown(images: Mapping[str, bytes | None], pictures: Sequence[Picture]) -> str:
    alts = (line_as_markdown(picture.alt) for picture in pictures)
    lines = (f"\n\n![{alt}](../../{path.removeprefix('content/')})" for path, alt in zip(images, alts, strict=True))
    return "".join(lines)
