"""Withdraw what was published: which files change or go. Nothing is written here, and nothing else has to be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.forum.group import load_group
from divan.forum.links import IMAGE_SUFFIXES
from divan.forum.naming import POST_ID
from divan.forum.tombstone import REASONS, reason_given, tombstone, was_for_members
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import opened

REMOVED_IMAGE = "*Image retirée.*"
POSTS = ("content/cases", "content/topics", "content/replies")

_SHOWN_IMAGE = r"!\[(?:[^\]\\]|\\.)*\]\([^()\s]*{path}(?:\s[^()]*)?\)"
_AREA = re.compile(r"^area[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)
_RESULTS = re.compile(r"(?:resultats|results)/([\w-]+)(?:/.*)?")
_ANY_IMAGE = re.compile(r"images/([^\s()\"'<>#]+)")


@dataclass(frozen=True)
class Withdrawal:
    """``changes``: the new text of each file, None for one that goes; ``what`` says it in French."""

    what: str
    changes: Mapping[str, str | None]


def withdraw(root: Path, name: str, reason: str | None = None) -> Withdrawal:
    """What withdraws a thread, a reply, an image, a member or a service, named by id, file or address.

    Raises ProblemsFound when ``name`` is nothing, or several things, that can be withdrawn.
    """
    if reason is not None and reason not in REASONS:
        raise ProblemsFound([Problem("raison", None, f"un retrait se motive par {', '.join(REASONS)}")])
    path = _the_one(name, sorted(set(_named(_asked(name), _files(root, "content")))))
    folder, stem = path.split("/")[1], path.rpartition("/")[2].rpartition(".")[0]
    if folder == "images":
        return Withdrawal("Image retirée", _without_image(root, path))
    if folder in ("members", "services"):
        return Withdrawal("Fiche retirée", {path: None})
    before = _text(root, path)
    left = tombstone(
        stem, reason or reason_given(before), for_members=was_for_members(before) or _in_members_area(root, before)
    )
    removed: dict[str, str | None] = {path: left}
    if folder != "replies":
        removed |= dict.fromkeys(_files(root, f"content/replies/{stem}"))
    what = "Réponse retirée" if folder == "replies" else "Fil retiré, avec ses réponses"
    return Withdrawal(what, {**removed, **dict.fromkeys(_images_only_in(root, removed))})


def _in_members_area(root: Path, text: str) -> bool:
    """Whether the area of a topic keeps it to members, to whom alone its empty page then goes.

    So it is taken to be when the areas cannot be read: a page that tells too much does not wait for their correction.
    """
    area = _AREA.search(text.partition("\n---")[0])
    if area is None:
        return False
    try:
        return load_group(root).area(area[1]).members_only
    except ProblemsFound:
        return True


def _asked(name: str) -> str:
    """The id, file or address that was given, without what a copied address has around it."""
    reply = re.search(r"#r-([\w-]+)", name)
    if reply:
        thread = POST_ID.search(name[: reply.start()])
        return f"{thread[0]}/{reply[1]}" if thread else reply[1]
    name = re.sub(r"^(?:[a-z]+://[^/]*/|\./)+", "", name.strip().replace("\\", "/"))
    name = name.lower() if POST_ID.fullmatch(name.lower()) else name
    page = re.search(rf"(?:^|/)(?:cas|sujets)/({POST_ID.pattern})/?(?:[?#].*)?$", name)
    return page[1] if page else name.removeprefix("content/").strip("/")


def _named(asked: str, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        folder = "/".join(path.split("/", 2)[:2])
        bare, _, suffix = path.removeprefix("content/").rpartition(".")
        if f".{suffix.lower()}" in _SUFFIXES.get(folder, ()) and asked and _is_named(asked, bare, f"{bare}.{suffix}"):
            yield path


def names_meant(name: str, paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` that a withdrawal of ``name`` removes or has removed, images apart from their posts' own."""
    known = [*paths]
    found = {*_named(_asked(name), known)}
    threads = [path.rpartition("/")[2].removesuffix(".md") for path in found if path.startswith(POSTS[:2])]
    return sorted(found.union(path for path in known for one in threads if path.startswith(f"content/replies/{one}/")))


def results_meant(name: str, paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` that tell the results of the study whose page or folder ``name`` is."""
    found = _RESULTS.fullmatch(_asked(name))
    folders = (f"content/results/{found[1]}/", f"surveys/{found[1]}/versions/") if found else ()
    return sorted(path for path in paths if path.startswith(folders)) if folders else []


_SUFFIXES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(POSTS, (".md",)),
    "content/members": (".yaml",),
    "content/services": (".yaml",),
    "content/images": IMAGE_SUFFIXES,
}


def _is_named(asked: str, bare: str, whole: str) -> bool:
    known, asked = (bare.lower(), whole.lower()), asked.lower()
    return any(one == asked or one.endswith(f"/{asked}") for one in known)


def _the_one(name: str, found: list[str]) -> str:
    if len(found) == 1:
        return found[0]
    if found:
        raise ProblemsFound([Problem(name, None, f"ce nom désigne plusieurs fichiers : {', '.join(found)}",
                                     "donnez le chemin de l'un d'eux")])  # fmt: skip
    raise ProblemsFound([Problem(name, None, "rien ne porte ce nom : ni fil, ni réponse, ni image, ni fiche",
                                 "recopiez l'identifiant, le chemin du fichier ou l'adresse de la page")])  # fmt: skip


def _files(root: Path, folder: str) -> list[str]:
    """Files in a folder of the repository, as paths from its root."""
    return [file.relative_to(root).as_posix() for file in sorted((root / folder).rglob("*")) if file.is_file()]


def _text(root: Path, path: str) -> str:
    """A file's text as far as it can be read: one that cannot is withdrawn all the same."""
    return _bytes(root, path).decode("utf-8-sig", "replace")


def _bytes(root: Path, path: str) -> bytes:
    """What it says; as it is when it is sealed and nobody opens it here: it is withdrawn all the same."""
    content = (root / path).read_bytes()
    try:
        return opened(root, path, content)
    except ProblemsFound:
        return content


def _without_image(root: Path, image: str) -> dict[str, str | None]:
    """The image's file goes; posts and pages that show it say so instead."""
    shown = re.compile(_SHOWN_IMAGE.format(path=re.escape(image.removeprefix("content/"))))
    changes: dict[str, str | None] = {image: None}
    for path in _texts_naming(root, image.removeprefix("content/")):
        before = _text(root, path)
        after = shown.sub(REMOVED_IMAGE, before)
        if after != before:
            changes[path] = after
    return changes


def _images_only_in(root: Path, removed: Iterable[str]) -> Iterator[str]:
    """Images that only these posts show: they go with them."""
    gone = set(removed)
    for name in sorted({name for path in gone for name in _ANY_IMAGE.findall(_text(root, path))}):
        image = f"content/images/{name}"
        if (root / image).is_file() and gone.issuperset(_texts_naming(root, f"images/{name}")):
            yield image


def _texts_naming(root: Path, words: str) -> Iterator[str]:
    named: Callable[[str], bool] = lambda path: words.encode() in _bytes(root, path)  # noqa: E731
    for folder in (*POSTS, "content/pages"):
        yield from (path for path in _files(root, folder) if path.endswith(".md") and named(path))
