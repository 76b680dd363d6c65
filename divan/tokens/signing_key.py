"""The key that signs a wave's tokens: its secret half beside the collector, its public half in the study's folder.

The public half is in git, hence in the page of the form, the same for everybody: a collector that would sign for one
person with a key of her own, so as to know her token again, would be refused by her device.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from divan.sources.writing import write_beside
from divan.tokens.blind_signature import blind_sign, new_key, verifies


class SigningKey:
    """One wave's."""

    def __init__(self, secret: rsa.RSAPrivateKey) -> None:
        self._secret = secret

    @cached_property
    def public(self) -> str:
        """The public half, as PEM."""
        half = self._secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return half.decode("ascii")

    def sign(self, blinded: bytes) -> bytes:
        """The signature of what a device has blinded; ValueError when it is nothing that one would send."""
        return blind_sign(self._secret, blinded)

    def signed(self, serial: bytes, signature: bytes) -> bool:
        """True when this key signed this serial number."""
        return verifies(self._secret.public_key(), serial, signature)


def signing_key(folder: Path, study: str, wave: str) -> SigningKey | None:
    """The key of a wave among those of a collector (``folder``), None when there is none."""
    try:
        content = _place(folder, study, wave).read_bytes()
    except FileNotFoundError:
        return None
    secret = load_pem_private_key(content, None)
    return SigningKey(secret) if isinstance(secret, rsa.RSAPrivateKey) else None


def make_signing_key(folder: Path, study: str, wave: str) -> SigningKey:
    """The key of a wave, drawn now if there was none."""
    known = signing_key(folder, study, wave)
    if known:
        return known
    made = new_key()
    place = _place(folder, study, wave)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_beside(place, content, mode=0o600, durable=True)
    return SigningKey(made)


def _place(folder: Path, study: str, wave: str) -> Path:
    return folder / study / f"{wave}.key"  # « divan backup » takes what ends so
