"""Reasons to set an answer apart for a moderator: a filled honeypot, a form answered too fast, a false proof of work.

A doubt never refuses an answer: it is kept, thanked for, and left out of the export until a moderator has looked.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution

HONEYPOT = "website"
ELAPSED = "elapsed"
PROOF = "altcha"
LABELS = {
    "honeypot": "le champ invisible a été rempli",
    "too_fast": "le formulaire a été rempli en moins de temps qu'il n'en faut pour le lire",
    "elapsed_invalid": "la durée annoncée n'est pas un nombre",
    "proof_invalid": "la preuve de travail est fausse ou périmée",
    "proof_missing": "la preuve de travail manque, alors qu'elle est exigée",
    "proof_replayed": "la preuve de travail a déjà servi",
    "version_unknown": "le formulaire n'est d'aucune version connue du questionnaire : lisez ce qui a été envoyé",
    "submission_reused": "le même envoi était déjà arrivé avec d'autres réponses : ne gardez que l'un des deux",
}

_FASTEST, _EACH = 3_000, 500  # ms: for a whole form, and a question of a short one
_HARDNESS = 50_000
_VALIDITY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Examined:
    """Doubts found, and the fingerprint of the proof of work with its expiry (seconds since 1970), if one was sent."""

    doubts: tuple[str, ...]
    proof: str
    proof_expires: int


def new_challenge(key: str) -> dict[str, Any]:
    """A fresh ALTCHA challenge (protocol 1, SHA-256), good for two hours, named as browsers' solvers read it."""
    expires = datetime.now(UTC) + _VALIDITY
    made = create_challenge(ChallengeOptions(hmac_key=key, max_number=_HARDNESS, expires=expires))
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "salt": made.salt,
        "signature": made.signature,
        "maxnumber": made.max_number,
    }


def examine(raw: Mapping[str, Sequence[str]], key: str, *, proof_required: bool = False, asked: int = 0) -> Examined:
    """Look at the hidden fields; without script the time and the proof are absent, which is no doubt.

    ``asked`` is how many questions the form has, 0 when nobody knows: one question is answered in a second.
    """
    doubts = []
    if _one(raw, HONEYPOT).strip():
        doubts.append("honeypot")
    elapsed = _one(raw, ELAPSED)
    if elapsed and not (elapsed.isascii() and elapsed.isdigit()):
        doubts.append("elapsed_invalid")
    elif elapsed and int(elapsed[:12]) < min(_FASTEST, asked * _EACH or _FASTEST):
        doubts.append("too_fast")
    payload = _one(raw, PROOF)
    if not payload:
        return Examined((*doubts, "proof_missing") if proof_required else tuple(doubts), "", 0)
    if not _solves(payload, key):
        return Examined((*doubts, "proof_invalid"), "", 0)
    expires = int((datetime.now(UTC) + _VALIDITY).timestamp())
    return Examined(tuple(doubts), _fingerprint(payload), expires)


def _one(raw: Mapping[str, Sequence[str]], field: str) -> str:
    values = raw.get(field, ())
    return values[0] if values else ""


def _solves(payload: str, key: str) -> bool:
    try:
        return bool(verify_solution(payload, key, check_expires=True)[0])
    except Exception:  # a forged payload may break the library anywhere; it is then simply not a proof
        return False


def _fingerprint(payload: str) -> str:
    """What makes a proof the same one again: its challenge, however the payload around it is written."""
    challenge = json.loads(base64.b64decode(payload))["challenge"]
    return hashlib.sha256(str(challenge).encode()).hexdigest()
