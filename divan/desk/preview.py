"""The page as it will be: the site's own code, over the clone's files and those of the proposal."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from divan.builder.inputs import read_inputs
from divan.builder.rendering import Renderer, environment
from divan.builder.settings import Settings
from divan.catalogue.thread_files import ThreadFiles, thread_of
from divan.catalogue.thread_page import addresses, thread_page
from divan.catalogue.thread_text import read_thread
from divan.forum.model import Kind
from divan.forum.naming import opening_path
from divan.forum.vocabulary import load_vocabulary
from divan.site.furniture import furniture

Files = Mapping[str, bytes | None]


def render_thread(settings: Settings, content: Path, files: Files) -> bytes | None:
    """The page of the thread that ``files`` change, over what ``content`` (a repository) holds; None without one.

    Raises ProblemsFound when the thread would not stand.
    """
    thread = next((found for path in sorted(files) if (found := thread_of(path))), None)
    if thread is None:
        return None
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        _lay(root, content, thread, files)
        openings = tuple(path for kind in Kind if (root / (path := opening_path(kind, thread))).is_file())
        replies = sorted((root / "content/replies" / thread).glob("*.md"))
        named = ThreadFiles(thread, openings, tuple(f"content/replies/{thread}/{file.name}" for file in replies))
        text = read_thread(root, named, load_vocabulary(root))
    said = furniture(settings)
    inputs = read_inputs(settings, said.code, said.files, ())
    renderer = Renderer(environment(settings), settings, inputs, said, None)
    return renderer.render(thread_page(text, addresses(settings)))


def _lay(root: Path, content: Path, thread: str, files: Files) -> None:
    """The thread and the vocabulary, in a root of their own."""
    folder = f"content/replies/{thread}"
    names = os.listdir(content / folder) if (content / folder).is_dir() else []
    wanted = [
        "content/forum.yaml",
        "content/hashtags.yaml",
        *(opening_path(kind, thread) for kind in Kind),
        *(f"{folder}/{n}" for n in names),
    ]
    for path in wanted:
        if (content / path).is_file():
            _write(root / path, (content / path).read_bytes())
    for path, new in files.items():
        if new is None:
            (root / path).unlink(missing_ok=True)
        else:
            _write(root / path, new)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
