"""The page of a thread as it will be: the site's own code, over a repository's files and those of a proposal."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from divan.builder.inputs import read_inputs
from divan.builder.rendering import Renderer, environment
from divan.builder.settings import Settings
from divan.catalogue.thread_files import ThreadFiles, thread_of
from divan.catalogue.thread_page import addresses, thread_page
from divan.catalogue.thread_text import read_thread
from divan.forum.model import Kind
from divan.forum.naming import POST_ID, opening_path
from divan.forum.vocabulary import load_vocabulary
from divan.site.furniture import furniture
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import opened

Files = Mapping[str, bytes | None]

_IMAGE = re.compile(r"\bimages/[^\s)\"'<>]+")
_THREAD = re.compile(rf"\b({POST_ID.pattern})\.md")


def thread_renderer(settings: Settings) -> Renderer:
    """What renders any number of threads."""
    said = furniture(settings)
    return Renderer(environment(settings), settings, read_inputs(settings, said.code, said.files, ()), said, None)


def render_thread(settings: Settings, content: Path, files: Files) -> bytes | None:
    """The page of the thread that ``files`` change, over what ``content`` (a repository) holds; None without one.

    Raises ProblemsFound when the thread would not stand.
    """
    thread = next((found for path in sorted(files) if (found := thread_of(path))), None)
    return render_named(thread_renderer(settings), settings, content, thread, files) if thread else None


def render_named(renderer: Renderer, settings: Settings, content: Path, thread: str, files: Files) -> bytes:
    """The same for the thread of that id, whether ``files`` change it or not."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        _lay(root, content, thread, files)
        openings = tuple(path for kind in Kind if (root / (path := opening_path(kind, thread))).is_file())
        if not openings:
            raise ProblemsFound([Problem(f"content/replies/{thread}", None, f"le fil {thread} n'a pas de message "
                                         "d'ouverture", "vérifiez son identifiant")])  # fmt: skip
        replies = sorted((root / "content/replies" / thread).glob("*.md"))
        named = ThreadFiles(thread, openings, tuple(f"content/replies/{thread}/{file.name}" for file in replies))
        text = read_thread(root, named, load_vocabulary(root), copied=True)
    return renderer.render(thread_page(text, addresses(settings)))


def _lay(root: Path, content: Path, thread: str, files: Files) -> None:
    """The thread, the vocabulary and what the thread names, in a root of their own."""
    folder = f"content/replies/{thread}"
    names = os.listdir(content / folder) if (content / folder).is_dir() else []
    own = [*(opening_path(kind, thread) for kind in Kind), *(f"{folder}/{n}" for n in names)]
    shared = ("content/forum.yaml", "content/names.yaml", "content/abbreviations.yaml", "content/hashtags.yaml")
    _copy(root, content, [path for path in (*shared, *own) if path not in files])
    for path, new in files.items():
        if new is not None:
            _write(root / path, new)
    texts = [file.read_bytes().decode("utf-8", "replace") for file in (root / "content").rglob("*.md")]
    named = {f"content/{name}" for text in texts for name in _IMAGE.findall(text)}
    named |= {opening_path(kind, other) for text in texts for other in _THREAD.findall(text) for kind in Kind}
    _copy(root, content, named - {*files, *own})


def _copy(root: Path, content: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if ".." not in path and (content / path).is_file() and not (content / path).is_symlink():
            _write(root / path, opened(content, path, (content / path).read_bytes()))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
