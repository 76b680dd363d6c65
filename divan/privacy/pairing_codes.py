"""Codes that pair a person's answers without saying who they are, and keyed hashes of numbers that do.

``phrase_code`` is what theme/static/form.js computes in the browser (WebCrypto, same steps, same figures): the
phrase never leaves the device. Forty bits make 8 characters of ``a-z2-7``; guessing a phrase from its code costs
600,000 rounds of PBKDF2-HMAC-SHA-256 a try (OWASP's figure for passwords, 2023).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from pathlib import Path

from divan.sources.reader_text import fold

ROUNDS = 600_000
_BYTES = 5
_KEY_BYTES = 32


def plain_phrase(phrase: str) -> str:
    """What counts in a phrase: its letters and digits, without case, accents, spaces or punctuation."""
    return "".join(letter for letter in fold(phrase) if unicodedata.category(letter)[0] in "LN")


def phrase_code(phrase: str, salt: str) -> str:
    """The code of a phrase in a study: 8 characters of ``a-z2-7``. ``salt`` is the study's, public.

    Raises ValueError when the phrase has fewer than 8 letters or digits: it could be guessed.
    """
    plain = plain_phrase(phrase)
    if len(plain) < 8:
        raise ValueError("une phrase doit avoir au moins huit lettres ou chiffres")
    bits = hashlib.pbkdf2_hmac("sha256", plain.encode("utf-8"), salt.encode("utf-8"), ROUNDS, _BYTES)
    return base64.b32encode(bits).decode("ascii").lower()


def keyed_hash(value: str, key: bytes) -> str:
    """HMAC-SHA-256 of ``value``, in hexadecimal: without ``key`` nobody can try all RPPS numbers against it."""
    return hmac.new(key, re.sub(r"\s", "", value).encode("utf-8"), hashlib.sha256).hexdigest()


def read_key(path: Path) -> bytes:
    """The secret key in the file ``path``; made at random, readable by its owner only, when there is none yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(_KEY_BYTES) + "\n", encoding="ascii")
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != _KEY_BYTES:
        raise ValueError(f"{path.name} : une clé de {_KEY_BYTES} octets est attendue")
    return key
