"""From the bytes of a file to its text: UTF-8, whatever editor or system wrote it."""

from __future__ import annotations

from divan.sources import utf8_text
from divan.sources.hidden_signs import hidden_signs, hides
from divan.sources.problem import FaultKind, ProblemsFound
from divan.sources.sealed import is_sealed

_FAULT = FaultKind("L01")

LONGEST = 60_000


def decode(path: str, content: bytes) -> str:
    """Text of a post: a byte order mark and Windows line ends are forgiven, other encodings are not.

    Raises ProblemsFound for bytes that are not UTF-8, a NUL, a file with nothing in it, or more than LONGEST
    characters: what no one writes by hand can take minutes to render.
    """
    if is_sealed(content):
        raise ProblemsFound([_FAULT(path, None, "ce fichier est chiffré, et seuls les messages le sont", "ouvrez-le")])
    text = utf8_text.decode(path, content)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ProblemsFound([_FAULT(path, line, "un caractère nul s'est glissé dans cette ligne", "retirez-le")])
    if hides(text):
        raise ProblemsFound(hidden_signs(path, text))
    if not text.strip():
        raise ProblemsFound([_FAULT(path, None, "le fichier est vide", "écrivez-le ou supprimez-le")])
    if len(text) > LONGEST:
        raise ProblemsFound(
            [_FAULT(path, None, f"un fichier tient en {LONGEST} caractères, pas {len(text)}", "coupez-le en plusieurs")]
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
