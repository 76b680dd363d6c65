"""Ce que le site construit, un module par chose, branché sur Pelican."""

from typing import Any


def __getattr__(name: str) -> Any:
    """``PELICAN_CLASS = "plugins.ForumSite"``: Pelican looks a class up in a package, never deeper."""
    if name == "ForumSite":
        from plugins.pelican_site import ForumSite

        return ForumSite
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
