"""How the desk is set up: PUBLISHING in pelicanconf.py, tokens in the environment."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from divan.builder.settings import SETTINGS_FILE, Settings
from divan.desk.forge import Forge
from divan.desk.forgejo import Forgejo
from divan.desk.git import GitTrouble, git
from divan.desk.github import GitHub
from divan.desk.gitlab import GitLab
from divan.desk.publisher import DIRECT, PULL_REQUEST
from divan.desk.repository import Repository
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import identity_file

TOKEN = "DIVAN_FORGE_TOKEN"  # noqa: S105 - the variable's name, not its value
FORGES: Mapping[str, Callable[[str, str, str], Forge]] = {"github": GitHub, "gitlab": GitLab, "forgejo": Forgejo}
_USERS = {"github": "x-access-token", "gitlab": "oauth2", "forgejo": "x-token"}
_NAMES = {"way", "remote", "push_options", "api", "rebuild"}


@dataclass(frozen=True)
class Publishing:
    """The setting, read: ``merges`` tells whether the desk merges by itself when it speaks to no forge."""

    repository: Repository
    way: str
    forge: Forge | None
    merges: bool
    rebuild: bool


def publishing(settings: Settings, folder: Path) -> Publishing:
    """How proposals are published; ProblemsFound when the setting says something else."""
    said: Mapping[str, Any] = settings.get("PUBLISHING") or {}
    way = said.get("way", PULL_REQUEST)
    unknown = sorted(said.keys() - _NAMES)
    if way not in (DIRECT, PULL_REQUEST) or unknown:
        found = (
            f"« {unknown[0]} » n'est pas connu" if unknown else f"way doit valoir pull_request ou direct, pas « {way} »"
        )
        known = ", ".join(sorted(_NAMES))
        raise ProblemsFound([Problem(SETTINGS_FILE, None, f"PUBLISHING : {found}", f"réglages connus : {known}")])
    remote = str(said.get("remote") or _origin(settings.root))
    token, kind = os.environ.get(TOKEN, ""), str(settings.get("FORGE", ""))
    forge = None
    if token and kind in FORGES and not Path(remote).is_dir():
        forge = FORGES[kind](str(settings.get("REPOSITORY_URL", "")), token, str(said.get("api", "")))
    options = tuple(str(option) for option in said.get("push_options", ()))
    branch = str(settings.get("REPOSITORY_BRANCH", "main"))
    if Path(remote).is_dir():
        branch = _head(Path(remote), branch)
    credentials, identity = _credentials(remote, token, kind), identity_file(settings.root)
    repository = Repository(folder, remote, branch, options, credentials, identity)
    return Publishing(repository, way, forge, repository.is_local and not options, bool(said.get("rebuild", True)))


def _origin(root: Path) -> str:
    """The remote of this repository; the repository itself when it has none."""
    try:
        origin = git(root, "remote", "get-url", "origin")
    except GitTrouble:
        return str(root)
    local = root / origin
    return str(local.resolve()) if "://" not in origin and local.is_dir() else origin


def _head(remote: Path, branch: str) -> str:
    """On a repository of this machine, the branch that it shows, when it has not the one of the settings."""
    try:
        git(remote, "rev-parse", "-q", "--verify", f"refs/heads/{branch}")
    except GitTrouble:
        try:
            return git(remote, "symbolic-ref", "--short", "HEAD")
        except GitTrouble:
            return branch
    return branch


def _credentials(remote: str, token: str, kind: str) -> dict[str, str]:
    """The forge's token for git over HTTPS, in the environment: a command's words are seen by every process."""
    if not token or not remote.startswith("https://"):
        return {}
    basic = base64.b64encode(f"{_USERS.get(kind, 'x-token')}:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"http.{remote}.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }  # fmt: skip
