"""A phone in Python: what theme/static/form-blind.js does, to the letter of RFC 9474, for tests without a browser."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def encoded(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017 (9.1.1), with SHA-384."""
    length, hashed = (bits + 7) // 8, hashlib.sha384(message).digest()
    digest = hashlib.sha384(bytes(8) + hashed + salt).digest()
    block = bytes(length - len(salt) - len(digest) - 2) + b"\1" + salt
    mask, counter = b"", 0
    while len(mask) < len(block):
        mask += hashlib.sha384(digest + counter.to_bytes(4, "big")).digest()
        counter += 1
    masked = bytearray(one ^ other for one, other in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


@dataclass
class Blinding:
    """A serial number, and what hides it."""

    modulus: int
    exponent: int
    serial: bytes
    factor: int
    salt: bytes

    @property
    def size(self) -> int:
        return (self.modulus.bit_length() + 7) // 8

    @property
    def message(self) -> int:
        return int.from_bytes(encoded(self.serial, self.modulus.bit_length() - 1, self.salt), "big")

    @property
    def blinded(self) -> bytes:
        hidden = self.message * pow(self.factor, self.exponent, self.modulus) % self.modulus
        return hidden.to_bytes(self.size, "big")

    def unblinded(self, signature: bytes) -> bytes:
        found = int.from_bytes(signature, "big") * pow(self.factor, -1, self.modulus) % self.modulus
        return found.to_bytes(self.size, "big")

    def token(self, signature: bytes) -> str:
        return f"{packed(self.serial)}.{packed(self.unblinded(signature))}"


def blinding(pem: str) -> Blinding:
    """A serial number drawn, and hidden from whoever signs with the other half of this key."""
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    numbers = key.public_numbers()
    factor = secrets.randbelow(numbers.n - 2) + 2
    return Blinding(numbers.n, numbers.e, secrets.token_bytes(32), factor, secrets.token_bytes(48))


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
