"""What the doctor looks at on this machine: git, who commits, room, the clock, the last backup."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

from divan.builder.settings import Settings
from divan.doctor.asking import NoAnswer, ask
from divan.doctor.collecting import OLDEST_BACKUP, collector_url
from divan.doctor.observation import Observation, lacking, unseen, well
from divan.history.past import git
from divan.sources.french import plural
from divan.sources.problem import ProblemsFound

ROOM = 500  # mégaoctets
_DRIFT = 120  # secondes
_EXAMPLES = {"user.name": "Anne Aulne", "user.email": "anne@exemple.fr"}


def repository(settings: Settings) -> Observation:
    """The folder is in git, with one commit at least."""
    if shutil.which("git") is None:
        return lacking("git n'est pas installé", "installez-le : https://git-scm.com")
    try:
        git(settings.root, "rev-parse", "-q", "--verify", "HEAD")
    except ProblemsFound:
        return lacking("ce dossier n'est pas encore dans git",
                       'git init -b main && git add -A && git commit -m "Le forum"')  # fmt: skip
    return well("ce dossier est dans git")


def identity(settings: Settings) -> Observation:
    """Git knows who commits."""
    if shutil.which("git") is None:
        return unseen("git n'est pas installé")
    missing = [name for name in ("user.name", "user.email") if not _configured(settings, name)]
    if missing:
        remedy = " ; ".join(f'git config --global {name} "{_EXAMPLES[name]}"' for name in missing)
        return lacking(f"git ne sait pas qui vous êtes ({', '.join(missing)})", remedy)
    return well("git sait qui signe les commits")


def _configured(settings: Settings, name: str) -> bool:
    try:
        return bool(git(settings.root, "config", "--get", name).strip())
    except ProblemsFound:
        return False


def room(settings: Settings) -> Observation:
    """The disk has room for a build and the answers to come."""
    free = shutil.disk_usage(settings.root).free // 1_000_000
    if free < ROOM:
        return lacking(f"il reste {free} Mo sur ce disque, {ROOM} sont souhaitables", "faites de la place")
    return well(f"il reste {free} Mo sur ce disque")


def clock(settings: Settings) -> Observation:
    """The time here is that of whoever answers, and is not before the last commit."""
    now = datetime.now(UTC)
    remedy = "mettez la machine à l'heure : timedatectl set-ntp true"
    try:
        last = datetime.fromtimestamp(int(git(settings.root, "log", "-1", "--format=%ct")), UTC)
    except (ProblemsFound, OSError, ValueError):
        last = None
    if last and (last - now).total_seconds() > _DRIFT:
        return lacking("l'horloge retarde : le dernier commit serait de demain", remedy)
    url = collector_url(settings) or settings.url
    try:
        at = ask(url).at
    except NoAnswer as why:
        return unseen(f"personne à qui comparer l'heure ({url} : {why})")
    if at is None:
        return unseen(f"{url} ne dit pas l'heure")
    drift = round((now - at).total_seconds())
    if abs(drift) > _DRIFT:
        ahead = "avance" if drift > 0 else "retarde"
        return lacking(f"l'horloge {ahead} de {abs(drift)} secondes sur celle de {url}", remedy)
    return well("l'horloge est à l'heure")


def backup(settings: Settings) -> Observation:
    """What was received here was saved not long ago."""
    from divan.collector.health import days_since_backup
    from divan.collector.serving import state_folder

    if not state_folder(settings.root).is_dir():
        return unseen("rien n'a été reçu sur cette machine : lancez « divan doctor » aussi sur celle du collecteur")
    days = days_since_backup(settings.root)
    if days is None:
        return lacking("ce qui a été reçu n'a jamais été sauvegardé", "divan backup")
    if days > OLDEST_BACKUP:
        return lacking(f"la dernière sauvegarde a {plural(days, 'jour')}", "divan backup, chaque jour, par cron")
    return well(f"la dernière sauvegarde a {plural(days, 'jour')}")
