"""Every page of a trial says that it is one, whoever made the page: the site's templates, or the collector."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MARKS = {
    "fr": "Essai\u00a0: rien de ce que vous envoyez n’est gardé.",
    "en": "Trial: nothing that you send is kept.",
}
_LANGUAGE = re.compile(rb'<html[^>]* lang="(\w\w)')
_MAIN = re.compile(rb"<main[^>]*>")
_ASKS = b'class="survey"'
_TIMED = b'<script type="module" src="/essai/visite.js"></script></body>'


def marked(html: bytes) -> bytes:
    """The page with its mark first; a form that a script may time has the one that does."""
    language = _LANGUAGE.search(html)
    words = MARKS.get(language[1].decode() if language else "fr", MARKS["fr"])
    told = _MAIN.sub(lambda main: main[0] + f'<p class="note" role="note"><strong>{words}</strong></p>'.encode(),
                     html, count=1)  # fmt: skip
    return told.replace(b"</body>", _TIMED) if _ASKS in told and b"<script" in told else told


class TrialMark:
    """The application, with a mark on each page of HTML that it answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, HTML marked."""
        started: list[Message] = []
        body = bytearray()

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                started.append(message)
            elif started and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    html = marked(bytes(body))
                    await send(_of_length(started[0], len(html)))
                    await send({"type": "http.response.body", "body": html})
            else:
                await send(message)

        await self._app(scope, receive, pass_on)


def _is_html(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])


def _of_length(start: Message, length: int) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    return {**start, "headers": [*headers, (b"content-length", str(length).encode())]}
