"""By which ways a group's texts and answers reach it: the settings of ``pelicanconf.py`` that the site honours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from divan.sources.problem import Problem

COLLECTOR, FORGE, MAIL, FILE = WAYS = ("collector", "forge", "mail", "file")
#: Forges whose own editor opens to whoever has an account, unless the repository is private.
_OPEN_FORGES = ("github", "gitlab")
WEB_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class SendingWays:
    """Proposals go by each of ``collector``, ``forge`` and ``mail`` that is true, and always as a file.

    ``surveys`` is "collector", "file" or the address of another service; ``address`` the collector's, "" when the
    environment says it.
    """

    collector: bool
    forge: bool
    mail: bool
    surveys: str
    address: str

    @property
    def to_collector(self) -> bool:
        """Whether anything goes to a collector."""
        return self.collector or self.surveys == COLLECTOR


def answer_fault(name: str, message: str, remedy: str) -> Problem:
    """What is wrong in a founder's answer, under the option that says it."""
    return Problem(f"--{name}", None, message, remedy)


def usual_ways(given: Mapping[str, str]) -> str:
    """What is proposed to a founder: no forge where strangers would find nothing but 404."""
    is_open = given["repository"] and given["forge"] in _OPEN_FORGES and given["edition"] != "closed"
    return ", ".join((COLLECTOR, *((FORGE,) if is_open else ()), MAIL))


def usual_surveys(given: Mapping[str, str]) -> str:
    """Where answers go unless the founder says: with the proposals, when those go to a collector."""
    return COLLECTOR if COLLECTOR in _said(given) else FILE


def wants_collector(given: Mapping[str, str]) -> bool:
    """Whether something that was said goes to a collector."""
    return COLLECTOR in (*_said(given), given["surveys"])


def sending_ways(given: Mapping[str, str]) -> SendingWays:
    """The ways of answers that have no fault."""
    said = _said(given)
    address = given["collector"].rstrip("/")
    return SendingWays(COLLECTOR in said, FORGE in said, MAIL in said, given["surveys"].rstrip("/"), address)


def ways_faults(given: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong in the ways, each with its remedy."""
    for way in _said(given):
        if way not in WAYS:
            yield answer_fault(
                "sending", f"« {way} » n'est pas une façon de proposer", f"choisissez parmi {', '.join(WAYS)}"
            )
    if FORGE in _said(given) and (not given["repository"] or given["forge"] == "none"):
        yield answer_fault(
            "sending", "proposer sur la forge demande un dépôt", "donnez --repository et --forge, ou ôtez « forge »"
        )
    if given["surveys"] not in (COLLECTOR, FILE) and not re.fullmatch(r"https://[^\s/]+(/\S*)?", given["surveys"]):
        yield answer_fault(
            "surveys",
            f"« {given['surveys']} » n'est pas un choix",
            "choisissez collector, file, ou une adresse https://",
        )
    if given["collector"] and not WEB_ADDRESS.fullmatch(given["collector"]):
        yield answer_fault("collector", "une adresse commence par https://", "exemple : https://collecte.example")
    elif given["collector"] and not wants_collector(given):
        yield answer_fault(
            "collector", "rien ne part vers ce collecteur", "ajoutez « collector » à --sending, ou ôtez-le"
        )


def _said(given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way.strip() for way in given["sending"].split(",") if way.strip()))
