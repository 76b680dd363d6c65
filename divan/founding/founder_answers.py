"""What a founder says of the group to be: from options, a file of answers or the keyboard, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.founding.territory import Territory, known_territories, territory
from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml

FORGES = ("github", "gitlab", "forgejo", "none")
EDITIONS = ("closed", "members", "public")
#: Each question, in the order asked: its name, its words, and what is taken when nothing is said ("" for nothing).
QUESTIONS = (
    ("name", "Comment s'appelle le groupe ?", ""),
    ("trade", "Qui en est ? Au pluriel : sages-femmes, enseignants, vétérinaires…", ""),
    ("country", "Où ? fr, be, ch, qc, ou « free » pour des secteurs à vous", "fr"),
    ("territory", "Comment nommez-vous votre région ?", ""),
    ("places", "Quelles parties ? Codes séparés par des virgules ; « free » : nord=Secteur nord, …", ""),
    (
        "areas",
        "Pour quoi y vient-on ? Séparé par des virgules",
        "Questions du métier, Questions administratives, Soutien",
    ),
    ("contact", "À quelle adresse écrit-on aux modérateurs ?", ""),
    ("url", "À quelle adresse le site sera-t-il ?", "https://forum.example"),
    ("repository", "Où sera le dépôt ? Vide s'il n'est sur aucune forge", ""),
    ("forge", "Quelle forge ? github, gitlab, forgejo, none", "none"),
    (
        "edition",
        "Que voit le public ? « closed » : la charte et de quoi entrer ; « members » : tout sauf les fils ; "
        "« public » : tout ce qui n'est pas réservé",
        "closed",
    ),
)
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


@dataclass(frozen=True, slots=True)
class Founding:
    """The answers, checked: ``trade`` in the plural, ``areas`` by label, ``repository`` "" when there is no forge."""

    name: str
    trade: str
    territory: Territory
    areas: tuple[str, ...]
    contact: str
    url: str
    repository: str
    forge: str
    edition: str


def founding(said: Mapping[str, str], ask: Callable[[str, str], str] | None) -> Founding:
    """The group that ``said`` describes; ``ask`` is given a question and its default, None when nobody is there.

    Raises ProblemsFound with each answer that is missing or wrong.
    """
    given = {name: (said.get(name) or "").strip() for name, _, _ in QUESTIONS}
    for name, question, default in QUESTIONS:
        if not given[name]:
            given[name] = (ask(question, default).strip() if ask else "") or default
    stop_if(_faults(given))
    areas = tuple(dict.fromkeys(area.strip() for area in given["areas"].split(",") if area.strip()))
    place = territory(given["country"], given["territory"], given["places"])
    forge = given["forge"] if given["repository"] else "none"
    repository = given["repository"].rstrip("/")
    return Founding(given["name"], given["trade"], place, areas, given["contact"], given["url"].rstrip("/"),
                    repository, forge, given["edition"])  # fmt: skip


def read_answers(path: Path) -> dict[str, str]:
    """The answers of a YAML file: a line a question, ``places`` and ``areas`` as lists or as texts."""
    source = read_yaml(path.name, read_text(path, path.name))
    names = {name for name, _, _ in QUESTIONS}
    raw = source.value
    if not isinstance(raw, dict):
        stop_if([Problem(path.name, 1, "ce fichier doit dire une réponse par ligne", "exemple : name: Notre forum")])
    stop_if(
        Problem(
            path.name, source.line_of((key,)), f"« {key} » n'est pas une question", f"questions : {', '.join(names)}"
        )
        for key in raw
        if key not in names
    )
    return {key: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in raw.items()}


def _faults(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("name", "trade", "territory", "places", "contact"):
        if not given[name]:
            yield _fault(name, "il manque une réponse", "donnez-la, au clavier, par cette option ou par --answers")
    if given["contact"] and not _MAIL.fullmatch(given["contact"]):
        yield _fault("contact", "ce n'est pas une adresse de courriel", "exemple : moderation@forum.example")
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", given["url"]):
        yield _fault("url", "une adresse commence par https://", "exemple : https://forum.example")
    if given["repository"] and not given["repository"].startswith("https://"):
        yield _fault(
            "repository", "l'adresse d'un dépôt commence par https://", "exemple : https://forge.example/nous/forum"
        )
    for name, known in (("forge", FORGES), ("edition", EDITIONS), ("country", (*known_territories(), "free"))):
        if given[name] not in known:
            yield _fault(name, f"« {given[name]} » n'est pas un choix", f"choisissez parmi {', '.join(known)}")
    if not any(fold(area) for area in given["areas"].split(",")):
        yield _fault("areas", "il faut au moins un domaine", "exemple : Questions du métier, Soutien")


def _fault(name: str, message: str, remedy: str) -> Problem:
    return Problem(f"--{name}", None, message, remedy)
