"""What deserves a look without being wrong: nothing here stops a contribution or a build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from divan.forum.directory import is_stale, read_member, read_service
from divan.forum.identities import left_in_place
from divan.forum.model import Kind
from divan.forum.post_text import decode
from divan.forum.revealing import revealing
from divan.forum.tombstone import is_withdrawn
from divan.forum.vocabulary import load_vocabulary
from divan.sources.problem import Problem, ProblemsFound

_MORE = re.compile(r"^(?!---$|(?:date|status|reason|visibility) *:).*\S", re.MULTILINE)
_SHOWN = re.compile(r"images/[\w./-]*\w")
_IN_REPLY_TO = re.compile(r"^in_reply_to: *[\"']?([\w-]+)", re.MULTILINE)


def notices(root: Path, today: date) -> list[Problem]:
    """Consents that have run out, services nobody verified for a year, what is left of removed posts, lone images.

    What posts name with an excuse is there too, masked, at each check; so are hashtags that give an answer away.
    """
    return sorted({*_members(root, today), *_services(root, today), *_withdrawn(root), *_answering_nobody(root),
                   *_images_nobody_shows(root), *_left_in_place(root), *_revealing(root)}, key=_by_place)  # fmt: skip


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.message


def _left_in_place(root: Path) -> Iterator[Problem]:
    for folder in (*Kind, "replies"):
        for path, text in _texts(root, folder, ".md"):
            if "\nreviewed:" in text and not is_withdrawn(text):
                yield from left_in_place(path, text)


def _revealing(root: Path) -> Iterator[Problem]:
    try:
        vocabulary = load_vocabulary(root)
    except ProblemsFound:
        return
    for path, text in _texts(root, Kind.CASE, ".md"):
        if not is_withdrawn(text):
            yield from revealing(path, text, vocabulary)


def _members(root: Path, today: date) -> Iterator[Problem]:
    for path, text in _texts(root, "members", ".yaml"):
        with suppress(ProblemsFound):
            last_day = read_member(path, text).expires
            if last_day < today:
                message = f"l'accord est échu depuis le {last_day:%d/%m/%Y}, la fiche ne paraît plus"
                yield Problem(path, None, message, "renouvelez-le avec la personne, ou supprimez la fiche")


def _services(root: Path, today: date) -> Iterator[Problem]:
    for path, text in _texts(root, "services", ".yaml"):
        with suppress(ProblemsFound):
            service = read_service(path, text)
            if is_stale(service, today):
                message = f"personne n'a vérifié cette fiche depuis le {service.verified_on:%d/%m/%Y}"
                yield Problem(path, None, message, "appelez le service, puis changez « verified_on »")


def _withdrawn(root: Path) -> Iterator[Problem]:
    for folder in (*Kind, "replies"):
        for path, text in _texts(root, folder, ".md"):
            if is_withdrawn(text) and _MORE.search(text):
                message = "ce message est retiré du site, mais son texte est encore dans le dépôt"
                yield Problem(path, None, message, f"« divan withdraw {Path(path).stem} » l'efface ; "
                              "l'historique se nettoie à part, par « divan purge »")  # fmt: skip


def _answering_nobody(root: Path) -> Iterator[Problem]:
    for path, text in _texts(root, "replies", ".md"):
        other = _IN_REPLY_TO.search(text)
        if other and not (root / path).with_name(f"{other[1]}.md").exists():
            line = text.count("\n", 0, other.start()) + 1
            yield Problem(path, line, f"la réponse {other[1]} n'est plus là, celle-ci répond à un message retiré",
                          "rien à faire si vous l'avez supprimée ; sinon, corrigez l'identifiant")  # fmt: skip


def _images_nobody_shows(root: Path) -> Iterator[Problem]:
    folder = root / "content" / "images"
    left = {file.relative_to(folder.parent).as_posix() for file in folder.rglob("*") if file.is_file()}
    if not left:
        return
    for kind in (*Kind, "replies", "pages"):
        for _, text in _texts(root, kind, ".md"):
            left -= {*_SHOWN.findall(text)}
    for name in sorted(left):
        yield Problem(f"content/{name}", None, "aucune page ne montre cette image, qui n'est pas publiée mais reste "
                      "dans le dépôt", "montrez-la dans un message, ou supprimez-la")  # fmt: skip


def _texts(root: Path, folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """Files that can be read; those that cannot are the business of ``check``."""
    for file in sorted((root / "content" / folder).rglob(f"*{suffix}")):
        path = file.relative_to(root).as_posix()
        with suppress(ProblemsFound, OSError):
            yield path, decode(path, file.read_bytes())
