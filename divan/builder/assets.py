"""The theme's static files, under names that change with their contents, so that a browser may keep them for ever.

A file's own name changes; in a folder the folder's does, so that its scripts import one another by plain names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from divan.builder.digest import digest, digest_of
from divan.builder.staging import files_in

FOLDER = "theme"


class Assets(dict[str, str]):
    """URL of each static file, from the site's root, by its name in ``theme/static``; ``files`` say where it lies."""

    def __init__(self, urls: Mapping[str, str], files: Mapping[str, Path]) -> None:
        super().__init__(urls)
        self.files = files

    def __missing__(self, name: str) -> str:
        raise LookupError(f"theme/static/{name} : ce fichier n'existe pas")


def read_assets(folders: Iterable[Path]) -> Assets:
    """The static files of the theme: of several folders that hold one, the first has it."""
    found = {name: folder / name for folder in reversed(tuple(folders)) for name in files_in(folder)}
    files = dict(sorted(found.items()))
    contents = {name: file.read_bytes() for name, file in files.items()}
    return Assets(dict(_urls(contents)), files)


def _urls(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    seals = {name: digest(content) for name, content in contents.items()}
    for name, seal in seals.items():
        group, slash, rest = name.partition("/")
        if slash:
            together = digest_of([one for one in seals.items() if one[0].startswith(f"{group}/")])
            yield name, f"{FOLDER}/{group}.{together.hex()[:10]}/{rest}"
        else:
            path = PurePosixPath(FOLDER, name)
            yield name, str(path.with_name(f"{path.stem}.{seal.hex()[:10]}{path.suffix}"))
