"""An epoch: the time between two revocations, during which one content key wraps every file.

A file on the host is ``nonce || ciphertext || tag`` and nothing else, named by a keyed hash of its path. Its path and
its bytes are inside, then zeros up to a step. The nonce is a keyed hash of both (as in SIV): two different contents
have two nonces, and the same content made again is the same file.
"""

from __future__ import annotations

import hmac
import zlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from divan.members.derivation import hkdf
from divan.members.padding import step

NAME = 16  # bytes of a name
NONCE, TAG = 12, 16
FORMAT = b"divan members 1\0"

_PACKED = (".docx", ".xlsx", ".zip", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff2")  # tightened already
_WHOLE, _TIGHT = 0, 1


class NotOurs(Exception):
    """A file that this epoch's key did not make under this name."""


@dataclass(frozen=True)
class Epoch:
    """``root`` is the content key of epoch ``number``; ``salt`` is public, and of this epoch alone."""

    number: int
    root: bytes
    salt: bytes

    def name(self, path: str) -> bytes:
        """What stands for a path on the host."""
        return self._keyed(self._names, path.encode())[:NAME]

    def wrap(self, path: str, content: bytes) -> bytes:
        """The file that holds ``content`` for ``path``; the same one each time."""
        body = _body(path, content)
        body += bytes(step(NONCE + len(body) + TAG) - NONCE - TAG - len(body))
        name = self.name(path)
        nonce = self._keyed(self._nonces, name + body)[:NONCE]
        return nonce + self._files.encrypt(nonce, body, self._about(name))

    def unwrap(self, name: bytes, file: bytes) -> tuple[str, bytes]:
        """The path and the content of a file found under ``name``; raises NotOurs."""
        try:
            body = self._files.decrypt(file[:NONCE], file[NONCE:], self._about(name))
        except (InvalidTag, ValueError) as error:
            raise NotOurs from error
        path, content = _read(body)
        if self.name(path) != name:
            raise NotOurs
        return path, content

    def filler(self, use: str, number: int, length: int) -> bytes:
        """Bytes that nobody without the key tells from wrapped ones."""
        return hkdf(self.root, self.salt, f"divan filler {use} {number}".encode(), length)

    def _about(self, name: bytes) -> bytes:
        return FORMAT + self.number.to_bytes(4, "big") + name

    @cached_property
    def _files(self) -> AESGCM:
        return AESGCM(hkdf(self.root, self.salt, b"divan files"))

    @cached_property
    def _names(self) -> bytes:
        return hkdf(self.root, self.salt, b"divan names")

    @cached_property
    def _nonces(self) -> bytes:
        return hkdf(self.root, self.salt, b"divan nonces")

    @staticmethod
    def _keyed(key: bytes, said: bytes) -> bytes:
        return hmac.digest(key, said, sha256)


def _body(path: str, content: bytes) -> bytes:
    kind = _WHOLE if path.endswith(_PACKED) else _TIGHT
    kept = zlib.compress(content, 4) if kind == _TIGHT else content
    name = path.encode()
    return bytes([kind]) + len(name).to_bytes(2, "big") + len(kept).to_bytes(4, "big") + name + kept


def _read(body: bytes) -> tuple[str, bytes]:
    kind, name, kept = body[0], int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:7], "big")
    content = body[7 + name : 7 + name + kept]
    return body[7 : 7 + name].decode(), zlib.decompress(content) if kind == _TIGHT else content
