"""Read a form from a request, within bounds: type, size, number of fields, characters that can be stored."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

LARGEST_BODY = 128 * 1024
LONGEST_WAIT = 20.0
_MOST_FIELDS = 1000

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class UnreadableError(Exception):
    """A request that is not a form we can read: the HTTP status, and a French sentence for the page."""

    status: int
    sentence: str


async def read_form(request: Request) -> Fields:
    """The fields of a urlencoded or multipart form, each a list of texts; UnreadableError otherwise."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise UnreadableError(415, "Cette adresse ne reçoit que des formulaires.")
    body = await _bounded_body(request)
    pairs = _urlencoded(body) if kind != "multipart/form-data" else await _multipart(request, body)
    fields: Fields = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise UnreadableError(400, "Le formulaire contient un caractère nul, qui ne peut pas être enregistré.")
        fields.setdefault(name, []).append(value)
    return fields


async def _bounded_body(request: Request) -> bytes:
    too_large = UnreadableError(413, "Ce formulaire est trop lourd : il dépasse 128 Ko.")
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit():
        raise UnreadableError(400, "La taille annoncée du formulaire n'est pas un nombre.")
    if len(declared) > 12 or int(declared) > LARGEST_BODY:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise too_large
    except TimeoutError:
        raise UnreadableError(408, "Le formulaire a mis trop de temps à arriver ; réessayez.") from None
    except ClientDisconnect:
        raise UnreadableError(400, "Le formulaire est arrivé incomplet.") from None
    return bytes(body)


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict",
            max_num_fields=_MOST_FIELDS,
        )  # fmt: skip
    except ValueError:  # UnicodeError included: not ASCII, not UTF-8 once decoded, no « = », too many fields
        raise UnreadableError(400, "Ce formulaire est illisible ou arrivé incomplet.") from None


async def _multipart(request: Request, body: bytes) -> list[tuple[str, str]]:
    unreadable = UnreadableError(400, "Ce formulaire est illisible ou arrivé incomplet.")
    boundary = request.headers["content-type"].partition("boundary=")[2].strip().strip('"').encode("latin-1")
    if not boundary or not body.rstrip().endswith(b"--" + boundary + b"--"):
        raise unreadable
    replayed = Request(request.scope, _once(body))
    try:
        async with replayed.form(max_fields=_MOST_FIELDS, max_files=0, max_part_size=LARGEST_BODY) as form:
            pairs = form.multi_items()
    except (HTTPException, MultiPartException, FormParserError, ValueError, KeyError):
        raise unreadable from None
    if any(isinstance(value, UploadFile) for _, value in pairs):
        raise UnreadableError(400, "Ce formulaire ne reçoit pas de fichier.")
    return [(name, str(value)) for name, value in pairs]


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
