"""The collector's side of RSABSSA-SHA384-PSS-Deterministic (RFC 9474): sign without seeing, then verify what was seen.

No library of PyPI keeps this protocol; ``cryptography`` makes keys and verifies, the one power that it does not offer
is taken here, masked against whoever measures time, and checked before it leaves (RFC 9474, 4.3 and 8.1).
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

BITS = 2048
_EXPONENT = 65_537
_PADDING = padding.PSS(padding.MGF1(SHA384()), 48)


def new_key() -> rsa.RSAPrivateKey:
    """A key that signs the tokens of one wave, and nothing else."""
    return rsa.generate_private_key(_EXPONENT, BITS)


def blind_sign(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """The signature of what a device has blinded, always the same; ValueError when it is no number below the key's."""
    private = key.private_numbers()
    modulus, exponent = private.public_numbers.n, private.public_numbers.e
    message = int.from_bytes(blinded, "big")
    if len(blinded) != _size(modulus) or not 1 < message < modulus - 1:
        raise ValueError("out of range")
    mask = secrets.randbelow(modulus - 2) + 2
    masked = message * pow(mask, exponent, modulus) % modulus
    one, other = pow(masked % private.p, private.dmp1, private.p), pow(masked % private.q, private.dmq1, private.q)
    power = other + private.q * (private.iqmp * (one - other) % private.p)
    signature = power * pow(mask, -1, modulus) % modulus
    if pow(signature, exponent, modulus) != message:  # a fault of the machine here would give the key away
        raise ArithmeticError("faulty signature")
    return signature.to_bytes(_size(modulus), "big")


def verifies(key: rsa.RSAPublicKey, serial: bytes, signature: bytes) -> bool:
    """True when this key has signed this serial number, blinded or not."""
    try:
        key.verify(signature, serial, _PADDING, SHA384())
    except InvalidSignature:
        return False
    return True


def _size(modulus: int) -> int:
    return (modulus.bit_length() + 7) // 8
