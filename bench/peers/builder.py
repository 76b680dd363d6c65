"""What the bench asks of a builder: write the forum its way, build it, add a reply, build again."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from bench.corpus import Case, Post

NAV = ("cas", "sujets", "mots", "annuaire", "services", "enquetes", "resultats", "recherche")
PLAN = ("charte", "guides", "a-propos", "accessibilite", "activite", "sans-reponse")
PAGE_SIZE = 20
FEED_SIZE = 30


class Builder(ABC):
    """A builder at work in ``folder``; ``made`` are the folders that a cold build must not find."""

    name: ClassVar[str]
    output: ClassVar[str]
    made: ClassVar[tuple[str, ...]]

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self.tools = tools

    @abstractmethod
    def install(self) -> str:
        """Make sure that the builder is there; return its version."""

    @abstractmethod
    def prepare(self, cases: Iterator[Case]) -> None:
        """Write the site's sources, settings and templates."""

    @abstractmethod
    def add_reply(self, case: Case, reply: Post) -> None:
        """Write one more reply to a case."""

    @abstractmethod
    def command(self, changed: Case | None) -> list[str]:
        """The build's command line; ``changed`` is the case that has just received a reply, none for a cold build."""

    def environment(self) -> dict[str, str]:
        """What the build finds in its environment."""
        return dict(os.environ)

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        """Add to a file of the site."""
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)


def excerpt(case: Case) -> str:
    """The first words of a case, given ready-made to the other builders."""
    return case.post.body.split("\n\n")[1].replace("**", "")[:200]


def inlined(reply: Post) -> str:
    """A reply as a part of its case's text."""
    head = dict(reply.head)
    return f"\n## Réponse de {head['author']}, {head['date']}\n\n{reply.body}"


def links(names: tuple[str, ...]) -> str:
    """The links of a header or a footer."""
    return "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in names)


def page(title: str, main: str) -> str:
    """A page around ``main``, as all builders but Divan, whose theme weighs more, make it."""
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<link rel="stylesheet" href="/style.css"></head>\n<body><header><nav><ul>{links(NAV)}</ul></nav></header>\n'
        f"<main>{main}</main>\n<footer><ul>{links(PLAN)}</ul></footer></body></html>\n"
    )
