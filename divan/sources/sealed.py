"""Sealed sources: files that whoever moderates opens, and « age » too, in a repository that everybody may see.

A sealed file keeps its path. Blank lines round its length inside, so that its size tells less.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from divan.sources.problem import FaultKind, ProblemsFound

_FAULT = FaultKind("L06")

if TYPE_CHECKING:
    import pyrage

IDENTITY = ".divan/identity.key"  # « divan backup » takes what ends so
ELSEWHERE = "DIVAN_IDENTITY"  # the environment says where it is, for a clone or a forge
STEP = 1024

UNREAD = _FAULT(
    "content",
    None,
    "des messages sont chiffrés, et n'ont pas été lus : il n'y a pas ici d'identité qui les ouvre",
    f"c'est attendu de qui ne modère pas ; sinon, mettez la vôtre dans {IDENTITY}",
)

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how « age » begins the line of an identity


class NoIdentity(ProblemsFound):
    """A sealed source, where nobody has an identity."""


def is_sealed(content: bytes) -> bool:
    """Whether these are the bytes of a sealed file."""
    return content.startswith(_BEGIN)


def identity_file(root: Path | str) -> Path:
    """Where the identity that opens the sealed sources of ``root`` is: outside git."""
    return Path(os.environ.get(ELSEWHERE) or Path(root) / IDENTITY)


def opened(root: Path | str, path: str, content: bytes) -> bytes:
    """What a source says, sealed or not; raises NoIdentity where nobody opens, ProblemsFound where it does not."""
    if not is_sealed(content):
        return content
    file = identity_file(root)
    if not file.is_file():
        message = "ce message est chiffré, et il n'y a pas ici d'identité qui l'ouvre"
        raise NoIdentity([_FAULT(path, None, message, f"mettez la vôtre dans {IDENTITY}, ou dites où par {ELSEWHERE}")])
    import pyrage

    try:
        plain: bytes = pyrage.decrypt(content, _identities(file))
    except pyrage.DecryptError:
        message = "ce message chiffré ne s'ouvre pas : il l'a été pour d'autres, ou il est altéré"
        remedy = "demandez à qui l'ouvre de lancer « divan members seal », ou reprenez-le de git"
        raise ProblemsFound([_FAULT(path, None, message, remedy)]) from None
    return plain.rstrip(b"\n") + b"\n"


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """The file that these recipients open, and nobody else; another one each time."""
    import pyrage

    readers = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    sealed: bytes = pyrage.encrypt(content + b"\n" * (-len(content) % STEP), readers, armored=True)
    return sealed


def is_recipient(word: str) -> bool:
    """Whether this is the public half of an identity."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(word)
    except pyrage.RecipientError:
        return False
    return True


def draw_identity(file: Path) -> str:
    """Write a new identity for its owner alone, unless there is one; the recipient that it opens for."""
    import pyrage

    if not file.is_file():
        drawn = pyrage.x25519.Identity.generate()
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened_file:
            opened_file.write(f"# {drawn.to_public()}\n{drawn}\n")
    return str(_identities(file)[0].to_public())


def _identities(file: Path) -> list[pyrage.x25519.Identity]:
    import pyrage

    lines = [line.strip() for line in file.read_text(encoding="ascii", errors="replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET)]
    except pyrage.IdentityError:
        found = []
    if not found:
        message = f"cette identité ne se lit pas : une ligne {_SECRET}1…"
        raise ProblemsFound([_FAULT(file.name, None, message, "remettez-la d'une sauvegarde")])
    return found
