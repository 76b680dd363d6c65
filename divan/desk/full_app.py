"""One process for everything that receives: answers, proposals, and the moderators' desk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from divan.builder.settings import Settings, load_settings
from divan.collector.app import Along, CollectorSettings, create_app
from divan.desk.access import Gate
from divan.desk.configuration import publishing
from divan.desk.deciding import Deciding
from divan.desk.entering import Entering
from divan.desk.mail import mail_of
from divan.desk.moderators import Moderators
from divan.desk.news import News
from divan.desk.pages import FOLDER
from divan.desk.previewing import Previewing
from divan.desk.publications import Publications
from divan.desk.publisher import Publisher
from divan.desk.queue import Queue
from divan.desk.rebuilding import rebuild
from divan.desk.reviewing import Reviewing
from divan.desk.running import Running
from divan.desk.sessions import Sessions
from divan.desk.setting_apart import SettingApart
from divan.forum.group import ANY_GROUP, Group, load_group
from divan.forum.vocabulary import Vocabulary, load_vocabulary
from divan.letter.configuring import letter_settings
from divan.letter.subscribers import Subscribers
from divan.letter.subscribing import letter_desk, letter_routes
from divan.proposals.routes import STYLE
from divan.proposals.routes import routes as proposal_routes
from divan.proposals.sending import Intake
from divan.proposals.store import ProposalStore
from divan.sources.problem import ProblemsFound


@dataclass(frozen=True)
class Desk:
    """What the desk adds to a collector: addresses that receive, those of moderators, and what runs along."""

    receiving: list[BaseRoute]
    moderating: list[BaseRoute]
    along: list[Along]
    queue: Queue
    deciding: Deciding
    running: Running
    publisher: Publisher

    @property
    def routes(self) -> list[BaseRoute]:
        """All of them, for one process."""
        return [*self.receiving, *self.moderating]


def desk_of(site: Settings, collector: CollectorSettings) -> Desk:
    """The desk over a collector's settings."""
    store = ProposalStore(collector.store.engine)
    queue, publications = Queue(store), Publications(store)
    how = publishing(site, site.work / "desk" / "forum")
    publisher = Publisher(
        how.repository, publications, how.way, how.forge, site.url, collector.today, merges=how.merges,
        audience=str(site.get("AUDIENCE", "public")), rebuild=_rebuilding(site.root, how.repository, how.rebuild),
    )  # fmt: skip
    gate = Gate(Sessions(store.engine))
    apart = SettingApart(gate, collector.store, collector.studies)
    mail = mail_of(site.get("NEWS"), str(site.get("DESK_URL", "") or ""))
    news = News(queue, mail, lambda: sum(len(group.answers) for group in apart.groups()), collector.today)
    running = Running(publisher, publications, news.tell)
    deciding = Deciding(queue, how.repository, collector.today, running.wake)
    intake = Intake(store, collector.key, collector.today, running.wake, lambda: _vocabulary(site.root))
    pages = [
        *Entering(gate, Moderators(store.engine)).routes(), *apart.routes(),
        *Reviewing(gate, deciding, publications, lambda: _group(site.root)).routes(),
        *Previewing(gate, deciding, site).routes(), *_FILES,
    ]  # fmt: skip
    receiving = [*proposal_routes(intake), *_letter(site, collector)]
    return Desk(receiving, [*pages], [running.along], queue, deciding, running, publisher)


def _letter(site: Settings, collector: CollectorSettings) -> list[BaseRoute]:
    """The addresses of the letter, when the group sends one."""
    settings = letter_settings(site)
    if settings is None:
        return []
    subscribers = Subscribers(collector.store.engine, collector.key.secret)
    return [*letter_routes(letter_desk(subscribers, settings, collector.today))]


def full_app(root: Path, collector: CollectorSettings) -> Starlette:
    """The application of ``divan collect``: answers, proposals and the desk in one process."""
    desk = desk_of(load_settings(root), collector)
    return create_app(collector, desk.routes, desk.along)


def receiving_app(root: Path, collector: CollectorSettings) -> Starlette:
    """The application of ``divan collect --without-desk``: it receives, and another process decides and publishes."""
    return create_app(collector, desk_of(load_settings(root), collector).receiving)


def desk_app(root: Path, collector: CollectorSettings) -> Starlette:
    """The application of ``divan desk``: moderators' addresses only, with what publishes and tells."""
    desk = desk_of(load_settings(root), collector)
    return create_app(collector, [*desk.moderating, STYLE], desk.along, surveys=False)


def _rebuilding(root: Path, repository: object, wanted: bool) -> Callable[[], None]:
    def build() -> None:
        if wanted:
            rebuild(root, repository)  # type: ignore[arg-type]

    return build


def _vocabulary(root: Path) -> Vocabulary | None:
    """The hashtags as they are now; None when the file does not read, which is no fault of who writes."""
    try:
        return load_vocabulary(root)
    except (ProblemsFound, OSError):
        print("content/hashtags.yaml ne se lit pas : « divan check ».", file=sys.stderr)
        return None


def _group(root: Path) -> Group:
    """The group's facts as they are now; none when their file does not read."""
    with suppress(ProblemsFound, OSError):
        return load_group(root)
    return ANY_GROUP


async def _style(_request: Request) -> Response:
    return FileResponse(FOLDER / "desk.css", headers={"X-Content-Type-Options": "nosniff"})


async def _script(_request: Request) -> Response:
    return FileResponse(FOLDER / "desk.js", headers={"X-Content-Type-Options": "nosniff"})


_FILES = [Route("/desk/desk.css", _style, methods=["GET"]), Route("/desk/desk.js", _script, methods=["GET"])]
