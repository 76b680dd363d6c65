"""A page asked from this machine: what it answers, or why nothing came."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_PATIENCE = 10
_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Heard:
    """A status, the clock of who answers, and the JSON when it is some."""

    status: int
    at: datetime | None
    body: Mapping[str, Any]


class NoAnswer(Exception):
    """Nothing came; ``offline`` when it is this machine that reaches nobody."""

    def __init__(self, why: str, *, offline: bool) -> None:
        super().__init__(why)
        self.offline = offline


def ask(url: str) -> Heard:
    """GET it; NoAnswer when nothing comes."""
    if not url.startswith(("http://", "https://")):
        raise NoAnswer(f"« {url} » n'est pas une adresse", offline=False)
    try:
        with urlopen(Request(url, headers={"User-Agent": "divan-doctor"}), timeout=_PATIENCE) as got:  # noqa: S310
            return Heard(got.status, _date(got.headers.get("Date")), _json(got.read(_LONGEST)))
    except HTTPError as refused:
        with refused:
            return Heard(refused.code, _date(refused.headers.get("Date")), _json(refused.read(_LONGEST)))
    except URLError as error:
        if isinstance(error.reason, socket.gaierror):
            raise NoAnswer("ce nom ne se trouve pas d'ici : hors ligne, ou mal écrit", offline=True) from None
        raise NoAnswer("rien n'y répond", offline=False) from None
    except (OSError, HTTPException, ValueError):
        raise NoAnswer("rien n'y répond", offline=False) from None


def _date(written: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(written) if written else None
    except ValueError:
        return None


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(content)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
