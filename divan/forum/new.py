"""Write a file to fill in: what is left empty is what ``divan check`` will ask for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from divan.forum.group import Group, load_group
from divan.forum.model import Kind
from divan.forum.naming import POST_ID, free_id, opening_path
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.slug import slug
from divan.sources.writing import write_beside

_HEAD = """\
---
title: {title}
date: {now}
author: ""                # votre pseudonyme
hashtags: []              # des mots de content/hashtags.yaml : [toux, iec]
specialty: ""
departement: ""           # facultatif : {places}
status: open              # open, answered, no_agreement ou withdrawn
visibility: public        # public ou members
"""
_CASE = f"""{_HEAD}sources: []
---

## Question


## Contexte


## Constatations


## Conduite tenue


"""
_TOPIC = f"""{_HEAD}# area : {{areas}}
area: {{area}}
---

"""
_REPLY = """\
---
date: {now}
author: ""                # votre pseudonyme
---

"""
_MEMBER = """\
# yaml-language-server: $schema=../../divan/forum/schemas/member.schema.json
name: {title}
specialty: ""
skills: []
town: ""
departement: ""           # {places}
contact: ""
about: ""
consent: ""               # jour de l'accord : 2026-03-14
expires: ""               # dernier jour où la fiche paraît
"""
_SERVICE = """\
# yaml-language-server: $schema=../../divan/forum/schemas/service.schema.json
name: {title}
kind: ""                  # {services}
topics: []
town: ""
departement: ""           # {places}
phone: ""
email: ""
website: ""
audience: ""
access: ""
verified_on: ""           # jour où quelqu'un a vérifié cette fiche
"""


def new_post(
    root: Path, kind: str, thread: str | None = None, *, title: str = "", area: str = "", now: datetime | None = None
) -> Path:
    """Write an empty case, topic, reply (to ``thread``), member or service, and return where it is.

    Its name is free in the whole repository. Raises ProblemsFound when a reply's thread does not exist.
    """
    group = load_group(root)
    _refuse_what_would_be_lost(kind, thread, area, group)
    now = now or datetime.now()
    path, template = {
        "case": lambda: (_free_opening(root, Kind.CASE, now), _CASE),
        "topic": lambda: (_free_opening(root, Kind.TOPIC, now), _TOPIC),
        "reply": lambda: (_free_reply(root, thread, now), _REPLY),
        "member": lambda: (free_entry(root, "members", title), _MEMBER),
        "service": lambda: (free_entry(root, "services", title), _SERVICE),
    }[kind]()
    written = template.format(
        title=json.dumps(title, ensure_ascii=False),
        area=area or '""',
        now=f"{now:%Y-%m-%d %H:%M}",
        places=_one_of(f'"{code}"' for code, _ in group.places),
        areas=_one_of(area.id for area in group.areas),
        services=_one_of(kind.id for kind in group.services),
    )
    write_beside(path, written)
    return path


def _refuse_what_would_be_lost(kind: str, thread: str | None, area: str, group: Group) -> None:
    command = f"divan new {kind}"
    problems = []
    if thread and kind != "reply":
        problems.append(Problem(command, None, "un fil ne se donne que pour une réponse", "un titre suit « --title »"))
    areas = [one.id for one in group.areas]
    if area and (kind != "topic" or area not in areas):
        message = f"« --area » est pour un sujet, et vaut {_one_of(areas)}"
        problems.append(Problem(command, None, message, "corrigez-le ou retirez-le"))
    stop_if(problems)


def _one_of(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} ou {last}" if most else last


def _free_opening(root: Path, kind: Kind, now: datetime) -> Path:
    post_id = free_id(now, lambda one: any((root / opening_path(other, one)).exists() for other in Kind))
    return root / opening_path(kind, post_id)


def _free_reply(root: Path, thread: str | None, now: datetime) -> Path:
    found = POST_ID.search(thread or "")
    if found is None:
        message, remedy = "une réponse demande à quel fil elle répond", "par exemple : divan new reply 2026-03-14-k7f2"
        raise ProblemsFound([Problem("divan new reply", None, message, remedy)])
    if not any((root / opening_path(kind, found[0])).exists() for kind in Kind):
        message, remedy = f"le fil {found[0]} n'existe pas", "vérifiez son identifiant : c'est la fin de son adresse"
        raise ProblemsFound([Problem("divan new reply", None, message, remedy)])
    folder = root / "content" / "replies" / found[0]
    return folder / (free_id(now, lambda one: (folder / f"{one}.md").exists()) + ".md")


def free_entry(root: Path, folder: str, name: str) -> Path:
    """A path that no entry of ``folder`` has, made of ``name``."""
    stem = slug(name) or "fiche"
    path, number = root / "content" / folder / f"{stem}.yaml", 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}-{number}.yaml")
    return path
