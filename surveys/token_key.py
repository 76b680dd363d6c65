"""The public half of the key that signs a wave's tokens: ``before.pem``, beside ``before.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.sources.problem import FaultKind, Problem
from surveys.model import Study

_FAULT = FaultKind("E07")

_EDGES = ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----")


def token_key_file(folder: Path, wave: str) -> Path:
    """Where the key of a wave of the study in ``folder`` is."""
    return folder / f"{wave}.pem"


def token_key(folder: Path, wave: str) -> str:
    """The key as a form carries it (base64 of its DER); '' when there is none that can be read."""
    try:
        lines = token_key_file(folder, wave).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return ""
    text = " ".join(lines)
    if not (text.startswith(_EDGES[0]) and text.endswith(_EDGES[1])):
        return ""
    return text.removeprefix(_EDGES[0]).removesuffix(_EDGES[1]).replace(" ", "")


def token_problems(study: Study) -> Iterator[Problem]:
    """A wave that asks for tokens needs a key before it opens: without one, no device can have a token signed."""
    for wave in study.waves:
        if wave.by_token and not wave.token_key:
            path = f"surveys/{study.id}/{token_key_file(study.folder, wave.id).name}"
            message = "la clé qui vérifie les jetons de cette vague manque, ou ne se lit pas"
            remedy = f"« divan tokens {study.id} {wave.id} 40 » la fait, avec quarante codes à distribuer"
            yield _FAULT(path, None, message, remedy)
