"""Retry keys and receipts: what the sender holds, and the keyed hash of it that the database keeps."""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from pathlib import Path

_RECEIPT = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")

_SHORT = 32  # hexadecimal digits: a wave's codes are all in one row


class Key:
    """The collector's secret: signs proofs of work, makes receipts and the hashes they are stored as."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._bytes = secret.encode()

    def submission(self, study: str, wave: str, sent: str) -> str:
        """What a retry key is stored as; a form sent without one (no script ran) is always a new answer."""
        return self._hash("submission", study, wave, sent or secrets.token_hex(16))

    def receipt(self, submission: str) -> str:
        """The receipt handed to the sender, the same for every retry of a submission: ``ABCD-EFGH-JKLM``."""
        digest = base64.b32encode(bytes.fromhex(self._hash("receipt", submission)[:20])).decode()[:12]
        return "-".join((digest[:4], digest[4:8], digest[8:]))

    def stored_receipt(self, receipt: str) -> str:
        """What a receipt is stored as."""
        return self._hash("stored", receipt)

    def invitation(self, study: str, wave: str, code: str) -> str:
        """What an invitation is stored as: without this key, the list of codes says nothing of who has come."""
        return self._hash("invitation", study, wave, code)[:_SHORT]

    def blinded(self, study: str, wave: str, blinded: str) -> str:
        """What a blinded token is stored as, beside the code that it was signed for."""
        return self._hash("blinded", study, wave, blinded)[:_SHORT]

    def token(self, study: str, wave: str, serial: str) -> str:
        """What the serial number of a token is stored as."""
        return self._hash("token", study, wave, serial)

    def _hash(self, *parts: str) -> str:
        message = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self._bytes, message, "sha256").hex()


def read_receipt(typed: str) -> str | None:
    """A receipt as someone types it (case, spaces and dashes are free), or None when it is not one."""
    letters = re.sub(r"[^A-Z2-7]", "", typed.upper().replace("0", "O").replace("1", "I").replace("8", "B"))
    receipt = "-".join((letters[:4], letters[4:8], letters[8:]))
    return receipt if _RECEIPT.fullmatch(receipt) else None


def has_key(folder: Path) -> bool:
    """True when there is a key already, given or kept in ``folder``."""
    return bool(os.environ.get("DIVAN_COLLECTOR_KEY")) or (folder / "collector.key").is_file()


def load_key(folder: Path) -> Key:
    """The key from DIVAN_COLLECTOR_KEY, or from ``collector.key`` in ``folder``, made on the first run (mode 600)."""
    given = os.environ.get("DIVAN_COLLECTOR_KEY")
    if given:
        return Key(given)
    path = folder / "collector.key"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Key(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    return Key(path.read_text(encoding="ascii").strip())
