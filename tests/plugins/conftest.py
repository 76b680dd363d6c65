"""The small forum, built once, as a reader finds it: pages by address, their words and their links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import small_forum as forum

TODAY = date(2026, 6, 1)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass(frozen=True)
class Built:
    """A built site: ``files`` by path."""

    files: dict[str, bytes]

    def __contains__(self, url: str) -> bool:
        return f"{url}index.html" in self.files

    def text(self, path: str) -> str:
        """A file as it is."""
        return self.files[path].decode("utf-8")

    def words(self, url: str) -> str:
        """What a reader reads in the main part of a page, on one line."""
        return " ".join(" ".join(self._main(url).words).split())

    def links(self, url: str) -> list[str]:
        """Where the main part of a page leads, from the site's root."""
        climb = "../" * url.count("/")
        return [link.removeprefix(climb) for link in self._main(url).links]

    def threads(self, url: str) -> list[str]:
        """Ids of the threads that a page leads to, each once, in its order."""
        found = re.findall(r"(?:cas|sujets)/(\d{4}-\d\d-\d\d-[a-z2-7]{4})/", " ".join(self.links(url)))
        return list(dict.fromkeys(found))

    def _main(self, url: str) -> _Reading:
        reading = _Reading()
        page = self.text(f"{url}index.html")
        reading.feed(page[page.index("<main") : page.index("</main>")])
        return reading


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The public edition of the small forum, with a thread for members, one withdrawn, and two old services."""
    root = forum.make_forum(tmp_path_factory.mktemp("specification"))
    forum.topic(
        root,
        "2026-03-20-dddd",
        title="Entre nous seulement",
        author="effraie",
        visibility="members",
        tags=["deuil"],
        waited=30,
    )
    forum.topic(root, "2026-03-22-dddd", title="Un soir difficile", author="effraie", area="moral")
    for opening, days in (("2026-03-02-bbbb", 0), ("2026-03-03-bbbb", 3)):
        file = root / f"content/topics/2026/{opening}.md"
        file.write_text(file.read_text("utf-8").replace("status:", f"waited: {days}\nstatus:"), encoding="utf-8")
    forum.topic(root, "2026-03-21-dddd", title="Un retrait", author="effraie", status="withdrawn")
    (root / "content/topics/2026/2026-03-21-dddd.md").write_text(
        "---\ndate: 2026-03-21\nstatus: withdrawn\n---\n", encoding="utf-8"
    )
    forum.service(root, "ancien", "Service ancien", verified_on="2025-05-31")
    forum.service(root, "recent", "Service récent", verified_on="2025-06-01")
    forum.settle(root, TODAY)
    yield Built(forum.site_of(root))


@pytest.fixture(scope="session")
def source() -> Path:
    """Where the house's own files are."""
    return forum.HOUSE
