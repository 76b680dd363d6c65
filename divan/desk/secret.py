"""Random secrets (links, cookies) and the digest that the database keeps of them."""

from __future__ import annotations

import hashlib


def digest(secret: str) -> str:
    """What a random secret of 256 bits is stored as."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def form_token(session: str) -> str:
    """What each form of a session carries, so that no other site can send it; the session can't be told from it."""
    return digest(f"form\0{session}")
