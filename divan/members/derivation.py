"""One secret, a key for each use: HKDF (RFC 5869) with SHA-256."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def hkdf(secret: bytes, salt: bytes, use: bytes, length: int = 32) -> bytes:
    """The key of ``secret`` for one ``use``."""
    return HKDF(SHA256(), length, salt, use).derive(secret)
