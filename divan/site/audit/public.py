"""What anybody may read: public sources, and the words that the engine itself puts in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.settings import Settings
from divan.house import house
from divan.site.audit.hidden import APART, MEMBERS, HiddenSources

_SOURCES = (".md", ".yaml")
_IN_PAGES = ("divan/catalogue", "divan/forum", "plugins", "theme/templates")
_ELSEWHERE = (
    "divan/builder", "divan/site", "divan/sources", "divan/images", "divan/privacy", "divan/collector", "surveys",
    "analysis", "locale", "theme/static",
)  # fmt: skip
_WRITTEN = (".py", ".html", ".xml", ".js", ".css", ".po", ".json")
AS_THEY_ARE = (".js", ".json", ".css", ".svg")
_DATA = ("theme/static", "divan/privacy", "divan/sources", "surveys/schemas", "analysis/schemas")


def public_sources(paths: Iterable[str], hidden: HiddenSources) -> Iterator[str]:
    """Those of the sources that everybody may read as they were written."""
    for path in paths:
        if not path.endswith(_SOURCES) or path in hidden.replies or path in hidden.cards:
            continue
        if path.startswith(APART) and not path.startswith(MEMBERS):
            continue
        folder, _, name = path.removeprefix("content/").partition("/")
        thread = name.partition("/")[0] if folder == "replies" else name.rpartition("/")[2].removesuffix(".md")
        if thread not in hidden.threads:
            yield path


def words_of_pages() -> Iterator[str]:
    """What the engine's templates and plugins put in pages."""
    yield from _texts(map(house, _IN_PAGES))


def words_elsewhere() -> Iterator[str]:
    """What the rest of the engine may say, forms and reports above all."""
    yield from _texts(map(house, _ELSEWHERE))


def words_of_the_group(settings: Settings) -> Iterator[str]:
    """What a group's own settings, theme and plugins put in pages."""
    yield "\n".join(map(str, settings.raw.values()))
    engine = house("theme"), house("plugins")
    yield from _texts(
        folder for folder in (settings.theme, settings.root / "plugins") if folder.resolve() not in engine
    )


def published_as_they_are() -> frozenset[bytes]:
    """Digests of the engine's files that the site holds as they are: nobody's words are in them."""
    files = (file for folder in map(house, _DATA) for file in _files(folder, AS_THEY_ARE))
    return frozenset(digest(file.read_bytes()) for file in files)


def _texts(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for file in _files(folder, _WRITTEN):
            yield file.read_text(encoding="utf-8", errors="replace")


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix in suffixes and file.is_file())
