"""Have history forget what was withdrawn: rewrite it with git-filter-repo, keep the tombstone, then look everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from divan.forum.tombstone import is_withdrawn
from divan.forum.withdrawing import names_meant, results_meant
from divan.history.past import git, objects, past_blobs, past_paths
from divan.sources.problem import Problem, ProblemsFound

SHORTEST = 12  # characters of a line that is looked for; shorter ones stand in many texts
_HEAD_KEYS = re.compile(r"^(?:title|name|contact|about|access|phone|email|website)[ \t]*:[ \t]*")
_SHARED = re.compile(r"^(?:[a-z_]+[ \t]*:.*|#+ .*|---|- name:.*)$")


@dataclass(frozen=True)
class Purge:
    """``paths`` were rewritten, ``contents`` of them forgotten; ``left`` says where removed words still stand."""

    paths: tuple[str, ...]
    contents: int
    left: tuple[str, ...]


def purge(root: Path, name: str) -> Purge:
    """Forget all earlier contents of what ``name`` means; raises ProblemsFound before anything is rewritten."""
    past = past_paths(root)
    results = results_meant(name, past)
    paths = results or names_meant(name, past)
    paths += [] if results else _images_gone(root, past_blobs(root, paths).values(), past)
    _may_begin(root, name, paths, replaced=bool(results))
    now = {path: (root / path).read_bytes() for path in paths if (root / path).is_file()}
    gone = {blob: text for blob, text in past_blobs(root, paths).items() if text not in now.values()}
    words = [] if results else _words(gone.values(), now.values())
    if gone:
        _rewrite(root, gone, words)
    left = [f"un objet ({blob[:10]})" for blob, _, _ in objects(root) if blob in gone] if results and gone else []
    return Purge(tuple(paths), len(gone), tuple(sorted([*left, *_standing(root, words)])))


def _images_gone(root: Path, texts: Iterable[bytes], past: Iterable[str]) -> list[str]:
    """Images that these texts showed and that have been removed with them."""
    whole = b"\n".join(texts)
    images = (path for path in past if path.startswith("content/images/") and not (root / path).exists())
    return [path for path in images if path.removeprefix("content/").encode() in whole]


def _may_begin(root: Path, name: str, paths: list[str], *, replaced: bool) -> None:
    """``replaced``: what is published has taken the place of what goes, and stays."""
    problems = []
    if not paths:
        problems.append(Problem(name, None, "l'histoire du dépôt n'a rien qui porte ce nom",
                                "recopiez l'identifiant, le chemin du fichier ou l'adresse de la page"))  # fmt: skip
    for path in () if replaced else paths:
        file = root / path
        if file.is_file() and not (path.endswith(".md") and is_withdrawn(file.read_bytes().decode("utf-8", "replace"))):
            problems.append(Problem(path, None, "ce qui est encore publié ne s'efface pas de l'histoire",
                                    "retirez-le d'abord (« divan withdraw »), puis committez"))  # fmt: skip
    if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        problems.append(
            Problem("git", None, "cette copie n'a pas toute l'histoire", "faites-en une entière : « git clone »")
        )
    if git(root, "status", "--porcelain", "--untracked-files=no").strip():
        problems.append(Problem("git", None, "des changements ne sont pas dans un commit, et seraient perdus",
                                "committez-les, puis recommencez"))  # fmt: skip
    if problems:
        raise ProblemsFound(problems)


def _words(gone: Iterable[bytes], now: Iterable[bytes]) -> list[bytes]:
    """The lines of the removed texts that say something of their own, without their marks."""
    kept = b"\n".join(now)
    found: dict[bytes, None] = {}
    for content in gone:
        try:
            lines = content.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            continue  # une image : son identifiant suffit
        for line in lines:
            said = _HEAD_KEYS.sub("", line)
            if said == line and _SHARED.match(line):
                continue
            said = said.strip(" \t>*-\"'")
            if len(said) >= SHORTEST and said.encode() not in kept:
                found[said.encode()] = None
    return [*found]


def _rewrite(root: Path, gone: Iterable[str], words: list[bytes]) -> None:
    """Strip these contents from every commit, and the removed lines from the messages of commits; keep the remotes."""
    remotes = {
        name: git(root, "remote", "get-url", name).decode().strip() for name in git(root, "remote").decode().split()
    }
    with tempfile.TemporaryDirectory() as folder:
        blobs, messages = Path(folder, "blobs"), Path(folder, "messages")
        blobs.write_text("".join(f"{blob}\n" for blob in gone))
        messages.write_bytes(b"".join(b"literal:" + line + b"==>[retire]\n" for line in words if b"==>" not in line))
        done = subprocess.run(
            [sys.executable, "-m", "git_filter_repo", "--force", "--quiet", "--strip-blobs-with-ids", str(blobs),
             "--replace-message", str(messages)], cwd=root, capture_output=True, text=True, check=False,
        )  # fmt: skip
    for name, url in remotes.items():
        if name not in git(root, "remote").decode().split():
            git(root, "remote", "add", name, url)
    if done.returncode:
        raise ProblemsFound([Problem("git-filter-repo", None, "l'histoire n'a pas pu être récrite",
                                     "vérifiez que git est à jour et que le disque a de la place")])  # fmt: skip
    git(root, "reflog", "expire", "--expire=now", "--all")
    git(root, "gc", "--quiet", "--prune=now")


def _standing(root: Path, words: list[bytes]) -> list[str]:
    """Where removed words still are, object by object; what they are is not said."""
    if not words:
        return []
    sought = re.compile(b"|".join(map(re.escape, words)))
    found = {name: kind for name, kind, content in objects(root) if kind != "tree" and sought.search(content)}
    if not found:
        return []
    listed = git(root, "rev-list", "--all", "--objects").decode("utf-8", "surrogateescape").splitlines()
    where = {line[:40]: line[41:] for line in listed if len(line) > 41}
    kinds = {"commit": "le message d'un commit", "tag": "une étiquette"}
    return [f"{where.get(name) or kinds.get(kind, 'un objet')} ({name[:10]})" for name, kind in found.items()]
