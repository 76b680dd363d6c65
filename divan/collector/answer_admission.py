"""How an answer is admitted: by the token that its device had signed, by a code, by a proof of work, or openly.

A study whose ``admission`` is « tokens » takes no answer without one of the first two; the others ask for none.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from divan.collector.identity import Key
from divan.tokens.invitation_code import read_code
from divan.tokens.signing_key import SigningKey, signing_key
from surveys.codebook import BY_INVITATION
from surveys.model import Wave
from surveys.validation import INVITATION, TOKEN, AnswerFault

OPEN, PROOF, CODE, BLIND = "", "proof", "code", "token"
ADMISSIONS = {
    **BY_INVITATION,
    PROOF: "preuve de travail",
    OPEN: "sans preuve, ou d'avant que cela soit noté",
}

_NEEDED = "Donnez le code d'invitation que vous avez reçu."
_MISCOPIED = "Ce code est mal recopié : il a douze lettres ou chiffres, et le dernier vérifie les autres."
_FORGED = "Ce jeton n'est pas de cette enquête : rechargez la page et redonnez votre code."
_SERIAL = 32  # bytes


@dataclass(frozen=True, slots=True)
class Admission:
    """How, and the keyed hash of what is spent, if anything is."""

    how: str
    code: str = ""
    token: str = ""


@dataclass
class AnswerGate:
    """Reads what an answer came with; ``folder`` holds the keys that sign tokens, by study and wave."""

    key: Key
    folder: Path | None = None
    _keys: dict[tuple[str, str], SigningKey] = field(default_factory=dict)

    def signing(self, study: str, wave: str) -> SigningKey | None:
        """The key of a wave, read when it is first asked for."""
        if (study, wave) not in self._keys and self.folder is not None:
            found = signing_key(self.folder, study, wave)
            if found is None:
                return None
            self._keys[study, wave] = found
        return self._keys.get((study, wave))

    def admission(self, study: str, wave: Wave, fields: Mapping[str, Sequence[str]]) -> Admission | AnswerFault:
        """What admits an answer to a wave that asks for a token; a fault beside the code when nothing does."""
        if token := one(fields, TOKEN):
            serial = self._serial(study, wave.id, token)
            return Admission(BLIND, token=self.key.token(study, wave.id, serial)) if serial else refused_code(_FORGED)
        code = self.code(study, wave.id, one(fields, INVITATION))
        return Admission(CODE, code=code) if isinstance(code, str) else code

    def code(self, study: str, wave: str, typed: str) -> str | AnswerFault:
        """The keyed hash of a code as it was typed."""
        code = read_code(typed)
        if code is None:
            return refused_code(_MISCOPIED if typed.strip() else _NEEDED)
        return self.key.invitation(study, wave, code)

    def _serial(self, study: str, wave: str, token: str) -> str:
        """The serial number of a token that this wave's key signed; '' for any other."""
        serial, _, signature = token.partition(".")
        known, number, signed = self.signing(study, wave), unpacked(serial), unpacked(signature)
        sound = known is not None and len(number) == _SERIAL and known.signed(number, signed)
        return number.hex() if sound else ""


def refused_code(sentence: str) -> AnswerFault:
    """What is told beside the field of the code."""
    return AnswerFault(INVITATION, "Code d'invitation", sentence)


def unpacked(text: str) -> bytes:
    """The bytes that a device sent (base64url); none for anything else."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def one(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a field, '' when there is none."""
    return (fields.get(name) or [""])[0]
