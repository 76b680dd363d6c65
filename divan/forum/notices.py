"""What deserves a look without being wrong: nothing here stops a contribution or a build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from divan.forum.directory import is_stale, read_member, read_service
from divan.forum.identities import left_in_place
from divan.forum.questions import questions
from divan.forum.references import Exists
from divan.forum.revealing import revealing
from divan.forum.tombstone import is_withdrawn
from divan.forum.vocabulary import AnyWord, Vocabulary
from divan.sources.problem import FaultKind, Problem, ProblemsFound

_FAULT = FaultKind("N01")

_MORE = re.compile(r"^(?!---$|(?:date|status|reason|visibility) *:).*\S", re.MULTILINE)
_SHOWN = re.compile(r"images/[\w./-]*\w")
_IN_REPLY_TO = re.compile(r"^in_reply_to: *[\"']?([\w-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Watch:
    """What is looked at in the texts of a check: ``today``, whether time's wear is, whether questions are asked."""

    today: date
    worn: bool
    asking: bool

    def over(self, folder: str, path: str, text: str, vocabulary: Vocabulary, exists: Exists) -> Iterator[Problem]:
        """Of one text: a consent that ran out, a service nobody verified for a year, what is left of a removed post.

        What a post names with an excuse is there too, masked; so are hashtags that give an answer away.
        """
        if self.asking and folder in _POSTS and not is_withdrawn(text):
            yield from questions(path, text, vocabulary.group.names)
        if not self.worn:
            return
        if folder in _CARDS:
            with suppress(ProblemsFound):
                yield from _CARDS[folder](path, text, self.today)
        elif folder in _POSTS:
            if is_withdrawn(text):
                yield from _left_behind(path, text)
            elif "\nreviewed:" in text:
                yield from left_in_place(path, text)
            if folder == "replies":
                yield from _answering_nobody(path, text, exists)
            elif folder == "cases" and not is_withdrawn(text) and not isinstance(vocabulary, AnyWord):
                yield from revealing(path, text, vocabulary)


def images_shown(text: str) -> set[str]:
    """The images that a text shows, by their paths from ``content/``."""
    return {*_SHOWN.findall(text)} if "images/" in text else set()


def lone_image(path: str) -> Problem:
    """An image that no page shows is not published, and stays in the repository."""
    return _FAULT(path, None, "aucune page ne montre cette image, qui n'est pas publiée mais reste "
                   "dans le dépôt", "montrez-la dans un message, ou supprimez-la")  # fmt: skip


def _member(path: str, text: str, today: date) -> Iterator[Problem]:
    last_day = read_member(path, text).expires
    if last_day < today:
        message = f"l'accord est échu depuis le {last_day:%d/%m/%Y}, la fiche ne paraît plus"
        yield _FAULT(path, None, message, "renouvelez-le avec la personne, ou supprimez la fiche")


def _service(path: str, text: str, today: date) -> Iterator[Problem]:
    service = read_service(path, text)
    if is_stale(service, today):
        message = f"personne n'a vérifié cette fiche depuis le {service.verified_on:%d/%m/%Y}"
        yield _FAULT(path, None, message, "appelez le service, puis changez « verified_on »")


_POSTS = ("cases", "topics", "replies")
_CARDS: dict[str, Callable[[str, str, date], Iterator[Problem]]] = {"members": _member, "services": _service}


def _left_behind(path: str, text: str) -> Iterator[Problem]:
    if _MORE.search(text):
        post = path.rpartition("/")[2].removesuffix(".md")
        message = "ce message est retiré du site, mais son texte est encore dans le dépôt"
        yield _FAULT(path, None, message, f"« divan withdraw {post} » l'efface ; "
                      "l'historique se nettoie à part, par « divan purge »")  # fmt: skip


def _answering_nobody(path: str, text: str, exists: Exists) -> Iterator[Problem]:
    other = _IN_REPLY_TO.search(text)
    if other and not exists(f"{path.rpartition('/')[0]}/{other[1]}.md"):
        line = text.count("\n", 0, other.start()) + 1
        yield _FAULT(path, line, f"la réponse {other[1]} n'est plus là, celle-ci répond à un message retiré",
                      "rien à faire si vous l'avez supprimée ; sinon, corrigez l'identifiant")  # fmt: skip
