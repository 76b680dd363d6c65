"""Seal what members alone read, for those whom the group names: on the disk, and in what a proposal changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from divan.forum.group import GROUP_PATH, Group, load_group
from divan.forum.model import Kind
from divan.forum.naming import opening_name, opening_path, reply_name
from divan.forum.reserved import for_members, said_for_members
from divan.forum.tombstone import is_withdrawn
from divan.forum.withdrawing import POSTS
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.sealed import is_sealed, opened, seal
from divan.sources.writing import write_beside


def sealed_files(files: Mapping[str, bytes | None], root: Path) -> dict[str, bytes | None]:
    """Those of ``files``, to be written over ``root``, that members alone read, sealed; none when nothing is."""
    group = load_group(root)
    if not group.sealed_for:
        return {}
    plain = {path: content for path, content in files.items() if content is not None and not is_sealed(content)}
    theirs = (path for path in plain if _is_theirs(path, files, root, group))
    return {path: seal(plain[path], group.sealed_for) for path in theirs}


def seal_posts(root: Path, paths: Iterable[Path], said: Mapping[Path, bytes] = MappingProxyType({})) -> list[str]:
    """Seal these posts, or all that members alone read, for the moderators of today; the paths that were written.

    ``said`` is what some of them say now. Raises ProblemsFound with all that cannot be, before anything is written.
    """
    group = load_group(root)
    if not group.sealed_for:
        remedy = "ajoutez-y « sealed_for: [age1…] » ; « divan members identity » dit la clé publique d'ici"
        raise ProblemsFound([Problem(GROUP_PATH, None, "le groupe ne dit pas qui ouvre les messages chiffrés", remedy)])
    made, problems = {}, []
    now = dict(zip(_named(root, said), said.values(), strict=True))
    for path in [*_named(root, paths)] or [*_all(root, group)]:
        try:
            content = now.get(path) or opened(root, path, (root / path).read_bytes())
            made[path] = seal(content, group.sealed_for)
        except OSError:
            problems.append(Problem(path, None, "ce fichier ne se laisse pas lire", "vérifiez son nom"))
        except ProblemsFound as found:
            problems += found.problems
    stop_if([*problems, *(_no_post(path) for path in made if not path.startswith(POSTS))])
    for path, content in made.items():
        write_beside(root / path, content)
    return [*made]


def open_post(root: Path, path: Path) -> bytes:
    """What a post says, sealed or not; raises ProblemsFound."""
    (name,) = _named(root, [path])
    try:
        return opened(root, name, (root / name).read_bytes())
    except OSError:
        raise ProblemsFound([Problem(name, None, "ce fichier ne se laisse pas lire", "vérifiez son nom")]) from None


def _named(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        whole = path.resolve()
        yield whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(path)


def _all(root: Path, group: Group) -> Iterator[str]:
    """Every post that members alone read, and that was not withdrawn."""
    for folder in POSTS:
        for file in sorted((root / folder).rglob("*.md")):
            path, content = file.relative_to(root).as_posix(), file.read_bytes()
            if _is_theirs(path, {path: content}, root, group):
                yield path


def _is_theirs(path: str, files: Mapping[str, bytes | None], root: Path, group: Group) -> bool:
    content = files[path] or b""
    if is_withdrawn(content.decode("utf-8", "replace")):
        return False
    if opening_name(path):
        return said_for_members(content, group)
    reply = reply_name(path)
    return reply is not None and any(_thread_is(opening_path(kind, reply.thread), files, root, group) for kind in Kind)


def _thread_is(opening: str, files: Mapping[str, bytes | None], root: Path, group: Group) -> bool:
    told = files.get(opening)
    return said_for_members(told, group) if told else for_members(f"{root}/{opening}", group)


def _no_post(path: str) -> Problem:
    return Problem(path, None, "seuls les messages se chiffrent", "nommez un fichier de cas, de sujet ou de réponse")
