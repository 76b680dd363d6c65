"""What may follow the word where a form is tried: a form that cannot match there is neither tried nor compiled.

``followers.json`` is read off ``rules.json`` by ``training/what_follows.py``; it is left aside when the rules have
changed since, and then every form is tried: slower, never otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zlib import crc32

FOLLOWERS_PATH = Path(__file__).parent / "followers.json"
ANY_CAPITAL, ANY_SMALL, ANY_SIGN, LINE_BREAK, END = "A", "L", "S", "N", "E"


@dataclass(frozen=True)
class Followers:
    """Words (or, with ``*``, how they begin), signs, ``0`` for a figure, names for any word or sign, for the end."""

    listed: str

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self.listed.split(" "))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(one[:-1] for one in self._exact if len(one) > 1 and one[-1] == "*")

    def allow(self, follower: str) -> bool:
        """Whether this word, figure or sign ("" at the end) is one of those."""
        if not follower:
            return END in self._exact
        if follower.isascii() and follower.isalpha():
            any_ = ANY_CAPITAL if follower[0].isupper() else ANY_SMALL
            return any_ in self._exact or (low := follower.lower()) in self._exact or low.startswith(self._beginnings)
        if "0" <= follower < ":":
            return "0" in self._exact
        if follower == "\n":
            return LINE_BREAK in self._exact
        return (follower if " " <= follower <= "~" else ANY_SIGN) in self._exact


def load_followers(rules: bytes) -> list[Mapping[str, Followers]]:
    """Of each form of these rules, by what it is tried at; empty when they are not those that were read."""
    written = json.loads(FOLLOWERS_PATH.read_bytes())
    if written["rules"] != crc32(rules):
        return []
    return [{at: Followers(listed) for at, listed in form.items()} for form in written["forms"]]
