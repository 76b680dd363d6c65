"""The site on this machine, built again at each change and reloaded in the browser: ``divan serve``.

Builds run in processes of their own: one that fails leaves the former site up, and a changed plugin is taken in.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import webbrowser
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from divan.builder.settings import load_settings
from divan.site.warm_builder import WarmBuilder
from divan.sources.problem import Problem, ProblemsFound

RELOAD_SCRIPT = "/-/reload.js"
CHANGES = "/-/changes"
_SCRIPT = f'new EventSource("{CHANGES}").onmessage = () => location.reload();'.encode()
_TAG = f'<script src="{RELOAD_SCRIPT}"></script></body>'.encode()
_NOT_YET = f'''<!doctype html><html lang="fr"><meta charset="utf-8"><title>Le site se construit</title>
<p>Le site se construit ; cette page se rechargera d'elle-même.</p><script src="{RELOAD_SCRIPT}"></script>'''.encode()
_BREATH = 20.0  # seconds between two signs of life, so that a closed page is noticed


class SiteChanges:
    """Tells waiting pages that the site has changed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._number = 0

    def happen(self) -> None:
        """Wake every page that waits."""
        with self._condition:
            self._number += 1
            self._condition.notify_all()

    def wait(self) -> bool:
        """True when something has changed, False after a while without."""
        with self._condition:
            before = self._number
            return self._condition.wait_for(lambda: self._number != before, _BREATH)


class ReloadedPages(SimpleHTTPRequestHandler):
    """The built pages, with the script that reloads them; a folder is never listed."""

    def __init__(self, *words: Any, changes: SiteChanges, **more: Any) -> None:
        self.changes = changes
        super().__init__(*words, **more)

    def do_GET(self) -> None:
        """Answer a browser."""
        if self.path == CHANGES:
            return self._tell_changes()
        if self.path == RELOAD_SCRIPT:
            return self._send(_SCRIPT, "text/javascript; charset=utf-8")
        if not (Path(self.directory) / "index.html").is_file():
            return self._send(_NOT_YET, "text/html; charset=utf-8", HTTPStatus.SERVICE_UNAVAILABLE)
        file = self._page()
        if file is None:
            return super().do_GET()
        status = HTTPStatus.OK if file.name == "index.html" or self.path.endswith(".html") else HTTPStatus.NOT_FOUND
        return self._send(file.read_bytes().replace(b"</body>", _TAG), "text/html; charset=utf-8", status)

    def _page(self) -> Path | None:
        """The HTML file to send: a page, or the one that says that there is none; None for any other file."""
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            if not self.path.partition("?")[0].endswith("/"):
                return None  # http.server redirects to the address with its slash
            file /= "index.html"
        if file.is_file():
            return file if file.suffix == ".html" else None
        missing = Path(self.directory) / "404.html"
        return missing if missing.is_file() else None

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _tell_changes(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"data: change\n\n" if self.changes.wait() else b": toujours l\xc3\xa0\n\n")
                self.wfile.flush()
        except OSError:
            return  # the page was closed

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for builds."""


def serve(root: Path, port: int = 8000, *, beside: Sequence[str] = (), open_browser: bool = False) -> int:
    """Build, serve on localhost, and build again at each change, until interrupted.

    ``beside`` is a command to run along, and to stop with it.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    output = load_settings(root.resolve()).output
    changes = SiteChanges()
    server, builder = server_of(output, port, changes), WarmBuilder(root)
    companion = subprocess.Popen(beside) if beside else None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        if not (output / "index.html").is_file() and builder.build():
            changes.happen()
        _announce(f"http://localhost:{server.server_port}/", open_browser)
        _watch(root, output, changes, builder)
    except KeyboardInterrupt:
        print()
    finally:
        builder.close()
        server.shutdown()
        server.server_close()
        if companion:
            companion.terminate()
            companion.wait()
    return 0


def _announce(address: str, open_browser: bool) -> None:
    print(f"Le site est sur {address} ; il se recharge à chaque changement. Ctrl+C pour arrêter.", flush=True)
    if open_browser:
        webbrowser.open(address)


def server_of(output: Path, port: int, changes: SiteChanges) -> ThreadingHTTPServer:
    """What answers browsers on this machine; raises ProblemsFound when the port is taken."""
    output.mkdir(parents=True, exist_ok=True)
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(ReloadedPages, directory=str(output), changes=changes)
        )
    except OSError:
        message = f"le port {port} est déjà pris"
        raise ProblemsFound([Problem("divan serve", None, message, "choisissez-en un autre avec --port")]) from None
    server.daemon_threads = True
    return server


def _watch(root: Path, output: Path, changes: SiteChanges, builder: WarmBuilder) -> None:
    from watchfiles import DefaultFilter, watch

    ignored = DefaultFilter(ignore_paths=[output, root / ".divan", root / ".venv", root / "bench"])
    watching = False
    for found in watch(
        root, watch_filter=ignored, debounce=200, step=30, rust_timeout=500, yield_on_timeout=True, raise_interrupt=True
    ):
        if any(path.endswith(".py") for _, path in found):
            builder.close()
        # once at the start, for what was saved since the site was built
        if (found or not watching) and builder.build():
            changes.happen()
        watching = True
