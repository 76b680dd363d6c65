"""What the libraries log while someone looks for a fault would repeat what was sent: they warn, and say no more."""

from __future__ import annotations

import logging

_REPEAT = ("sqlalchemy", "python_multipart", "PIL", "httpcore", "httpx")


def silence() -> None:
    """Whatever level the server's owner asks for, no statement, no part of a form, no image's tag is logged."""
    for name in _REPEAT:
        logging.getLogger(name).setLevel(logging.WARNING)
