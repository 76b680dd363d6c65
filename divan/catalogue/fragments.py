"""What other rooms have to say on a thread's page: pieces of HTML that plugins offer, each to one thread."""

from __future__ import annotations

from collections.abc import Mapping

from blinker import Signal

from divan.builder.settings import Settings

thread_fragments = Signal()
"""Sent with the Settings at each build; a receiver returns HTML by thread. Plugins connect in ``register()``."""


def fragments_of(settings: Settings) -> Mapping[str, str]:
    """What plugins offer to each thread, one after another in their order; raises ProblemsFound."""
    found: dict[str, str] = {}
    for name in settings.plugins:
        for receiver in thread_fragments.receivers_for(None):
            if f"{receiver.__module__}.".startswith(f"{name}."):
                for thread, html in receiver(settings).items():
                    found[thread] = found.get(thread, "") + html
    return found
