"""The theme's static files, under names that change with their contents, so that a browser may keep them for ever."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from plugins.engine.digest import digest
from plugins.engine.staging import files_in

FOLDER = "theme"


class Assets(dict[str, str]):
    """URL of each static file, from the site's root, by its name in ``theme/static``."""

    def __init__(self, urls: Mapping[str, str], folder: Path) -> None:
        super().__init__(urls)
        self.folder = folder

    def __missing__(self, name: str) -> str:
        raise LookupError(f"theme/static/{name} : ce fichier n'existe pas")


def read_assets(theme: Path) -> Assets:
    """The static files of a theme."""
    folder = theme / "static"
    return Assets({name: _url(name, (folder / name).read_bytes()) for name in sorted(files_in(folder))}, folder)


def _url(name: str, content: bytes) -> str:
    path = PurePosixPath(FOLDER, name)
    return str(path.with_name(f"{path.stem}.{digest(content).hex()[:10]}{path.suffix}"))
