"""Git by subprocess: never a question, never longer than it may last, and its own words kept out of ours."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

LONGEST = 60.0


class GitTrouble(Exception):
    """Git could not do it; the argument is a French sentence for the moderators. ``rejected``: the remote said no."""

    def __init__(self, sentence: str, *, rejected: bool = False) -> None:
        super().__init__(sentence)
        self.rejected = rejected


def git(
    folder: Path, *words: str, given: bytes | None = None, more: Mapping[str, str] | None = None,
    longest: float | None = None,
) -> str:  # fmt: skip
    """What a git command prints; GitTrouble when it fails or lasts too long."""
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=15",
           "LC_ALL": "C", **(more or {})}  # fmt: skip
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        if name not in (more or {}):
            env.pop(name, None)
    process = subprocess.Popen(
        ["git", "-c", "gc.auto=0", *words], cwd=folder, env=env, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = process.communicate(given, timeout=longest or LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise GitTrouble("le dépôt distant n'a pas répondu à temps") from None
    if process.returncode:
        raise _trouble(words[0], err.decode("utf-8", "replace"))
    return out.decode("utf-8", "replace").strip()


def _trouble(verb: str, said: str) -> GitTrouble:
    if verb == "push" and ("rejected" in said or "non-fast-forward" in said or "fetch first" in said):
        moved = "fetch first" in said or "non-fast-forward" in said or "stale info" in said
        sentence = "le dépôt distant a avancé entre-temps" if moved else "le dépôt distant a refusé l'envoi"
        return GitTrouble(sentence, rejected=True)
    if any(word in said for word in ("Authentication failed", "could not read Username", "Permission denied", "403")):
        return GitTrouble("le dépôt distant ne nous reconnaît pas : vérifiez le jeton ou la clé")
    if verb in ("fetch", "push", "clone", "ls-remote"):
        return GitTrouble("le dépôt distant ne répond pas")
    return GitTrouble(f"« git {verb} » a échoué")
