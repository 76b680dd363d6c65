"""Read the whole content again, or the files that changed, and say everything that is wrong, all at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from divan.forum.abbreviations import ABBREVIATIONS_PATH
from divan.forum.appointments import AGENDA_PATH, read_agenda
from divan.forum.group import GROUP_PATH
from divan.forum.identities import identities, image_name_identities
from divan.forum.judge import judge_entry, judge_opening, judge_reply
from divan.forum.names import NAMES_PATH
from divan.forum.notices import Watch, images_shown, lone_image
from divan.forum.post_text import decode
from divan.forum.published_results import result_problems
from divan.forum.reserved import for_members
from divan.forum.site_page import page_problems
from divan.forum.vocabulary import VOCABULARY_PATH, AnyWord, Vocabulary, load_vocabulary
from divan.images.check import check_image
from divan.privacy.rules import text_rules
from divan.sources.droppings import is_dropping
from divan.sources.hidden_signs import HIDDEN
from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.sealed import UNREAD, NoIdentity, is_sealed, opened
from divan.workers import shared_out

_FAULT = FaultKind("F01")

_ALL_ASKED = 2000  # files: of a larger forum, each post was asked when it came


@dataclass(frozen=True)
class Checked:
    """What has to be corrected, and what deserves a look, each sorted by place."""

    problems: list[Problem]
    notices: list[Problem]


def check_content(root: Path, paths: Sequence[Path] = (), today: date | None = None) -> Checked:
    """Read the given files (all of ``content/`` when none is given), each once.

    A file alone costs only its own reading: what it points to is looked for by name.
    """
    root = root.resolve()
    problems: list[Problem] = []
    files = _named(root, paths, problems) if paths else _under(root, root / "content")
    try:
        vocabulary = load_vocabulary(root)
    except ProblemsFound as found:
        problems += found.problems
        vocabulary = AnyWord((), {})
    watch = Watch(today or date.today(), worn=not paths, asking=bool(paths) or len(files) < _ALL_ASKED)
    checker = _Checker(root, vocabulary, watch)
    with TemporaryDirectory() as folder:
        parts = shared_out(files, checker.told, Path(folder))
    problems += [Problem(*told) for part in parts for told in part[0]]
    notices = [Problem(*told) for part in parts for told in part[1]]
    if not paths:
        shown = {path for part in parts for path in part[2]}
        images = (path for path in files if path.startswith("content/images/"))
        notices += [lone_image(path) for path in images if path.removeprefix("content/") not in shown]
    return Checked(sorted(set(problems), key=_by_place), sorted(set(notices), key=_by_place))


def check_paths(root: Path, paths: Sequence[Path] = ()) -> list[Problem]:
    """What has to be corrected in the given files, or in all of ``content/``, sorted by place."""
    return check_content(root, paths).problems


def judge_files(root: Path, paths: Sequence[str]) -> list[Problem]:
    """Problems of sources that are no posts, for the build: what ``check_paths`` would say of the same files."""
    if not paths:
        return []
    try:
        vocabulary = load_vocabulary(root)
    except ProblemsFound:  # la lecture des fils le dira
        vocabulary = AnyWord((), {})
    checker = _Checker(root, vocabulary, Watch(date.today(), worn=False, asking=False))
    return [problem for path in sorted(paths) for problem in checker.check(path)]


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.message


@dataclass(frozen=True)
class _Checker:
    """Reads files: problems come out, notices and the images that are shown are kept aside."""

    root: Path
    vocabulary: Vocabulary
    watch: Watch
    notices: list[Problem] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def told(self, paths: Sequence[str]) -> tuple[list[Any], list[Any], list[str]]:
        """Problems, notices, images shown of many files, as plain values."""
        problems = [astuple(problem) for path in paths for problem in self.check(path)]
        return problems, [astuple(notice) for notice in self.notices], [*self.shown]

    def check(self, path: str) -> Iterator[Problem]:
        """What is wrong with a file."""
        folder, suffix = path.split("/", 2)[1], os.path.splitext(path)[1]
        if hidden := HIDDEN.search(path):
            yield _FAULT(
                path, None, f"le nom de ce fichier cache un signe invisible (U+{ord(hidden[0]):04X})", "renommez-le"
            )
        if os.path.islink(f"{self.root}/{path}"):
            yield _FAULT(path, None, "un lien symbolique n'a pas sa place dans content/",
                          "remplacez-le par le fichier lui-même, ou supprimez-le")  # fmt: skip
        elif folder == "results":
            yield from result_problems(self.root, path)
        elif folder == "images":
            yield from self._check_image(path)
        elif (folder, suffix) not in _EXPECTED and path not in _OF_THE_GROUP:
            yield _FAULT(path, None, "ce fichier n'a pas sa place ici", "renommez-le, déplacez-le ou supprimez-le")
        elif suffix in (".md", ".yaml"):
            try:
                with open(f"{self.root}/{path}", "rb") as file:
                    content = file.read()
                text = decode(path, opened(self.root, path, content) if folder in _POSTS else content)
                yield from self._check_text(folder, path, text, sealed=is_sealed(content))
                self._look(folder, path, text)
            except NoIdentity:
                self.notices.append(UNREAD)
            except ProblemsFound as found:
                yield from found.problems
            except OSError:
                yield _FAULT(path, None, "ce fichier ne se laisse pas lire", "rendez-le lisible, ou supprimez-le")

    def _check_image(self, path: str) -> Iterator[Problem]:
        yield from image_name_identities(path, self.vocabulary.group.names)
        try:
            with open(f"{self.root}/{path}", "rb") as file:
                yield from check_image(path, file.read())
        except OSError:
            yield _FAULT(path, None, "ce fichier ne se laisse pas lire", "rendez-le lisible, ou supprimez-le")

    def _check_text(self, folder: str, path: str, text: str, *, sealed: bool) -> Iterator[Problem]:
        if folder in _POSTS:
            judge = judge_reply if folder == "replies" else judge_opening
            found = judge(path, text, self.vocabulary, self._exists, reserved=self._reserved, sealed=sealed)
            yield from found.problems
        elif folder == "pages":
            yield from page_problems(self.root, path, text, self.vocabulary.group.names)
        elif folder in ("members", "services"):
            yield from judge_entry(folder, path, text, self.vocabulary.group)
        elif path == AGENDA_PATH:
            read_agenda(path, text)
            yield from identities(path, text, text_rules(), self.vocabulary.group.names)
        elif path == VOCABULARY_PATH:
            yield from identities(path, text, text_rules() - {"titled_name"}, self.vocabulary.group.names)

    def _look(self, folder: str, path: str, text: str) -> None:
        self.notices.extend(self.watch.over(folder, path, text, self.vocabulary, self._exists))
        self.shown.update(images_shown(text))

    def _reserved(self, path: str) -> bool:
        return for_members(f"{self.root}/{path}", self.vocabulary.group)

    def _exists(self, path: str) -> bool:
        return os.path.isfile(f"{self.root}/{path}")


_POSTS = ("cases", "topics", "replies")
_OF_THE_GROUP = (VOCABULARY_PATH, GROUP_PATH, NAMES_PATH, ABBREVIATIONS_PATH, AGENDA_PATH, "content/activity.csv")
_EXPECTED = {
    *((folder, ".md") for folder in (*_POSTS, "pages")),
    *((folder, ".yaml") for folder in ("members", "services")),
}


def _under(root: Path, folder: Path) -> list[str]:
    """Files under ``folder``, sorted, but what programs leave there; their paths from ``root`` with slashes."""
    start = len(str(root)) + 1
    found = []
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(f"{place}/{name}")]
        names += links
        found += [f"{place}/{name}"[start:].replace(os.sep, "/") for name in names if not is_dropping(name)]
    return sorted(found)


def _named(root: Path, paths: Sequence[Path], problems: list[Problem]) -> list[str]:
    """The files of ``content/`` among those that a person named, folders opened."""
    files: dict[str, None] = {}
    for path in (Path(os.path.abspath(path)) for path in paths):
        if not path.exists() and not path.is_symlink():
            problems.append(_FAULT(str(path), None, "ce fichier n'existe pas", "vérifiez son nom"))
        elif path.is_relative_to(root / "content"):
            found = _under(root, path) if path.is_dir() else [path.relative_to(root).as_posix()]
            files |= dict.fromkeys(found)
        elif not path.is_relative_to(root / "surveys"):
            problems.append(_FAULT(str(path), None, "rien n'est relu hors de content/ et de surveys/",
                                    "nommez un fichier de l'un des deux, ou aucun pour tout relire"))  # fmt: skip
    return [*files]
