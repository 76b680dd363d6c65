"""The keyring of a group: who may open what members read. One file, outside git, that its owner alone may read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from divan.members.epoch import Epoch
from divan.members.key_table import table_of
from divan.members.member_key import SIZE, MemberKey, draw_key
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.writing import write_beside

_FORMAT = 1


@dataclass(frozen=True)
class KeyHolder:
    """A member who holds a key since the day ``made``; ``root`` opens, and does not tell the card.

    ``feed`` is what the address of their feed holds, empty for whoever asked for none.
    """

    name: str
    made: date
    root: bytes
    feed: bytes = b""


@dataclass(frozen=True)
class Keyring:
    """``site`` is public and of this group alone."""

    site: bytes
    epoch: Epoch
    holders: tuple[KeyHolder, ...] = ()

    def admit(self, name: str, today: date, key: MemberKey) -> Keyring:
        """With one more holder; raises ProblemsFound when somebody has this name."""
        if any(one.name == name for one in self.holders):
            message = f"{name} a déjà une clé"
            raise ProblemsFound([Problem("trousseau", None, message, f"« divan members revoke {name} » d'abord")])
        return replace(self, holders=(*self.holders, KeyHolder(name, today, key.root(self.site))))

    def revoke(self, name: str) -> Keyring:
        """Without a holder, and with a new content key that only the others will have; raises ProblemsFound."""
        self._the_one(name)
        left = tuple(one for one in self.holders if one.name != name)
        return replace(self, epoch=_fresh(self.epoch.number + 1), holders=left)

    def with_feed(self, name: str, feed: bytes) -> Keyring:
        """With another feed for a holder, or none; raises ProblemsFound."""
        changed = replace(self._the_one(name), feed=feed)
        return replace(self, holders=tuple(changed if one.name == name else one for one in self.holders))

    def _the_one(self, name: str) -> KeyHolder:
        for one in self.holders:
            if one.name == name:
                return one
        message = f"personne ne tient de clé sous le nom {name}"
        raise ProblemsFound([Problem("trousseau", None, message, "« divan members list » dit les noms")])

    def table(self) -> bytes:
        """The public file that lets each holder in."""
        return table_of(self.epoch, self.site, (one.root for one in self.holders))

    def save(self, file: Path) -> None:
        """Write it, for its owner alone, on the disk before this returns."""
        about = {
            "format": _FORMAT, "site": self.site.hex(),
            "epoch": {"number": self.epoch.number, "root": self.epoch.root.hex(), "salt": self.epoch.salt.hex()},
            "holders": [
                {"name": one.name, "made": one.made.isoformat(), "root": one.root.hex(), "feed": one.feed.hex()}
                for one in self.holders
            ],
        }  # fmt: skip
        text = json.dumps(about, indent=1) + "\n"
        write_beside(file, text, mode=0o600, durable=True)


def new_keyring() -> Keyring:
    """That of a group that begins."""
    return Keyring(secrets.token_bytes(16), _fresh(1))


def load_keyring(file: Path) -> Keyring | None:
    """The keyring in ``file``, None where there is none; raises ProblemsFound when it does not read."""
    try:
        about = json.loads(file.read_bytes())
        epoch = about["epoch"]
        holders = tuple(
            KeyHolder(
                one["name"],
                date.fromisoformat(one["made"]),
                bytes.fromhex(one["root"]),
                bytes.fromhex(one.get("feed", "")),
            )
            for one in about["holders"]
        )
        known = Epoch(int(epoch["number"]), bytes.fromhex(epoch["root"]), bytes.fromhex(epoch["salt"]))
        return Keyring(bytes.fromhex(about["site"]), known, holders)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        message = "le trousseau ne se lit pas"
        raise ProblemsFound([Problem(file.name, None, message, "remettez-le d'une sauvegarde")]) from None


def give_key(file: Path, name: str, today: date, make: Callable[[Keyring], MemberKey]) -> MemberKey:
    """Give ``name`` a key made by ``make``, and keep what opens with it."""
    known = load_keyring(file) or new_keyring()
    key = make(known)
    known.admit(name, today, key).save(file)
    return key


def drawn(_: Keyring) -> MemberKey:
    """A key at random, whoever it is for."""
    return draw_key()


def new_feed() -> bytes:
    """What nobody guesses of the address of a feed."""
    return secrets.token_bytes(SIZE)


def _fresh(number: int) -> Epoch:
    return Epoch(number, secrets.token_bytes(32), secrets.token_bytes(16))
