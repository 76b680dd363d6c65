"""The registry of the doctor's checks: a name, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from divan.builder.settings import Settings
from divan.doctor import collecting, forge_rights, machine
from divan.doctor.observation import Observation, unseen

CHECKS: Mapping[str, Callable[[Settings], Observation]] = {
    "dépôt": machine.repository,
    "identité": machine.identity,
    "place": machine.room,
    "horloge": machine.clock,
    "sauvegarde": machine.backup,
    "collecteur": collecting.collector,
    "courriel": collecting.mail,
    "jeton": forge_rights.token,
    "branche": forge_rights.protection,
}
_ELSEWHERE = {"horloge", "collecteur", "courriel", "jeton", "branche"}


def examine(settings: Settings, *, offline: bool = False) -> Iterator[tuple[str, Observation]]:
    """Each check with what it found; ``offline`` asks nobody."""
    for name, look in CHECKS.items():
        if offline and name in _ELSEWHERE:
            yield name, unseen("demandé hors ligne")
            continue
        try:
            yield name, look(settings)
        except ModuleNotFoundError as error:
            yield name, unseen(f"le module {error.name} n'est pas installé", "pip install 'divan[collector]'")
