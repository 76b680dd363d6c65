"""What a proposal changes, on one page that opens from a disk: its faults, its threads as they will be, its texts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from divan.builder.inputs import read_assets
from divan.builder.page import Page
from divan.builder.rendering import Renderer
from divan.builder.settings import Settings
from divan.catalogue.thread_files import thread_of
from divan.forum.model import Kind
from divan.forum.naming import opening_path, reply_name, thread_url
from divan.history.changed import ChangedFile
from divan.images.check import may_be_published
from divan.site.standing_alone import as_data, marked, standing_alone
from divan.site.thread_preview import render_named, thread_renderer
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sentences import translations

MOST_THREADS, MOST_LINES = 40, 400
_HIDDEN = {0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


class ShownFile(NamedTuple):
    """A changed file: what happened to it, where the page shows it, its changed lines, or itself when a picture."""

    path: str
    what: str
    anchor: str
    lines: str
    picture: str


@dataclass(frozen=True)
class _Writer:
    settings: Settings
    renderer: Renderer
    root: Path
    changes: Sequence[ChangedFile]

    def threads(self, wanted: Sequence[str], faults: list[Problem]) -> Iterator[tuple[str, str]]:
        """Each thread's id and what its page will say; why one cannot stand goes to ``faults``."""
        for thread in wanted[:MOST_THREADS]:
            files = {one.path: one.after for one in self.changes if thread_of(one.path) == thread}
            if files and not any(files.values()) and not self._stays(thread):
                continue
            found = self._page(thread, files, faults)
            if found:
                html = standing_alone(found[0].decode(), thread, self._address(thread), self._image)
                yield thread, marked(html, thread, dict(self._proposed(thread, found[1])))

    def _page(
        self, thread: str, files: dict[str, bytes | None], faults: list[Problem]
    ) -> tuple[bytes, Collection[str]] | None:
        """The thread's page, and the files with a fault: they are left as they were, so that the others are read."""
        try:
            return render_named(self.renderer, self.settings, self.root, thread, files), ()
        except ProblemsFound as found:
            faults += found.problems
            faulty = {problem.path for problem in found.problems} & files.keys()
        before = {one.path: one.before for one in self.changes if one.path in faulty}
        try:
            sound = render_named(self.renderer, self.settings, self.root, thread, {**files, **before})
        except ProblemsFound:
            return None
        return sound, faulty

    def _proposed(self, thread: str, faulty: Collection[str]) -> Iterator[tuple[str, str]]:
        say = translations(self.settings.get("DEFAULT_LANG", "fr")).gettext
        for one in self.changes:
            name = reply_name(one.path)
            if name and name.thread == thread and one.after is not None and one.path not in faulty:
                yield f"r-{name.id}", say(_what(one))

    def _stays(self, thread: str) -> bool:
        return any((self.root / opening_path(kind, thread)).is_file() for kind in Kind)

    def _address(self, thread: str) -> str:
        if urlsplit(self.settings.url).hostname in (None, "localhost", "127.0.0.1"):
            return ""  # un site d'essai, que le téléphone d'un modérateur n'atteint pas
        kind = next((kind for kind in Kind if (self.root / opening_path(kind, thread)).is_file()), Kind.CASE)
        return f"{self.settings.url}/{thread_url(kind, thread)}"

    def _image(self, path: str) -> bytes | None:
        file = self.root / "content" / path
        inside = file.resolve().is_relative_to((self.root / "content/images").resolve())
        if not inside or file.is_symlink() or not file.is_file():
            return None
        content = file.read_bytes()
        return content if may_be_published(f"content/{path}", content) else None

    def files(self, shown: Mapping[str, str]) -> Iterator[ShownFile]:
        """Each changed file, with its lines, or its picture when none of the ``shown`` threads has it."""
        for one in self.changes:
            picture = ""
            if one.path.startswith("content/images/") and (content := self._image(one.path[len("content/") :])):
                picture = as_data(one.path, content)
            elsewhere = any(picture in html for html in shown.values()) if picture else False
            lines = "" if one.path.startswith("content/images/") else _lines(one)
            yield ShownFile(one.path, _what(one), _anchor(one, shown), lines, "" if elsewhere else picture)


def proposal_page(
    settings: Settings, changes: Sequence[ChangedFile], wanted: Sequence[str] = (), problems: Sequence[Problem] = ()
) -> bytes:
    """The page of ``changes`` and of the ``wanted`` threads, with the ``problems`` that a check found."""
    quiet = replace(settings, raw={**settings.raw, "PROPOSALS_URL": ""})
    renderer = thread_renderer(quiet)
    writer = _Writer(quiet, renderer, settings.root, changes)
    ids = list(dict.fromkeys((*wanted, *(found for one in changes if (found := thread_of(one.path))))))
    faults = [*problems]
    threads = dict(writer.threads(ids, faults))
    style = read_assets(quiet.static_folders).files["style.css"].read_text("utf-8")
    context = {
        "style": style,
        "style_digest": b64encode(sha256(style.encode()).digest()).decode(),
        "problems": sorted(set(faults), key=lambda one: (one.path, one.line or 0, one.message)),
        "threads": threads,
        "files": [*writer.files(threads)],
        "left_out": max(len(ids) - MOST_THREADS, 0),
    }
    return renderer.render(Page("apercu.html", "preview.html", context, title="Aperçu", section="", noindex=True))


def _what(one: ChangedFile) -> str:
    if one.after is None:
        return "supprimé"
    return "ajouté" if one.before is None else "changé"


def _anchor(one: ChangedFile, shown: Mapping[str, str]) -> str:
    """Where the page shows what a file says; '' when it does not."""
    thread, name = thread_of(one.path) or "", reply_name(one.path)
    place = f"{thread}-r-{name.id}" if name and one.after is not None else f"fil-{thread}"
    return place if thread in shown and (place[:4] == "fil-" or f'id="{place}"' in shown[thread]) else ""


def _lines(one: ChangedFile) -> str:
    """The lines that a file gains and loses, signs that hide made visible; '' for bytes that are no text."""
    try:
        before, after = ((side or b"").decode("utf-8") for side in (one.before, one.after))
    except UnicodeDecodeError:
        return ""
    told = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    seen = [line for line in told if not line.startswith(("--- ", "+++ "))]
    if len(seen) > MOST_LINES:
        seen[MOST_LINES:] = [f"… {len(seen) - MOST_LINES} lignes de plus"]
    return "\n".join(seen).translate({sign: f"⟦{sign:04X}⟧" for sign in _HIDDEN})
