"""What many pages are made with, each as one digest: when it changes, all that uses it is made again.

Digests are taken of contents, never of times: they are the same after a checkout on another machine.
"""

from __future__ import annotations

import site as site_packages
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from divan.builder.assets import Assets, read_assets
from divan.builder.digest import digest, digest_files, digest_of, stable
from divan.builder.settings import Settings
from divan.site.translation import catalogue_file

HOUSE = Path(__file__).resolve().parent.parent.parent
_READING = (
    "divan/sources",
    "divan/privacy",
    "divan/forum",
    "divan/catalogue",
)
_RENDERING = ("divan/builder", "divan/site/translation.py")
_MAKING = ("surveys", "plugins")
_RENDERING_SETTINGS = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "TIMEZONE", "DEFAULT_LANG")
_PLACES = ("OUTPUT_PATH", "CACHE_PATH")
_SOFTWARE = ("comrak", "jinja2", "markupsafe", "nh3", "pyyaml", "jsonschema_rs", "markdown", "pelican")


@dataclass(frozen=True)
class Inputs:
    """``digests`` by name; ``templates`` the digest of each template's own text; ``assets`` the static files."""

    digests: dict[str, bytes]
    templates: dict[str, bytes]
    assets: Assets


def read_inputs(settings: Settings) -> Inputs:
    """Look at everything but the content itself."""
    assets = read_assets(settings.theme)
    templates = _templates(settings)
    software = digest_of(_software(), sys.version)
    foreign = digest_of([(name, _plugin_code(name)) for name in foreign_plugins(settings)])
    words = digest_files([catalogue_file(settings.get("DEFAULT_LANG", "fr"))])
    jinja = [stable(settings.get(name) or {}) for name in _RENDERING_SETTINGS]
    everything = stable({name: value for name, value in settings.raw.items() if name not in _PLACES})
    digests = {
        "reading": digest_of(software, _code(_READING)),
        "rendering": digest_of(software, foreign, _code(_RENDERING), words, jinja),
        "making": digest_of(_code(_MAKING), _code(_READING)),
        "templates": digest_of(sorted(templates.items()), jinja),
        "assets": digest_of(sorted(assets.items())),
        "settings": digest_of(everything),
        "today": digest_of(settings.today),
        "answers": digest_files(settings.root.glob("surveys/*/responses/*.csv")),  # git may not see them
    }
    return Inputs(digests, templates, assets)


def foreign_plugins(settings: Settings) -> list[str]:
    """Pelican plugins that are not the house's: only Pelican can run them."""
    return [name for name in settings.plugins if not name.startswith("plugins.")]


def _templates(settings: Settings) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for folder in reversed(settings.template_folders):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found[file.relative_to(folder).as_posix()] = digest(file.read_bytes())
    return found


@cache
def _code(places: tuple[str, ...]) -> bytes:
    """Digest of the house's own modules; they do not change while they run."""
    files = [file for place in places for file in _modules(HOUSE / place)]
    return digest_of([(file.relative_to(HOUSE).as_posix(), digest(file.read_bytes())) for file in sorted(files)])


def _modules(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [file for file in place.rglob("*") if file.suffix in (".py", ".json", ".html", ".js") and file.is_file()]


@cache
def _software() -> tuple[str, ...]:
    """Names of the installed distributions that a page's bytes depend on, with their versions."""
    folders = {*site_packages.getsitepackages(), *(path for path in sys.path if path.endswith("-packages"))}
    names = {file.name for folder in folders for file in Path(folder).glob("*.dist-info")}
    return tuple(sorted(name for name in names if name.lower().partition("-")[0].replace(".", "_") in _SOFTWARE))


def _plugin_code(name: str) -> bytes:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return b""
    file = Path(spec.origin)
    return digest_files(file.parent.rglob("*.py") if file.name == "__init__.py" else [file])


def same(old: Mapping[str, bytes], new: Mapping[str, bytes], *names: str) -> bool:
    """Whether these inputs have not changed."""
    return all(old.get(name) == new.get(name) for name in names)
