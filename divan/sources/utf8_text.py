"""Read the UTF-8 text of a file that somebody wrote; another encoding is a fault on its line, not an error."""

from __future__ import annotations

from pathlib import Path

from divan.sources.problem import FaultKind, ProblemsFound

_FAULT = FaultKind("L01")


def read_text(path: Path, shown: str) -> str:
    """The text of ``path``, with or without a byte order mark; messages call it ``shown``."""
    return decode(shown, path.read_bytes())


def decode(shown: str, content: bytes) -> str:
    """The text of these bytes, with or without a byte order mark; raises ProblemsFound when they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "le fichier doit être en UTF-8, et cette ligne ne l'est pas"
        raise ProblemsFound([_FAULT(shown, line, message, "enregistrez-le de nouveau en UTF-8")]) from None
