"""What a founder says of the group to be: from options, a file of answers or the keyboard, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.founding.founder_questions import NAMES, NO, QUESTIONS, YES, default_of, is_asked
from divan.founding.sending_ways import WEB_ADDRESS, SendingWays, answer_fault, sending_ways, ways_faults
from divan.founding.territory import Territory, known_territories, territory
from divan.house import house
from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.sentences import SOURCE_LANGUAGE, catalogue_file
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml

FORGES = ("github", "gitlab", "forgejo", "none")
EDITIONS = ("closed", "members", "public")
PSEUDONYMS = ("required", "free", "undecided")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


@dataclass(frozen=True, slots=True)
class Founding:
    """The answers, checked: ``trade`` in the plural, ``areas`` by label, ``repository`` "" when there is no forge.

    ``language`` is that of the menus and buttons; ``example`` fills the forum with an example that can be removed.
    """

    name: str
    trade: str
    territory: Territory
    areas: tuple[str, ...]
    contact: str
    url: str
    repository: str
    forge: str
    edition: str
    ways: SendingWays
    pseudonyms: str
    language: str
    example: bool


def founding(said: Mapping[str, str], ask: Callable[[str, str], str] | None) -> Founding:
    """The group that ``said`` describes; ``ask`` is given a question and its default, None when nobody is there.

    Raises ProblemsFound with each answer that is missing or wrong.
    """
    given = {name: (said.get(name) or "").strip() for name in NAMES}
    for name, question, written in QUESTIONS:
        if not given[name]:
            default = default_of(name, written, given)
            given[name] = (ask(question, default).strip() if ask and is_asked(name, given) else "") or default
    stop_if(_faults(given))
    areas = tuple(dict.fromkeys(area.strip() for area in given["areas"].split(",") if area.strip()))
    place = territory(given["country"], given["territory"], given["places"])
    forge = given["forge"] if given["repository"] else "none"
    repository = given["repository"].rstrip("/")
    return Founding(given["name"], given["trade"], place, areas, given["contact"], given["url"].rstrip("/"),
                    repository, forge, given["edition"], sending_ways(given), given["pseudonyms"],
                    given["language"], given["example"] == YES)  # fmt: skip


def read_answers(path: Path) -> dict[str, str]:
    """The answers of a YAML file: a line a question, ``places`` and ``areas`` as lists or as texts."""
    source = read_yaml(path.name, read_text(path, path.name))
    raw = source.value
    if not isinstance(raw, dict):
        stop_if([Problem(path.name, 1, "ce fichier doit dire une réponse par ligne", "exemple : name: Notre forum")])
    stop_if(
        Problem(
            path.name, source.line_of((key,)), f"« {key} » n'est pas une question", f"questions : {', '.join(NAMES)}"
        )
        for key in raw
        if key not in NAMES
    )
    return {key: _as_typed(value) for key, value in raw.items()}


def _as_typed(value: object) -> str:
    """What a founder would have typed for a value of YAML."""
    if isinstance(value, bool):
        return YES if value else NO
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _faults(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("name", "trade", "territory", "places", "contact"):
        if not given[name]:
            yield answer_fault(
                name, "il manque une réponse", "donnez-la, au clavier, par cette option ou par --answers"
            )
    if given["contact"] and not _MAIL.fullmatch(given["contact"]):
        yield answer_fault("contact", "ce n'est pas une adresse de courriel", "exemple : moderation@forum.example")
    if not WEB_ADDRESS.fullmatch(given["url"]):
        yield answer_fault("url", "une adresse commence par https://", "exemple : https://forum.example")
    if given["repository"] and not given["repository"].startswith("https://"):
        yield answer_fault(
            "repository", "l'adresse d'un dépôt commence par https://", "exemple : https://forge.example/nous/forum"
        )
    for name, known in _choices().items():
        if given[name] not in known:
            yield answer_fault(name, f"« {given[name]} » n'est pas un choix", f"choisissez parmi {', '.join(known)}")
    if not any(fold(area) for area in given["areas"].split(",")):
        yield answer_fault("areas", "il faut au moins un domaine", "exemple : Questions du métier, Soutien")
    yield from ways_faults(given)


def _choices() -> dict[str, tuple[str, ...]]:
    languages = (folder.name for folder in house("locale").iterdir() if catalogue_file(folder.name).is_file())
    return {
        "forge": FORGES, "edition": EDITIONS, "country": (*known_territories(), "free"), "pseudonyms": PSEUDONYMS,
        "language": (SOURCE_LANGUAGE, *sorted(languages)), "example": (YES, NO),
    }  # fmt: skip
