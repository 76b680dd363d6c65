"""What a trial shows: the pages of the waves as the site will have them, and the files that these name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from divan.builder.inputs import read_assets
from divan.builder.settings import Settings
from divan.pilot.visits import Visits
from divan.site.thread_preview import thread_renderer
from plugins.compose import published_detector
from plugins.forms import pages_to_try
from surveys.kinds.question_images import images_of
from surveys.model import Study, Wave

Answering = Callable[[Request], Awaitable[Response]]

_FRESH = {"Cache-Control": "no-store"}
_SCRIPT = Path(__file__).with_name("visits.js")


def tried_routes(settings: Settings, study: Study, waves: Sequence[Wave], visits: Visits) -> list[BaseRoute]:
    """The routes of a trial, beside those of the collector; ``/`` leads to the form of the first wave."""

    async def first(_request: Request) -> Response:
        return RedirectResponse(f"/enquetes/{study.id}/{waves[0].id}/", 302, _FRESH)

    renderer = thread_renderer(settings)
    shown = [(page.url, _page(renderer.render(page))) for wave in waves for page in pages_to_try(study, wave)]
    named = [(url, _file(path)) for url, path in (*_named(settings, study), ("essai/visite.js", _SCRIPT))]
    routes = [Route(f"/{url}", answering, methods=["GET"]) for url, answering in (*shown, *named, ("", first))]
    return [*routes, Route("/essai/visite", visits.hear, methods=["POST"])]


def _named(settings: Settings, study: Study) -> Iterator[tuple[str, Path]]:
    """Address and place of what a form may ask for: style, scripts, detector of identities, images of questions."""
    assets = read_assets(settings.static_folders)
    yield from ((url, assets.files[name]) for name, url in assets.items())
    yield from ((file.url, file.source) for file in published_detector())
    for image in images_of(study):
        yield f"enquetes/{study.id}/images/{image.file}", study.folder / "images" / image.file


def _page(html: bytes) -> Answering:
    async def show(_request: Request) -> Response:
        return HTMLResponse(html, headers=_FRESH)

    return show


def _file(path: Path) -> Answering:
    async def give(_request: Request) -> Response:
        return FileResponse(path, headers=_FRESH)

    return give
