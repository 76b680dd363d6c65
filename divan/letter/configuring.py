"""How the letter is set up: ``LETTER`` in pelicanconf.py, the password in the environment."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from divan.builder.settings import SETTINGS_FILE, Settings
from divan.collector.mail_server import MailServer, read_server
from divan.sources.problem import Problem, ProblemsFound


@dataclass(frozen=True)
class LetterSettings:
    """The server that sends, the forum's name and address, and where the collector takes subscribers."""

    server: MailServer
    forum: str
    home: str
    address: str


def letter_settings(settings: Settings) -> LetterSettings | None:
    """The setting ``LETTER`` read; None when the group sends no letter. ProblemsFound when something lacks."""
    said = settings.get("LETTER")
    if not said:
        return None
    server = read_server("LETTER", said, ("host", "from"))
    proposals = str(settings.get("PROPOSALS_URL") or "")
    site = urlsplit(settings.url)
    if not proposals.endswith("/proposals/") or not site.netloc:
        message = "LETTER demande un collecteur, qui inscrit et désinscrit, et l'adresse du site"
        raise ProblemsFound([Problem(SETTINGS_FILE, None, message, "donnez PROPOSALS_URL et SITEURL")])
    address = proposals.removesuffix("proposals/") + "letter/"
    absolute = address if "://" in address else f"{site.scheme}://{site.netloc}{address}"
    return LetterSettings(server, str(settings.get("SITENAME", "")), f"{settings.url}/", absolute)
