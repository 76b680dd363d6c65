"""What many pages are made with, each as one digest: when it changes, all that uses it is made again.

Digests are taken of contents, never of times: they are the same after a checkout on another machine.
"""

from __future__ import annotations

import os
import re
import site as site_packages
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from divan.builder.digest import digest, digest_files, digest_of, stable
from divan.builder.output import files_in
from divan.builder.settings import Settings
from divan.builder.templates import templates_of

HOUSE = Path(__file__).resolve().parent.parent.parent
FOLDER = "theme"  # of static files, in the output
_DATA = ("schemas", "templates")  # folders of a package that hold no module

_RENDERING_SETTINGS = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "TIMEZONE", "DEFAULT_LANG")
_PLACES = ("OUTPUT_PATH", "CACHE_PATH")
_SOFTWARE = ("comrak", "jinja2", "markupsafe", "nh3", "pyyaml", "jsonschema_rs", "markdown", "pelican")


_PELICAN = re.compile(rb"^\s*(?:from|import) pelican\b", re.MULTILINE)
_CODE = (".py", ".json", ".html", ".js")


class Code(NamedTuple):
    """Folders of the code that reads items, renders pages, makes what plugins offer; tests hold them to the imports."""

    reading: tuple[str, ...]
    rendering: tuple[str, ...]
    making: tuple[str, ...]


class Assets(dict[str, str]):
    """URL of each static file, from the site's root, by its name in ``theme/static``; ``files`` say where it lies.

    A name changes with the content, so that a browser may keep the file for ever. A file's own name does; in a folder
    the folder's, so that its scripts import one another by plain names.
    """

    def __init__(self, urls: Mapping[str, str], files: Mapping[str, Path]) -> None:
        super().__init__(urls)
        self.files = files

    def __missing__(self, name: str) -> str:
        raise LookupError(f"theme/static/{name} : ce fichier n'existe pas")


@dataclass(frozen=True)
class Inputs:
    """``digests`` by name; ``templates`` the digest of each template's own text; ``assets`` the static files.

    ``foreign`` are the plugins that speak to Pelican: only Pelican can run them.
    """

    digests: dict[str, bytes]
    templates: dict[str, bytes]
    assets: Assets
    foreign: tuple[str, ...]


def read_inputs(settings: Settings, places: Code, words: tuple[Path, ...], unseen: tuple[str, ...]) -> Inputs:
    """Look at everything but the sources; ``unseen`` are patterns of those that git may not see."""
    assets = read_assets(settings.static_folders)
    found = templates_of(settings.template_folders)
    templates = {name: digest(file.read_bytes()) for name, file in found.items()}
    software = digest_of(_software(), sys.version)
    code = {name: _plugin_files(name) for name in settings.plugins}
    foreign = tuple(name for name, files in code.items() if any(_PELICAN.search(one.read_bytes()) for one in files))
    theirs = digest_of([(name, digest_files(code[name])) for name in foreign])
    beside = {folder for name, files in code.items() if "." in name and files for folder in {files[0].parent}}
    plugins = [
        digest_files(files) for files in (*code.values(), *(sorted(one.rglob("*.py")) for one in sorted(beside)))
    ]
    jinja = [stable(settings.get(name) or {}) for name in _RENDERING_SETTINGS]
    everything = stable({name: value for name, value in settings.raw.items() if name not in _PLACES})
    digests = {
        "reading": digest_of(software, _code(places.reading)),
        "rendering": digest_of(software, theirs, _code(places.rendering), digest_files(words), jinja),
        "making": digest_of(_code(places.making), settings.plugins, plugins),
        "templates": digest_of(sorted(templates.items()), jinja),
        "assets": digest_of(sorted(assets.items())),
        "settings": digest_of(everything),
        "today": digest_of(settings.today),
        "unseen": digest_files(file for pattern in unseen for file in settings.root.glob(pattern)),
    }
    return Inputs(digests, templates, assets, foreign)


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


@cache
def _code(places: tuple[str, ...]) -> bytes:
    """Digest of the house's own modules; they do not change while they run."""
    files = code_files(places)
    return digest_of([(file.relative_to(HOUSE).as_posix(), digest(file.read_bytes())) for file in sorted(files)])


def code_files(places: tuple[str, ...]) -> list[Path]:
    """The house's files of code in these folders, and these files."""
    return [file for place in places for file in _modules(HOUSE / place)]


def _modules(place: Path) -> Iterator[Path]:
    """Files of a package, or one file; a folder of it that is no package, as a study in ``surveys``, holds no code."""
    if place.is_file():
        yield place
    for parent, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name in _DATA or Path(parent, name, "__init__.py").is_file()]
        yield from (Path(parent, name) for name in names if name.endswith(_CODE))


def _plugin_files(name: str) -> list[Path]:
    """A plugin's modules: its own file, or all those of its package."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return []
    file = Path(spec.origin)
    return sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]


@cache
def _software() -> tuple[str, ...]:
    """Names of the installed distributions that a page's bytes depend on, with their versions."""
    folders = {*site_packages.getsitepackages(), *(path for path in sys.path if path.endswith("-packages"))}
    names = {file.name for folder in folders for file in Path(folder).glob("*.dist-info")}
    return tuple(sorted(name for name in names if name.lower().partition("-")[0].replace(".", "_") in _SOFTWARE))


def same(old: Mapping[str, bytes], new: Mapping[str, bytes], *names: str) -> bool:
    """Whether these inputs have not changed."""
    return all(old.get(name) == new.get(name) for name in names)
