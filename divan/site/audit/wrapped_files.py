"""What the members' space shows to who has no key: names and sizes that tell nothing, bytes that open or are no file.

A file that opens is its nonce, its ciphertext and its tag, to the last byte: it holds no plain word.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from divan.builder.output import files_in
from divan.members.epoch import NONCE, Epoch, NotOurs
from divan.members.feed import FOLDER
from divan.members.key_table import ENTRY
from divan.members.padding import is_step, rounded
from divan.members.path_register import CONTENTS, contents_of, identifier, place, read_shard, shard_path
from divan.members.where import SPACE
from divan.sources.problem import Problem

KEYS = "keys"
_OPEN = {"index.html", "worker.js"}  # pages of the public site, read by its own audit


def audit_space(
    folders: Sequence[Path], epoch: Epoch, paths: Mapping[str, str], only: Collection[str] | None = None
) -> Iterator[Problem]:
    """Every fault of a space, each file read in the first of the ``folders`` that has it.

    ``paths`` are the identifiers of what this build wrapped; ``only`` names the files to be read, when the others were
    at an earlier build.
    """
    read = partial(_read, folders)
    named = _standing_in(folders) if only is None else only
    here = {path: read(path) for path in sorted({*named, KEYS, CONTENTS})}
    keys, contents = here.pop(KEYS), here.pop(CONTENTS)
    yield from _table(keys)
    yield from _names_and_sizes(here, contents)
    yield from _nonces({**here, CONTENTS: contents})
    try:
        known = contents_of(epoch, contents)
        registered = {}
        for rank, identity in enumerate(known.shards):
            registered.update(read_shard(_shard(epoch, rank, read(place(identity)))))
    except NotOurs:
        yield _fault(CONTENTS, "le registre s'ouvre avec la clé de cette époque, et celui-ci ne s'ouvre pas")
        return
    for path, identity in paths.items():
        yield from _opens(epoch, path, registered.get(epoch.name(path)) == identity, here.get(place(identity)))


def _standing_in(folders: Sequence[Path]) -> set[str]:
    there = {path for folder in folders for path in files_in(folder) if not path.startswith(f"{FOLDER}/")}
    return there - _OPEN


def _read(folders: Sequence[Path], path: str) -> bytes:
    return next(((folder / path).read_bytes() for folder in folders if (folder / path).is_file()), b"")


def _shard(epoch: Epoch, rank: int, file: bytes) -> bytes:
    return epoch.unwrap(epoch.name(shard_path(rank)), file)[1]


def _opens(epoch: Epoch, path: str, listed: bool, file: bytes | None) -> Iterator[Problem]:
    try:
        told = epoch.unwrap(epoch.name(path), file or b"")[0]
    except NotOurs:
        told = ""
    if not listed or told != path:
        yield _fault("f/", "chaque page des membres est au registre et s'ouvre sous son nom, et l'une d'elles non")


def _table(keys: bytes) -> Iterator[Problem]:
    try:
        about = json.loads(keys)
        entries = b64decode(about["entries"])
        fine = about.keys() == {"format", "epoch", "salt", "site", "rounds", "entries"}
    except (ValueError, KeyError, TypeError):
        entries, fine = b"", False
    number, left = divmod(len(entries), ENTRY)
    if not fine or left or number != rounded(number):
        yield _fault(KEYS, "les clés ne disent que leur époque, et leur nombre est arrondi")


def _names_and_sizes(here: Mapping[str, bytes], contents: bytes) -> Iterator[Problem]:
    for path, file in here.items():
        if place(identifier(file)) != path:
            yield _fault(path, "un fichier porte l'empreinte de ses octets pour nom, et rien d'autre n'est là")
    for path, file in {**here, CONTENTS: contents}.items():
        if not is_step(len(file)):
            yield _fault(path, f"un fichier pèse une puissance de deux, et celui-ci {len(file)} octets")


def _nonces(here: Mapping[str, bytes]) -> Iterator[Problem]:
    used: defaultdict[bytes, list[str]] = defaultdict(list)
    for path, file in here.items():
        used[file[:NONCE]].append(path)
    for paths in used.values():
        if len(paths) > 1:
            yield _fault(paths[1], f"un nonce sert une fois, et celui-ci est aussi celui de {paths[0]}")


def _fault(path: str, message: str) -> Problem:
    return Problem(
        f"{SPACE}{path}", None, message, "« divan build --full » refait l'espace ; s'il reste, prévenez-nous"
    )
