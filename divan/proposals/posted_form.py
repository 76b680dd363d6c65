"""Read a proposal's form within bounds: texts, and up to four images that stay on disk while they arrive."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from divan.collector.posted_fields import UnreadableError, read_form

LARGEST_BODY = 40 * 1024 * 1024
LONGEST_WAIT = 120.0
_MOST_FIELDS = 200
_LONGEST_TEXT = 64 * 1024
_UNREADABLE = UnreadableError(400, "Cet envoi est illisible ou arrivé incomplet.")
_TOO_LARGE = UnreadableError(413, "Cet envoi dépasse 40 Mo : réduisez les images, ou envoyez-les en deux fois.")


@dataclass(frozen=True, slots=True)
class PostedForm:
    """The texts by field, and the images' bytes in the order sent."""

    texts: dict[str, list[str]]
    images: list[bytes]

    def one(self, name: str) -> str:
        """The first value of a field, or ''."""
        return (self.texts.get(name) or [""])[0]


async def read_proposal_form(request: Request) -> PostedForm:
    """The form; UnreadableError, with the status and a French sentence, when it is none or passes the bounds."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return PostedForm(await read_form(request), [])
    body = _Bounded(request)
    bounded = Request(request.scope, body.receive)
    try:
        async with (
            asyncio.timeout(LONGEST_WAIT),
            bounded.form(max_fields=_MOST_FIELDS, max_files=8, max_part_size=_LONGEST_TEXT) as form,
        ):
            if not body.is_whole:
                raise _UNREADABLE
            return await _sorted(form)
    except TimeoutError:
        raise UnreadableError(408, "L'envoi a mis trop de temps à arriver ; réessayez.") from None
    except ClientDisconnect:
        raise UnreadableError(400, "L'envoi est arrivé incomplet.") from None
    except (HTTPException, MultiPartException, FormParserError, ValueError, KeyError, LookupError):
        raise _UNREADABLE from None


class _Bounded:
    """The body as it comes, refused beyond its bound; ``is_whole`` once the form's own end has come."""

    def __init__(self, request: Request) -> None:
        self._request, self._received, self._tail = request, 0, b""
        boundary = request.headers["content-type"].partition("boundary=")[2].partition(";")[0].strip().strip('"')
        self._end = b"--" + boundary.encode("latin-1") + b"--"
        declared = request.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:18]) > LARGEST_BODY:
            raise _TOO_LARGE

    async def receive(self) -> Message:
        """The next part of the body."""
        message = await self._request.receive()
        body = message.get("body", b"")
        self._received += len(body)
        self._tail = (self._tail + body)[-300:]
        if self._received > LARGEST_BODY:
            raise _TOO_LARGE
        return message

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut off: a form cut short would lose its last field in silence."""
        return self._tail.rstrip().endswith(self._end)


async def _sorted(form: FormData) -> PostedForm:
    texts: dict[str, list[str]] = {}
    images = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if name == "image" and content:  # a file field left empty comes as an empty file
                images.append(content)
            elif content:
                raise UnreadableError(400, "Seul le champ des images reçoit des fichiers.")
        elif "\0" in name or "\0" in value:
            raise UnreadableError(400, "L'envoi contient un caractère nul, qui ne peut pas être enregistré.")
        else:
            texts.setdefault(name, []).append(_storable(value))
    return PostedForm(texts, images)


def _storable(text: str) -> str:
    """Lone surrogates can't be written in UTF-8; line ends are ours."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
