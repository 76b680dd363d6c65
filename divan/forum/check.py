"""Read the whole content again, or the files that changed, and say everything that is wrong, all at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from divan.forum.abbreviations import ABBREVIATIONS_PATH
from divan.forum.group import GROUP_PATH
from divan.forum.identities import identities, image_name_identities
from divan.forum.judge import for_members, judge_entry, judge_opening, judge_reply
from divan.forum.names import NAMES_PATH
from divan.forum.post_text import decode
from divan.forum.published_results import result_problems
from divan.forum.site_page import page_problems
from divan.forum.vocabulary import VOCABULARY_PATH, AnyWord, Vocabulary, load_vocabulary
from divan.images.check import check_image
from divan.privacy.rules import text_rules
from divan.sources.droppings import is_dropping
from divan.sources.hidden_signs import HIDDEN
from divan.sources.problem import Problem, ProblemsFound

SEVERAL_PROCESSES_FROM = 2000
_CHUNK = 1000


def check_paths(root: Path, paths: Sequence[Path] = ()) -> list[Problem]:
    """Problems of the given files (all of ``content/`` when none is given), sorted by place.

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
    checker = _Checker(root, vocabulary)
    problems += _share(checker, files) if len(files) >= SEVERAL_PROCESSES_FROM else checker.check(files)
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.message))


def files_under(root: Path, paths: Sequence[Path] = ()) -> list[str]:
    """The files that ``check_paths`` reads, by their paths from ``root``."""
    root = root.resolve()
    return _named(root, paths, []) if paths else _under(root, root / "content")


def judge_files(root: Path, paths: Sequence[str]) -> list[Problem]:
    """Problems of sources that are no posts, for the build: what ``check_paths`` would say of the same files."""
    if not paths:
        return []
    try:
        vocabulary = load_vocabulary(root)
    except ProblemsFound:  # la lecture des fils le dira
        vocabulary = AnyWord((), {})
    return _Checker(root, vocabulary).check(sorted(paths))


@dataclass(frozen=True)
class _Checker:
    root: Path
    vocabulary: Vocabulary

    def check(self, paths: Sequence[str]) -> list[Problem]:
        return [problem for path in paths for problem in self._check_file(path)]

    def _check_file(self, path: str) -> Iterator[Problem]:
        folder, suffix = path.split("/", 2)[1], os.path.splitext(path)[1]
        if hidden := HIDDEN.search(path):
            yield Problem(
                path, None, f"le nom de ce fichier cache un signe invisible (U+{ord(hidden[0]):04X})", "renommez-le"
            )
        if os.path.islink(f"{self.root}/{path}"):
            yield Problem(path, None, "un lien symbolique n'a pas sa place dans content/",
                          "remplacez-le par le fichier lui-même, ou supprimez-le")  # fmt: skip
        elif folder == "results":
            yield from result_problems(self.root, path)
        elif folder == "images":
            yield from self._check_image(path)
        elif (folder, suffix) not in _EXPECTED and path not in _OF_THE_GROUP:
            yield Problem(path, None, "ce fichier n'a pas sa place ici", "renommez-le, déplacez-le ou supprimez-le")
        elif suffix in (".md", ".yaml"):
            try:
                with open(f"{self.root}/{path}", "rb") as file:
                    text = decode(path, file.read())
                yield from self._check_text(folder, path, text)
            except ProblemsFound as found:
                yield from found.problems
            except OSError:
                yield Problem(path, None, "ce fichier ne se laisse pas lire", "rendez-le lisible, ou supprimez-le")

    def _check_image(self, path: str) -> Iterator[Problem]:
        yield from image_name_identities(path, self.vocabulary.group.names)
        try:
            with open(f"{self.root}/{path}", "rb") as file:
                yield from check_image(path, file.read())
        except OSError:
            yield Problem(path, None, "ce fichier ne se laisse pas lire", "rendez-le lisible, ou supprimez-le")

    def _check_text(self, folder: str, path: str, text: str) -> Iterator[Problem]:
        if folder in ("cases", "topics"):
            yield from judge_opening(path, text, self.vocabulary, self._exists, reserved=self._reserved).problems
        elif folder == "replies":
            yield from judge_reply(path, text, self.vocabulary, self._exists, reserved=self._reserved).problems
        elif folder == "pages":
            yield from page_problems(self.root, path, text, self.vocabulary.group.names)
        elif folder in ("members", "services"):
            yield from judge_entry(folder, path, text, self.vocabulary.group)
        elif path == VOCABULARY_PATH:
            yield from identities(path, text, text_rules(), self.vocabulary.group.names)

    def _reserved(self, path: str) -> bool:
        return for_members(f"{self.root}/{path}", self.vocabulary.group)

    def _exists(self, path: str) -> bool:
        return os.path.isfile(f"{self.root}/{path}")


_OF_THE_GROUP = (VOCABULARY_PATH, GROUP_PATH, NAMES_PATH, ABBREVIATIONS_PATH)
_EXPECTED = {
    *((folder, ".md") for folder in ("cases", "topics", "replies", "pages")),
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
            problems.append(Problem(str(path), None, "ce fichier n'existe pas", "vérifiez son nom"))
        elif path.is_relative_to(root / "content"):
            found = _under(root, path) if path.is_dir() else [path.relative_to(root).as_posix()]
            files |= dict.fromkeys(found)
        elif not path.is_relative_to(root / "surveys"):
            problems.append(Problem(str(path), None, "rien n'est relu hors de content/ et de surveys/",
                                    "nommez un fichier de l'un des deux, ou aucun pour tout relire"))  # fmt: skip
    return [*files]


def _share(checker: _Checker, files: list[str]) -> list[Problem]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return [problem for problems in pool.map(checker.check, chunks) for problem in problems]
