"""A thread as lists show it: stored as plain values, shown with its labels and addresses.

``version`` changes when anything that a list shows changes, except the last activity: only pages that show it, home
and activity, take ``ActiveRow``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from divan.forum.model import Day, Kind, Status, Visibility
from divan.forum.naming import URL_FOLDER, Link, area_url, author_link, specialty_link, tag_link

KIND_LABELS: dict[str, str] = {Kind.CASE: "Cas", Kind.TOPIC: "Sujet"}
STATUS_LABELS: dict[str, str] = {
    Status.OPEN: "Ouvert", Status.ANSWERED: "Répondu", Status.NO_AGREEMENT: "Sans accord", Status.WITHDRAWN: "Retiré",
}  # fmt: skip
_FOLDERS = {str(kind): folder for kind, folder in URL_FOLDER.items()}


class Row(NamedTuple):
    """What the state keeps of a thread. Lists are texts of one line an item: ten thousand rows load in 20 ms.

    ``used`` are the slugs of the hashtags that its page links to, replies included; ``linked`` the URLs of the other
    threads and the images that it names; ``answering`` who replied; ``waits`` the days before each post was published;
    ``apart`` says that it stands on no author's page; ``last_written`` is when someone last answered or told the end.
    """

    id: str
    kind: str
    title: str
    author_name: str
    written: str
    tagged: str
    revealed: str
    specialty: str
    departement: str
    area_label: str
    area_page: str
    apart: bool
    status: str
    visibility: str
    excerpt: str
    replies: int
    resolved_on: str
    modified_on: str
    last_reply: str
    last_written: str
    answering: str
    waits: str
    used: str
    linked: str
    version: str

    def __repr__(self) -> str:
        return self.version

    @property
    def url(self) -> str:
        """The thread's page."""
        return f"{_FOLDERS[self.kind]}/{self.id}/"

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return KIND_LABELS[self.kind]

    @property
    def status_label(self) -> str:
        """Its status in words."""
        return STATUS_LABELS[self.status]

    @property
    def author(self) -> Link:
        """Who opened it; without a page when it stands on no author's."""
        return Link(self.author_name, "") if self.apart else author_link(self.author_name)

    @property
    def hashtags(self) -> tuple[str, ...]:
        """Names of its hashtags."""
        return _lines(self.tagged)

    @property
    def tags(self) -> tuple[Link, ...]:
        """Its hashtags and their pages."""
        return tuple(map(tag_link, self.hashtags))

    @property
    def reveals(self) -> tuple[str, ...]:
        """Names of the hashtags that give its answer away, shown with it."""
        return _lines(self.revealed)

    @property
    def revealing_tags(self) -> tuple[Link, ...]:
        """The same, and their pages."""
        return tuple(map(tag_link, self.reveals))

    @property
    def uses(self) -> tuple[str, ...]:
        """Slugs of the hashtags that its page links to."""
        return _lines(self.used)

    @property
    def links(self) -> tuple[str, ...]:
        """URLs of the threads and images that it names."""
        return _lines(self.linked)

    @property
    def answered_by(self) -> tuple[str, ...]:
        """Each author who answered."""
        return _lines(self.answering)

    @property
    def waited(self) -> tuple[int, ...]:
        """Days between the arrival and the publication of each of its posts that the desk published."""
        return tuple(map(int, _lines(self.waits)))

    @property
    def area(self) -> Link | None:
        """The area of help of a topic, and its page."""
        return Link(self.area_label, area_url(self.area_page)) if self.area_page else None

    @property
    def specialty_link(self) -> Link | None:
        """Its specialty, and the page where its threads stand."""
        return specialty_link(self.specialty) if self.specialty else None

    @property
    def date(self) -> datetime:
        """When it was opened."""
        return datetime.fromisoformat(self.written)

    @property
    def resolved(self) -> Day | None:
        """The day when its resolution was added."""
        return _day(self.resolved_on)

    @property
    def modified(self) -> Day | None:
        """The day of its last correction."""
        return _day(self.modified_on)

    @property
    def latest(self) -> datetime:
        """When someone last wrote in it."""
        return datetime.fromisoformat(self.last_written)

    @property
    def withdrawn(self) -> bool:
        """Whether only an empty page is left of it."""
        return self.status == Status.WITHDRAWN

    @property
    def members_only(self) -> bool:
        """Whether the public edition leaves it out."""
        return self.visibility == Visibility.MEMBERS

    def open_to(self, audience: str) -> bool:
        """Whether an edition has a page for it."""
        return audience == "members" or (self.withdrawn if audience == "closed" else not self.members_only)

    @property
    def unanswered(self) -> bool:
        """Whether it still waits for a first reply."""
        return self.replies == 0 and self.status == Status.OPEN


class ActiveRow:
    """A row that also shows when someone last answered."""

    __slots__ = ("_row", "last_activity")

    def __init__(self, row: Row) -> None:
        self._row = row
        self.last_activity = datetime.fromisoformat(row.last_reply) if row.last_reply else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)

    @property
    def version(self) -> str:
        """Changes with anything that it shows."""
        return f"{self._row.version}+{self._row.last_written}"

    def __repr__(self) -> str:
        return self.version


def _day(written: str) -> Day | None:
    return Day.fromisoformat(written) if written else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
