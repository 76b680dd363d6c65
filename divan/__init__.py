"""Divan : un forum entre confrères fait d'un site statique et d'un dépôt git, et les enquêtes qui disent s'il aide."""

from typing import Any

__version__ = "0.2.0.dev0"


def __getattr__(name: str) -> Any:
    """``PELICAN_CLASS = "divan.ForumSite"``: Pelican looks a class up in a package, never deeper."""
    if name == "ForumSite":
        from divan.site.pelican import ForumSite

        return ForumSite
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
