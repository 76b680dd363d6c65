"""What lets each member in: the content key, wrapped for each, in one public file that names nobody.

An entry is what the member's device looks for (16 bytes, of this epoch only) and the content key under AES-KW (RFC
3394). Entries are in the order of these bytes, and made-up ones round their number.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from divan.members.derivation import hkdf
from divan.members.epoch import Epoch
from divan.members.member_key import ROUNDS
from divan.members.padding import rounded

ENTRY = 16 + 40


def table_of(epoch: Epoch, site: bytes, roots: Iterable[bytes]) -> bytes:
    """The public file: number and salt of the epoch, what a phrase needs, and the entries."""
    entries = [_entry(epoch, root) for root in roots]
    made_up = range(rounded(len(entries)) - len(entries))
    entries += [epoch.filler("entry", number, ENTRY) for number in made_up]
    about = {
        "format": 1, "epoch": epoch.number, "salt": _text(epoch.salt), "site": _text(site), "rounds": ROUNDS,
        "entries": _text(b"".join(sorted(entries))),
    }  # fmt: skip
    return json.dumps(about).encode() + b"\n"


def open_table(table: bytes, root: bytes) -> Epoch | None:
    """The epoch that a member's root opens; None when no entry is for it."""
    about = json.loads(table)
    salt, entries = b64decode(about["salt"]), b64decode(about["entries"])
    mark = _mark(root, salt)
    for start in range(0, len(entries), ENTRY):
        if entries[start : start + 16] == mark:
            try:
                content_key = aes_key_unwrap(_wrapping(root, salt), entries[start + 16 : start + ENTRY])
            except InvalidUnwrap:
                return None
            return Epoch(about["epoch"], content_key, salt)
    return None


def _entry(epoch: Epoch, root: bytes) -> bytes:
    return _mark(root, epoch.salt) + aes_key_wrap(_wrapping(root, epoch.salt), epoch.root)


def _mark(root: bytes, salt: bytes) -> bytes:
    return hkdf(root, salt, b"divan entry", 16)


def _wrapping(root: bytes, salt: bytes) -> bytes:
    return hkdf(root, salt, b"divan wrapping")


def _text(content: bytes) -> str:
    return b64encode(content).decode()
