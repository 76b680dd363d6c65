"""Write a group's folder from its founder's answers: all of it beside, then in place, or nothing."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from divan.forum.naming import free_id
from divan.founding.example_set import EXAMPLE, LIST, ExampleNames, example_list
from divan.founding.founder_answers import Founding
from divan.sources.problem import Problem, stop_if
from divan.sources.slug import slug
from divan.upgrading.engine_pin import running_requirement

SKELETON = Path(__file__).parent / "skeleton"
#: Files of one forge only, by the first part of their path in the skeleton.
_OF_FORGE = {"github": "dot-github", "forgejo": "dot-forgejo", "gitlab": "dot-gitlab"}


def write_folder(folder: Path, group: Founding, engine: str = "") -> list[str]:
    """Write the folder, which must not be there or be empty; returns the paths in it, sorted.

    ``engine`` is what pip installs as Divan, this version of it when nothing is said.
    """
    folder = folder.resolve()
    stop_if(_refusals(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for path, text in _files(group, engine or running_requirement()):
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_text(text, encoding="utf-8")
        beside.chmod(0o755)
        folder.mkdir(exist_ok=True)
        for child in beside.iterdir():
            child.rename(folder / child.name)
        beside.rmdir()
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _refusals(folder: Path) -> Iterator[Problem]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        yield Problem(str(folder), None, "il y a déjà quelque chose ici", "nommez un dossier neuf : rien n'a été écrit")


def _files(group: Founding, engine: str) -> Iterator[tuple[str, str]]:
    today = date.today()
    thread = free_id(today, lambda _: False)
    environment = _environment(SKELETON)
    said = {
        "group": group, "engine": engine,
        "newest": re.sub(r"(==\S+|@[0-9a-f]{40})$", "", engine), "today": today, "year": today.year, "thread": thread,
        "areas": _areas(group.areas), "salt": secrets.token_hex(16),
    }  # fmt: skip
    for path in sorted(SKELETON.rglob("*")):
        name = path.relative_to(SKELETON).as_posix()
        if path.is_dir() or any(name.startswith(own) for forge, own in _OF_FORGE.items() if forge != group.forge):
            continue
        target = re.sub(r"(^|/)dot-", r"\1.", name).removesuffix(".j2")
        target = target.replace("YEAR", str(today.year)).replace("THREAD", thread)
        yield target, environment.get_template(name).render(said) if name.endswith(".j2") else path.read_text("utf-8")
    if group.example:
        texts = dict(_example(said))
        yield from texts.items()
        yield LIST, example_list(texts)


def _environment(templates: Path) -> Environment:
    environment = Environment(  # noqa: S701 - des fichiers, pas des pages
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    return environment


def _example(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files of the example, in the group's first place and its areas in turn."""
    names, areas = ExampleNames(said["today"]), said["areas"]
    place, place_name = next(iter(said["group"].territory.places.items()))
    context = {
        **said, "day": names.day, "in_days": names.in_days, "post": names.post, "place": place,
        "place_name": place_name, "area": lambda n: areas[n % len(areas)]["id"],
    }  # fmt: skip
    environment = _environment(EXAMPLE)
    for path in sorted(EXAMPLE.rglob("*.j2")):
        name = path.relative_to(EXAMPLE).as_posix()
        yield names.path(name), environment.get_template(name).render(context)


def _areas(labels: tuple[str, ...]) -> list[dict[str, str]]:
    """Each area with an identifier and the end of an address made of its label, all different."""
    found: list[dict[str, str]] = []
    for label in labels:
        page = slug(label)[:40].strip("-") or "domaine"
        name = page.replace("-", "_").lstrip("0123456789_")[:36] or "area"
        taken = {area["id"] for area in found}
        if name in taken:
            name, page = f"{name}_{len(found)}", f"{page}-{len(found)}"
        found.append({"id": name, "label": label, "page": page})
    return found
