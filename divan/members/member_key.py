"""The key of one member: drawn at random, copied as words with a check, or made of a phrase that is learnt.

What a keyring keeps, and what a device keeps, is drawn from it: the words themselves are nowhere else than on the card.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import pbkdf2_hmac, sha256

from divan.members.derivation import hkdf
from divan.sources.copied_letters import LETTERS, in_groups, letters_of
from divan.sources.problem import Problem, ProblemsFound

ROUNDS = 600_000  # OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256
SIZE = 20  # bytes: 160 bits, 32 letters

_CHECK = 4
_LEAST_WORDS, _LEAST_SIGNS = 5, 20


@dataclass(frozen=True)
class MemberKey:
    """``secret`` is what the card says, or what was made of a phrase."""

    secret: bytes

    def root(self, site: bytes) -> bytes:
        """What opens the files of a site, and tells nothing of the card."""
        return hkdf(self.secret, site, b"divan member")

    def words(self) -> str:
        """« K7F2-… »: eight groups for the key, one that tells a slip of the hand."""
        return in_groups(_written(self.secret) + _check(self.secret))


def draw_key() -> MemberKey:
    """A key that nobody else has."""
    return MemberKey(secrets.token_bytes(SIZE))


def key_of_words(words: str) -> MemberKey:
    """The key that a card says; raises ProblemsFound when a letter is missing or is not the one printed."""
    letters = letters_of(words)
    length = SIZE * 8 // 5
    if len(letters) == length + _CHECK and not set(letters) - set(LETTERS):
        number = 0
        for letter in letters[:length]:
            number = number * 32 + LETTERS.index(letter)
        secret = number.to_bytes(SIZE, "big")
        if _check(secret) == letters[length:]:
            return MemberKey(secret)
    message = "une clé a neuf groupes de quatre lettres ou chiffres, et celle-ci n'est pas comme sur sa carte"
    raise ProblemsFound([Problem("clé", None, message, "recopiez-la, sans I, L, O ni U")])


def key_of_phrase(phrase: str, salt: bytes) -> MemberKey:
    """The key made of a phrase that is learnt; raises ProblemsFound for one that a machine would guess."""
    said = spoken(phrase)
    if len(said.split()) < _LEAST_WORDS or len(said) < _LEAST_SIGNS:
        message = f"une phrase a au moins {_LEAST_WORDS} mots et {_LEAST_SIGNS} signes"
        raise ProblemsFound([Problem("phrase", None, message, "prenez des mots tirés au sort, sans lien entre eux")])
    return MemberKey(pbkdf2_hmac("sha256", said.encode(), salt, ROUNDS))


def spoken(phrase: str) -> str:
    """A phrase as two keyboards write it alike: one form of accents, small letters, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", phrase).lower().split())


def _written(secret: bytes) -> str:
    number = int.from_bytes(secret, "big")
    return "".join(LETTERS[number >> shift & 31] for shift in range(len(secret) * 8 - 5, -1, -5))


def _check(secret: bytes) -> str:
    return _written(sha256(b"divan card" + secret).digest()[:5])[:_CHECK]
