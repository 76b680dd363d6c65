"""From the bytes of a file to its text: UTF-8, whatever editor or system wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from divan.sources import utf8_text
from divan.sources.problem import Problem, ProblemsFound

LONGEST = 60_000
# ordre de lecture forcé, largeur nulle ; le liant U+200D reste dans un emoji composé
HIDDEN = re.compile("[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?<![\u2600-\U0010ffff])\u200d")


def hidden_signs(path: str, text: str) -> Iterator[Problem]:
    """Each invisible sign of a text, with its line."""
    for hidden in HIDDEN.finditer(text):
        line = text.count("\n", 0, hidden.start()) + 1
        yield Problem(path, line, f"un signe invisible (U+{ord(hidden[0]):04X}) change ce qu'on lit de cette ligne",
                      "retapez la ligne à la main : il est souvent venu d'un copier-coller")  # fmt: skip


def decode(path: str, content: bytes) -> str:
    """Text of a post: a byte order mark and Windows line ends are forgiven, other encodings are not.

    Raises ProblemsFound for bytes that are not UTF-8, a NUL, a file with nothing in it, or more than LONGEST
    characters: what no one writes by hand can take minutes to render.
    """
    text = utf8_text.decode(path, content)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ProblemsFound([Problem(path, line, "un caractère nul s'est glissé dans cette ligne", "retirez-le")])
    if HIDDEN.search(text):
        raise ProblemsFound(hidden_signs(path, text))
    if not text.strip():
        raise ProblemsFound([Problem(path, None, "le fichier est vide", "écrivez-le ou supprimez-le")])
    if len(text) > LONGEST:
        raise ProblemsFound(
            [
                Problem(
                    path, None, f"un fichier tient en {LONGEST} caractères, pas {len(text)}", "coupez-le en plusieurs"
                )
            ]
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
