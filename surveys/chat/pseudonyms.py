"""The names that a study gives: drawn with a key that stays out of git, the same from one import to the next."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.writing import write_beside
from surveys.chat.chat_rules import ChatRules
from surveys.chat.naming_people import parts_of

_LIST = Path(__file__).parent / "butterflies.txt"
_READ_BY_NOBODY_ELSE = 0o600


def key_path(folder: Path) -> Path:
    """Where the key of a study is: beside it, in a folder that tells git to leave it alone."""
    return folder / "secret" / "pseudonyms.json"


@cache
def butterflies() -> tuple[str, ...]:
    """The names given when a study declares none."""
    return tuple(_LIST.read_text(encoding="utf-8").split())


@dataclass(slots=True)
class Pseudonyms:
    """The key of a study, and the names given so far by the mark of each person: the marks tell nobody who it is."""

    secret: str
    given: dict[str, str] = field(default_factory=dict)

    def mark(self, text: str) -> str:
        """What stands for ``text`` where it must be known again without being said."""
        return hmac.digest(bytes.fromhex(self.secret), text.encode("utf-8"), "sha256").hex()[:16]

    def name(self, person: str, role: str, free: Iterator[str]) -> str:
        """The name of a person in a role, the one given before if there is one, else the next that is free."""
        mark = self.mark(f"{role}\0{person}")
        if mark not in self.given:
            taken = set(self.given.values())
            self.given[mark] = next(name for name in free if name not in taken)
        return self.given[mark]


def load_pseudonyms(folder: Path, shown: str) -> Pseudonyms:
    """The key of a study; a new one, at random, the first time."""
    path = key_path(folder)
    if not path.is_file():
        return Pseudonyms(secrets.token_hex(32))
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        bytes.fromhex(kept["secret"])
        return Pseudonyms(kept["secret"], dict(kept["given"]))
    except (ValueError, KeyError, TypeError):
        message = "la clé des pseudonymes ne se lit plus"
        remedy = "remettez-la d'une sauvegarde ; sans elle, retirez le fichier, et tous les noms changeront"
        raise ProblemsFound([Problem(f"{shown}/secret/pseudonyms.json", None, message, remedy)]) from None


def keep_pseudonyms(folder: Path, pseudonyms: Pseudonyms) -> None:
    """Write the key, readable by its owner alone, in a folder that git ignores."""
    path = key_path(folder)
    write_beside(path.parent / ".gitignore", "*\n")
    kept = {"secret": pseudonyms.secret, "given": dict(sorted(pseudonyms.given.items()))}
    write_beside(path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    path.chmod(_READ_BY_NOBODY_ELSE)


def authors_names(pseudonyms: Pseudonyms, rules: ChatRules, avoided: Set[str]) -> Iterator[str]:
    """The declared names in an order that the key draws, without any that resembles a real one; then numbered."""
    declared = [name for name in rules.names or butterflies() if not avoided & set(parts_of(name))]
    drawn = sorted(declared, key=lambda name: pseudonyms.mark(f"order\0{name}"))
    yield from drawn
    for n in count(2):
        yield from (f"{name}-{n}" for name in drawn or ["Membre"])


def numbered(prefix: str) -> Iterator[str]:
    """``Obs1``, then ``Obs2`` and so on."""
    return (f"{prefix}{n}" for n in count(1))
