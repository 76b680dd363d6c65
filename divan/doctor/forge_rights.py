"""What the doctor asks the forge: what our token may do, and whether the branch that is published is protected."""

from __future__ import annotations

import os
from functools import cache

from divan.builder.settings import Settings
from divan.doctor.observation import Observation, lacking, unseen, well

_TOKENS = {
    "github": "jeton fin, de ce dépôt seul : Contents et Pull requests en écriture, Checks en lecture",
    "gitlab": "jeton de projet, rôle Developer, étendue api",
    "forgejo": "jeton write:repository, d'un compte qui n'écrit que là",
}
_PROTECTING = {
    "github": "Settings, Rules, Rulesets : exiger une pull request et la vérification « check »",
    "gitlab": "Settings, Repository, Protected branches",
    "forgejo": "Paramètres, Branches : protéger la branche",
}


def token(settings: Settings) -> Observation:
    """The token opens the repository, and may write there."""
    standing = _standing(settings)
    if isinstance(standing, Observation):
        return standing
    may_write, _ = standing
    if not may_write:
        return lacking("le jeton de la forge lit le dépôt, mais ne peut pas y écrire", _TOKENS[_kind(settings)])
    return well("le jeton de la forge peut écrire")


def protection(settings: Settings) -> Observation:
    """Nothing enters the branch that is published unless it was read."""
    standing = _standing(settings)
    if isinstance(standing, Observation):
        return unseen(standing.said, "voyez vous-même que la branche est protégée")
    _, protected = standing
    if not protected:
        branch = settings.get("REPOSITORY_BRANCH", "main")
        return lacking(f"la branche {branch} n'est pas protégée", _PROTECTING[_kind(settings)])
    return well("la branche publiée est protégée")


def _kind(settings: Settings) -> str:
    return str(settings.get("FORGE", ""))


def _standing(settings: Settings) -> Observation | tuple[bool, bool]:
    said = settings.get("PUBLISHING") or {}
    return _asked(_kind(settings), str(settings.get("REPOSITORY_URL") or ""), str(said.get("api", "")),
                  str(settings.get("REPOSITORY_BRANCH", "main")), os.environ.get("DIVAN_FORGE_TOKEN", ""))  # fmt: skip


@cache
def _asked(kind: str, repository: str, api: str, branch: str, secret: str) -> Observation | tuple[bool, bool]:
    """Asked once for both checks."""
    if not repository or kind not in _TOKENS:
        return unseen("aucune forge dans les réglages (FORGE, REPOSITORY_URL)")
    if not secret:
        return unseen("DIVAN_FORGE_TOKEN n'est pas dans l'environnement", f"donnez-en un : {_TOKENS[kind]}")
    from divan.desk.configuration import FORGES
    from divan.desk.forge import ForgeTrouble, ForgeUnreachable

    try:
        found = FORGES[kind](repository, secret, api).rights(branch)
    except ForgeUnreachable as why:
        return unseen(str(why))
    except ForgeTrouble as why:
        return lacking(str(why), _TOKENS[kind])
    return found.may_write, found.protected
