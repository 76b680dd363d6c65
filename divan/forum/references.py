"""What a post points to: other threads, images, the reply that it answers. Whether it exists is looked up by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from divan.forum.model import Reply
from divan.forum.naming import URL_FOLDER, opening_path
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("F06")

_THREAD_LINK = re.compile(r'href="\.\./\.\./(cas|sujets)/([\w-]+)/')
_IMAGE = re.compile(r'src="\.\./\.\./(images/[^"]+)"')
_KIND_OF_URL = {folder: kind for kind, folder in URL_FOLDER.items()}

Exists = Callable[[str], bool]
"""Whether a path, from the repository's root and with slashes, is a file."""


def dead_ends(path: str, text: str, html: str, exists: Exists) -> Iterator[Problem]:
    """Links to threads and images that do not exist, in the HTML of a post."""
    for folder, thread in _THREAD_LINK.findall(html):
        if not exists(opening_path(_KIND_OF_URL[folder], thread)):
            yield _FAULT(path, line_of(text, f"{thread}.md"), f"un lien mène au fil {thread}, qui n'existe pas",
                          "corrigez-le ou retirez-le")  # fmt: skip
    for image in _IMAGE.findall(html):
        if not exists(f"content/{image}"):
            yield _FAULT(path, line_of(text, image), f"l'image content/{image} n'existe pas",
                          "déposez-la, ou corrigez son nom")  # fmt: skip


def reserved_ends(path: str, text: str, html: str, reserved: Exists) -> Iterator[Problem]:
    """Links of a public post to threads that are for members only."""
    for folder, thread in dict.fromkeys(_THREAD_LINK.findall(html)):
        if reserved(opening_path(_KIND_OF_URL[folder], thread)):
            yield _FAULT(path, line_of(text, f"{thread}.md"), "un fil public ne mène pas à un fil réservé aux membres",
                          "retirez le lien, ou réservez aussi ce fil")  # fmt: skip


def answered(path: str, text: str, reply: Reply, exists: Exists) -> Iterator[Problem]:
    """A reply that answers itself, or one that cannot have been there: a reply removed by hand leaves its answers."""
    other, line = reply.info.in_reply_to, line_of(text, "in_reply_to:")
    if other and other == reply.info.id:
        yield _FAULT(path, line, "une réponse ne se répond pas à elle-même", "corrigez « in_reply_to »")
    elif other and not exists(f"content/replies/{reply.info.thread}/{other}.md") and not _may_have_been(other, reply):
        yield _FAULT(path, line, f"« in_reply_to » désigne une réponse du même fil, et {other} n'y est pas",
                      "corrigez l'identifiant, ou retirez la ligne")  # fmt: skip


def _may_have_been(other: str, reply: Reply) -> bool:
    return reply.info.thread[:10] <= other[:10] <= reply.info.id[:10]


def line_of(text: str, words: str) -> int | None:
    """The line where ``words`` first stand, if they do."""
    at = text.find(words)
    return None if at < 0 else text.count("\n", 0, at) + 1
