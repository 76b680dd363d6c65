"""The addresses of what a proposal will look like: its page, its images, the site's style beside them, no script."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from divan.builder.inputs import read_assets
from divan.builder.settings import Settings
from divan.desk.access import Gate
from divan.desk.deciding import Deciding
from divan.desk.git import GitTrouble
from divan.desk.pages import HEADERS, say
from divan.desk.sessions import SignedIn
from divan.forum.proposal import FaultsFound
from divan.proposals.model import KeptProposal
from divan.site.thread_preview import render_thread
from divan.sources.problem import ProblemsFound

_SHOWN_AS_IS = {"Content-Security-Policy": "sandbox allow-same-origin; default-src 'none'; style-src 'self'; "
                "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
                "X-Frame-Options": "SAMEORIGIN"}  # fmt: skip
_ASSETS = (".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".woff2", ".ico")


@dataclass(frozen=True)
class Previewing:
    """The previews."""

    gate: Gate
    deciding: Deciding
    settings: Settings

    async def picture(self, request: Request, _who: SignedIn) -> Response:
        """GET: one of its images."""
        found = await self._find(request)
        pictures = await asyncio.to_thread(self.deciding.queue.store.pictures, found.id) if found else []
        number = request.path_params["number"]
        if not 1 <= number <= len(pictures):
            return say("Cette image n'existe pas", "", 404)
        chosen = pictures[number - 1]
        return Response(chosen.content, media_type="image/webp", headers=HEADERS)

    async def preview(self, request: Request, who: SignedIn) -> Response:
        """GET: the page as it will be, with the site's style beside it, and no script."""
        path = request.path_params["path"]
        found = await self._find(request)
        if found is None:
            return say("Cette proposition n'existe pas", "", 404, who)
        try:
            content = await asyncio.to_thread(self._previewed, found, path)
        except (ProblemsFound, FaultsFound, GitTrouble):
            return say("Cette page ne tient pas encore", "Voyez pourquoi sur la proposition.", 409)
        if content is None:
            return say("Cette page n'est pas dans l'aperçu", "Seule celle de la proposition y est.", 404)
        kind = "text/html" if path.endswith("/") else mimetypes.guess_type(path)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers={**HEADERS, **_SHOWN_AS_IS})

    def _previewed(self, found: KeptProposal, path: str) -> bytes | None:
        if path == "fil/x/":
            files = self.deciding.preview_files(found)
            return _at_what_changes(render_thread(self.settings, self.deciding.repository.folder, files), files)
        if path.startswith("images/"):
            return _asset(self.deciding.repository.folder / "content", path) or self._own_picture(found, path)
        return self._style(path)

    def _style(self, path: str) -> bytes | None:
        """A file of the theme: a server that only publishes has no site of its own."""
        assets = read_assets(self.settings.static_folders)
        name = next((name for name, url in assets.items() if url == path), "")
        return assets.files[name].read_bytes() if name.endswith(_ASSETS) else None

    def _own_picture(self, found: KeptProposal, path: str) -> bytes | None:
        """An image of the proposal, which its files name by their number: ``…-2.jpg``."""
        number = Path(path).stem.rpartition("-")[2]
        pictures = self.deciding.queue.store.pictures(found.id)
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= len(pictures)):
            return None
        return pictures[int(number[:3]) - 1].content

    async def _find(self, request: Request) -> KeptProposal | None:
        return await asyncio.to_thread(self.deciding.queue.store.by_uid, request.path_params["uid"])

    def routes(self) -> list[Route]:
        """Where all this is."""
        reading = self.gate.reading
        return [
            Route("/desk/propositions/{uid}/images/{number:int}", reading(self.picture), methods=["GET"]),
            Route("/desk/apercu/{uid}/{path:path}", reading(self.preview), methods=["GET"]),
        ]


def _at_what_changes(page: bytes | None, files: Mapping[str, bytes | None]) -> bytes | None:
    """The page with ``#change`` on the reply that is written or changed: a new one has another name at each look."""
    replies = (Path(path).stem for path in files if path.startswith("content/replies/"))
    name = next(replies, None)
    return page.replace(f' id="r-{name}"'.encode(), b' id="change"') if page and name else page


def _asset(folder: Path, path: str) -> bytes | None:
    """A file under ``folder``, never above, of a kind that a page shows."""
    file = (folder / path).resolve()
    inside = file.is_relative_to(folder.resolve()) and file.suffix in _ASSETS
    return file.read_bytes() if inside and file.is_file() else None
