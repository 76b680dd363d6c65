"""A build that is killed: at a chosen publishing step by itself, or at any moment by whoever started it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from divan.builder import output
from tests import small_forum as forum

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["divan.site.build", "divan.site.pelican", "jinja2.ext"])
STEPS = 120  # more than a build of the small forum takes to publish


def build_killed(root: Path, chance: random.Random, settings: dict[str, Any]) -> bool:
    """Start a build of ``root`` and kill it; False when it had ended before."""
    step = chance.randrange(STEPS) if chance.random() < 0.6 else None
    process = PROCESSES.Process(target=_build_until, args=(root, step, settings))
    process.start()
    if step is None:
        time.sleep(chance.random() * 0.8)
        process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def _build_until(root: Path, step: int | None, settings: dict[str, Any]) -> None:
    """Build, and die when publishing for the ``step``th time renames or deletes a file."""
    left = step

    def dying(act: Any) -> Any:
        def acting(*args: Any, **words: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left = None if left is None else left - 1
            return act(*args, **words)

        return acting

    for name in ("replace", "unlink", "rename"):
        setattr(output.os, name, dying(getattr(os, name)))
    forum.settle(root, **settings)


class Links(HTMLParser):
    """Addresses that a page leads to or loads."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def broken_links(output: Path) -> list[str]:
    """Links that lead nowhere, in all pages that a visitor reaches from the home page."""
    broken, seen, waiting = [], set(), ["index.html"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        for link in Links((output / page).read_bytes()).found:
            target = _target(page, link)
            if target is None or target in seen:
                continue
            if not (output / target).is_file():
                broken.append(f"{page} -> {link}")
            elif target.endswith(".html"):
                waiting.append(target)
                seen.add(target)
    return broken


def _target(page: str, link: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or "chercher" in parts.path:
        return None
    target = normpath(str(PurePosixPath(page).parent / unquote(parts.path)))
    return f"{target}/index.html".removeprefix("./") if parts.path.endswith(("/", ".", "..")) else target
