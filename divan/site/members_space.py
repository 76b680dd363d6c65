"""The members' space of a public site: their whole edition, built aside, then wrapped into ``membres/``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from divan.builder.settings import Settings, load_settings
from divan.members.feed import FOLDER, LISTED, feed_name, titles_only
from divan.members.keyring import Keyring, load_keyring
from divan.members.path_register import CONTENTS
from divan.members.where import SPACE, keyring_of
from divan.site.audit.wrapped_files import KEYS
from divan.site.wrapping import Wrapping
from divan.sources.writing import write_beside
from divan.workers import alone

READ = f"{SPACE}lire"  # what their edition takes for its address


def members_edition(settings: Settings) -> dict[str, Any]:
    """What is said otherwise to the builder, so that it makes their edition, in a folder that no host shows."""
    folder = settings.work / "members"
    return {
        "AUDIENCE": "members", "OUTPUT_PATH": str(folder / "edition"), "CACHE_PATH": str(folder / "cache"),
        "SITEURL": f"{settings.url}/{READ}" if settings.url else "",
    }  # fmt: skip


def has_space(settings: Settings) -> bool:
    """Whether this group gave keys: then its site has a members' space."""
    return keyring_of(settings).is_file()


def update_space(root: Path, overrides: Mapping[str, Any] | None = None, *, full: bool = False) -> str:
    """Bring the space up to date with the members' edition as it is built now; a sentence, '' without any key."""
    settings = load_settings(root.resolve(), overrides)
    ring = load_keyring(keyring_of(settings))
    if ring is None:
        _take_away(settings.output / SPACE)
        return ""
    work = settings.work / "members"
    with alone(work):
        said = Wrapping(settings.output / SPACE, work, ring).run(full=full)
        _write_feeds(settings, ring)
    return said


def _write_feeds(settings: Settings, ring: Keyring) -> None:
    """Those that were asked for, and no other: a feed taken back is gone with this build."""
    folder = settings.output / SPACE / FOLDER
    listed = settings.work / "members/edition" / LISTED
    wanted = {feed_name(one.feed) for one in ring.holders if one.feed} if listed.is_file() else set()
    for file in folder.iterdir() if folder.is_dir() else ():
        if f"{FOLDER}/{file.name}" not in wanted:
            file.unlink()
    for name in wanted:
        made = titles_only(listed.read_bytes(), settings.url, f"{settings.url}/{READ}", name)
        target = settings.output / SPACE / name
        if not target.is_file() or target.read_bytes() != made:
            write_beside(target, made)
    if folder.is_dir() and not wanted:
        folder.rmdir()


def _take_away(space: Path) -> None:
    """Leave only what the site itself says there."""
    for folder in ("f", FOLDER):
        shutil.rmtree(space / folder, ignore_errors=True)
    for name in (CONTENTS, KEYS):
        (space / name).unlink(missing_ok=True)
    if space.is_dir() and not any(space.iterdir()):
        space.rmdir()


def build_for_members(root: Path, overrides: Mapping[str, Any] | None = None, *, full: bool = False) -> str:
    """Build their edition where keys were given, then wrap it; raises HeldBack when something of it is held back."""
    from divan.site.build import build

    settings = load_settings(root.resolve(), overrides)
    try:
        if has_space(settings):
            build(root, settings_overrides={**(overrides or {}), **members_edition(settings)}, full=full)
    finally:
        said = update_space(root, overrides, full=full)
    return said
