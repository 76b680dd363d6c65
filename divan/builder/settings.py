"""The site's settings, read from ``pelicanconf.py`` without Pelican: a build that has nothing to do never loads it."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from divan.house import house
from divan.sources.french import CIVIL_ZONE, civil_day
from divan.sources.problem import FaultKind, ProblemsFound

_FAULT = FaultKind("G01")

SETTINGS_FILE = "pelicanconf.py"


@dataclass(frozen=True)
class Settings:
    """What pages need of Pelican's settings; ``raw`` keeps them all, under Pelican's names.

    Paths are absolute. ``url`` has no final slash; ``today`` decides of what opens, closes and expires.
    """

    root: Path
    raw: Mapping[str, Any]
    today: date

    def __getitem__(self, name: str) -> Any:
        return self.raw[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A setting by its Pelican name, or ``default``."""
        return self.raw.get(name, default)

    @property
    def url(self) -> str:
        """Absolute address of the site, without a final slash; '' when it is not known."""
        return str(self.get("SITEURL") or "").rstrip("/")

    @property
    def url_path(self) -> str:
        """Path of the site on its host, with its final slash: ``/`` or ``/forum/``."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    @property
    def content(self) -> Path:
        """Folder of what people write."""
        return self.root / str(self.get("PATH", "content"))

    @property
    def output(self) -> Path:
        """Folder of the built site."""
        return self.root / str(self.get("OUTPUT_PATH", "output"))

    @property
    def work(self) -> Path:
        """Folder of what one build leaves for the next, one for each output folder."""
        return self.root / str(self.get("CACHE_PATH", ".divan")) / self.output.name

    @property
    def state_file(self) -> Path:
        """What is left for the next build begins there."""
        return self.work / "state"

    @property
    def theme(self) -> Path:
        """Folder of the group's own theme; it need not exist."""
        return self.root / str(self.get("THEME", "theme"))

    @property
    def themes(self) -> tuple[Path, ...]:
        """The group's theme, then the engine's, of which it changes some files."""
        return tuple(dict.fromkeys((self.theme.resolve(), house("theme"))))

    @property
    def static_folders(self) -> tuple[Path, ...]:
        """Where static files are looked for, first found first served."""
        return tuple(theme / "static" for theme in self.themes)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for, first found first served, as Pelican does."""
        overrides = self.get("THEME_TEMPLATES_OVERRIDES") or ()
        return (*(self.root / folder for folder in overrides), *(theme / "templates" for theme in self.themes))

    @property
    def timezone(self) -> str:
        """Where it is now the time that dates are written in."""
        return str(self.get("TIMEZONE", CIVIL_ZONE))

    @property
    def plugins(self) -> tuple[str, ...]:
        """Plugins by name, in their order."""
        return tuple(str(name) for name in self.get("PLUGINS") or ())

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """The pages that the group adds to those at the foot of each page: words and address of each."""
        return tuple((label, url) for label, url in self.get("MENU", ()))


def load_settings(root: Path, overrides: Mapping[str, Any] | None = None, today: date | None = None) -> Settings:
    """Read ``root/pelicanconf.py``, apply ``overrides`` and say which day it is (DIVAN_TODAY, else the real one)."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        remedy = "lancez la commande à la racine du dépôt ; « divan init » en commence un"
        raise ProblemsFound([_FAULT(SETTINGS_FILE, None, "les réglages du site manquent", remedy)])
    raw = {**_run(path), **(overrides or {})}
    menu = raw.get("MENU", ())
    if not (isinstance(menu, list | tuple) and all(map(_is_menu_entry, menu))):
        message, remedy = "« MENU » est une liste de paires", 'par exemple : MENU = [("Par année", "annees/")]'
        raise ProblemsFound([_FAULT(SETTINGS_FILE, None, message, remedy)])
    return make_settings(root, raw, today)


def _is_menu_entry(one: object) -> bool:
    return isinstance(one, list | tuple) and len(one) == 2 and all(isinstance(word, str) for word in one)


def make_settings(root: Path, raw: Mapping[str, Any], today: date | None = None) -> Settings:
    """Settings already read, by Pelican for instance."""
    return Settings(root.resolve(), raw, today or _today(str(raw.get("TIMEZONE", CIVIL_ZONE))))


def zone_of(root: Path) -> str:
    """Where it is now the time of the group at ``root``: France, when no settings say otherwise."""
    return load_settings(root).timezone if (root / SETTINGS_FILE).is_file() else CIVIL_ZONE


def _today(zone: str) -> date:
    try:
        day = civil_day(zone)
    except (KeyError, ValueError, OSError):
        message = f"TIMEZONE nomme un fuseau horaire, et « {zone} » n'en est pas un"
        raise ProblemsFound([_FAULT(SETTINGS_FILE, None, message, "exemple : Europe/Paris")]) from None
    written = os.environ.get("DIVAN_TODAY")
    if not written:
        return day
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ProblemsFound([_FAULT("DIVAN_TODAY", None, f"un jour s'écrit 2026-03-14, pas « {written} »")]) from None


def _run(path: Path) -> dict[str, Any]:
    sys.path.insert(0, str(path.parent))
    before = set(sys.modules)
    try:
        names = runpy.run_path(str(path))
    except Exception as error:
        raise ProblemsFound([_FAULT(path.name, None, f"les réglages ne se lisent pas ({error})")]) from None
    finally:
        sys.path.remove(str(path.parent))
        for name in set(sys.modules) - before:
            if Path(getattr(sys.modules[name], "__file__", None) or "").parent == path.parent:
                del sys.modules[name]  # un réglage importé d'un autre fichier se relit lui aussi
    return {name: deepcopy(value) for name, value in names.items() if name.isupper()}  # Pelican y ajoute du sien
