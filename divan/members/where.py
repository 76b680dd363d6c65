"""Where the members' space stands in the site, and the keyring beside the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

SPACE = "membres/"  # from the root of the site
KEYRING = ".divan/keyring.key"  # « divan backup » takes what ends so


class GroupSettings(Protocol):
    """Where a group's folder is, and what it has set."""

    @property
    def root(self) -> Path:
        """The folder."""

    def get(self, name: str, default: Any = None) -> Any:
        """A setting."""


def keyring_file(root: Path, chosen: object = None) -> Path:
    """Where the keyring of the group at ``root`` is; ``chosen`` is what its settings say, if anything."""
    return root / str(chosen or KEYRING)


def keyring_of(settings: GroupSettings) -> Path:
    """Where the keyring of the group with these settings is."""
    return keyring_file(settings.root, settings.get("KEYRING"))
