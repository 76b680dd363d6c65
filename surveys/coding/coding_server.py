"""The coder's page: served to this machine alone, to a browser that asks for this very address."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from surveys.coding.coding_session import CodingSession
from surveys.coding.coding_view import search, tree_shown, unit_shown

_PAGE = Path(__file__).parent / "page"
_FILES = {
    "/": ("coding.html", "text/html; charset=utf-8"),
    "/coding.css": ("coding.css", "text/css; charset=utf-8"),
    "/coding.js": ("coding.js", "text/javascript; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_LONGEST = 100_000
HOST = "127.0.0.1"


class CodingServer(ThreadingHTTPServer):
    """One session, on a port of this machine; ``port`` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, session: CodingSession, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.session, self.lock = session, Lock()

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: CodingServer

    def do_GET(self) -> None:
        """The page, its tree, a unit, or what a search finds."""
        asked = urlsplit(self.path)
        if not self._from_here():
            return
        if asked.path in _FILES:
            name, kind = _FILES[asked.path]
            self._send((_PAGE / name).read_bytes(), kind)
            return
        session, given = self.server.session, {name: one[0] for name, one in parse_qs(asked.query).items()}
        with self.server.lock:
            session.refresh()
            if asked.path == "/tree":
                self._say(tree_shown(session))
            elif asked.path == "/search":
                self._say(search(session, given.get("words", "")))
            elif asked.path == "/unit" and self._place(given.get("place")) is not None:
                self._say(unit_shown(session, int(given["place"])))
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """A decision, or its undoing; the unit as it stands then comes back."""
        size = self.headers.get("Content-Length", "")
        if not self._from_here():
            return
        if self.headers.get("Content-Type") != "application/json" or not size.isdecimal() or int(size) > _LONGEST:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        try:
            said = json.loads(self.rfile.read(int(size)))
        except ValueError:
            said = None
        session = self.server.session
        with self.server.lock:
            session.refresh()
            if self.path == "/undo":
                place = session.undo()
                self._say(None if place is None else unit_shown(session, place))
            elif isinstance(said, dict) and (place := session.place_of(str(said.get("unit")))) is not None:
                self._do(session, place, said)
            else:
                self.send_error(HTTPStatus.BAD_REQUEST)

    def _do(self, session: CodingSession, place: int, said: dict[str, Any]) -> None:
        """What is asked of a unit; the unit as it stands then, and why nothing was done if nothing was."""
        at, refused = said.get("at"), ""
        if self.path == "/decide":
            session.decide(place, said)
        elif self.path == "/cut" and isinstance(at, int):
            refused = session.cut(place, at)
        elif self.path == "/join":
            refused = session.join(place)
        elif self.path == "/suggest":
            self._say(session.suggest(place))
            return
        else:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        self._say({**unit_shown(session, place), "refused": refused})

    def _place(self, given: Any) -> int | None:
        text = str(given)
        return int(text) if text.isdecimal() and int(text) < len(self.server.session.units) else None

    def _from_here(self) -> bool:
        """Whether the request names this address, and comes from no other page."""
        here = f"{HOST}:{self.server.server_port}"
        origin = self.headers.get("Origin")
        if self.headers.get("Host") == here and origin in (None, f"http://{here}"):
            return True
        self.send_error(HTTPStatus.FORBIDDEN)
        return False

    def _say(self, what: Any) -> None:
        self._send(json.dumps(what, ensure_ascii=False).encode(), "application/json")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in {
            "Content-Type": kind, "Content-Length": str(len(content)), "Content-Security-Policy": _POLICY,
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        }.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what a coder reads is not for a log."""
