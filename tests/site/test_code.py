"""What makes a page counts in what tells that it has to be made again: every module that is imported on the way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.builder.inputs import HOUSE, code_files
from divan.settings import PLUGINS
from divan.site.code import CODE

ROOMS = ("divan", "surveys", "analysis", "plugins")
AT_THE_DOOR = {"divan/__init__.py", "divan/house.py"}  # le nom du paquet, et où est le thème, dont le contenu compte


def imported(name: str) -> Iterator[str]:
    """Modules of the house that a module names, wherever in its text."""
    file = file_of(name)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file else ():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def file_of(name: str) -> Path | None:
    place = HOUSE.joinpath(*name.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def closure(*names: str) -> set[str]:
    """Files of the house that these modules import, and so on."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        file = file_of(name)
        if name.partition(".")[0] in ROOMS and file and (path := file.relative_to(HOUSE).as_posix()) not in found:
            found.add(path)
            waiting += imported(name)
    return found - AT_THE_DOOR


def counted(places: tuple[str, ...]) -> set[str]:
    return {file.relative_to(HOUSE).as_posix() for file in code_files(places)}


def modules(package: str) -> list[str]:
    return [".".join(file.relative_to(HOUSE).with_suffix("").parts) for file in HOUSE.joinpath(package).rglob("*.py")]


@pytest.mark.parametrize(
    ("what", "starts", "places"),
    [
        ("une page de fil", modules("divan/catalogue"), (*CODE.reading, *CODE.rendering)),
        ("le rendu", [*modules("divan/builder"), "divan.site.furniture"], CODE.rendering + CODE.reading),
        ("une page de greffon", PLUGINS, (*CODE.making, *CODE.rendering)),
    ],
)
def test_every_module_on_the_way_counts(what: str, starts: list[str], places: tuple[str, ...]) -> None:
    assert closure(*starts) - counted(places) == set(), what


def test_a_file_dropped_in_a_study_is_not_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("surveys/__init__.py", "surveys/rules/__init__.py", "surveys/schemas/a.json", "surveys/hiver/a.json"):
        tmp_path.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(path).touch()
    monkeypatch.setattr("divan.builder.inputs.HOUSE", tmp_path)
    found = {file.relative_to(tmp_path).as_posix() for file in code_files(("surveys",))}
    assert found == {"surveys/__init__.py", "surveys/rules/__init__.py", "surveys/schemas/a.json"}
