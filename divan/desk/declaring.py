"""What the command line says of moderators and of what waits for them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from divan.collector.serving import answers_store
from divan.collector.shown_versions import load_studies
from divan.desk.access import Gate
from divan.desk.moderators import Listed, Moderators
from divan.desk.news import digest_of_queue
from divan.desk.queue import Queue
from divan.desk.sessions import Sessions
from divan.desk.setting_apart import SettingApart
from divan.proposals.following import day
from divan.proposals.store import ProposalStore
from divan.sources.problem import Problem, ProblemsFound

_LONGEST_NAME = 60


def declare(root: Path, database: str | None, action: str, name: str, url: str) -> str:
    """``add`` prints a link that works once, ``list`` everybody with their devices, ``revoke`` closes."""
    place = f"divan moderators {action}"
    if action != "list" and not (name.strip() and len(name) <= _LONGEST_NAME and name.isprintable()):
        message, remedy = "il faut un nom, de soixante signes au plus", f"par exemple : {place} Anouk"
        raise ProblemsFound([Problem(place, None, message, remedy)])
    with answers_store(root, database, receives=True) as store:
        moderators = Moderators(store.engine)
        if action == "list":
            return "\n".join(map(_line, moderators.listed())) or "Personne ne modère encore : divan moderators add NOM"
        if action == "add":
            return _link(moderators.invite(name.strip()), url)
        device = name.removeprefix("#")
        is_device = name.startswith("#") and device.isascii() and device.isdigit()
        done = moderators.revoke_device(int(device)) if is_device else moderators.revoke(name.strip())
    if not done:
        raise ProblemsFound([Problem(place, None, "personne, ni aucun appareil, ne s'appelle ainsi",
                                     "« divan moderators list » les montre")])  # fmt: skip
    return "Cet appareil n'entre plus." if is_device else "Cette personne n'entre plus ; ses appareils sont oubliés."


def _link(token: str, url: str) -> str:
    base = (url or os.environ.get("DIVAN_COLLECTOR") or "http://localhost:8001").rstrip("/").removesuffix("/desk")
    once = "Ce lien ne sert qu'une fois, pendant deux jours ; donnez-le à cette personne seule."
    return f"{base}/desk/entrer/{token}\n{once}"


def _line(one: Listed) -> str:
    head = f"{one.name}, depuis le {day(one.added)}" + (" (retiré)" if one.revoked else "")
    devices = [
        f"  #{device.id} {device.name}, {'clé d’accès' if device.passkey else 'sans clé'}, vu le {day(device.seen)}"
        for device in one.devices
    ]
    return "\n".join([head, *devices])


def news(root: Path, database: str | None) -> str:
    """What waits, for a command that cron runs; '' when nothing does."""
    with answers_store(root, database) as store:
        proposals = ProposalStore(store.engine)
        apart = SettingApart(Gate(Sessions(store.engine)), store, load_studies(root))
        count = sum(len(group.answers) for group in apart.groups())
        return digest_of_queue(Queue(proposals), count, date.today())
