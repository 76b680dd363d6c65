"""One word for one thing: a name in the code stands for one class, or one module, wherever it is read."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from divan.builder.inputs import HOUSE

ROOMS = ("divan", "surveys", "analysis", "plugins")
SAME_ROLE = {  # in each package, the same thing of its own
    "__init__": "what the package is, in one sentence",
    "check": "what `divan check` asks it",
    "model": "what it is made of",
    "pages": "what is shown to who sent something, or decides of it",
    "settings": "the settings of the site: those that groups share, and how they are read",
    "store": "where it keeps what it was sent",
    "tables": "how its database holds it",
}


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from (HOUSE / room).rglob("*.py")


def shared(names: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Names that stand in several places, with these."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, place in names:
        places[name].append(place)
    return {name: sorted(found) for name, found in places.items() if len(found) > 1}


def classes() -> Iterator[tuple[str, str]]:
    for file in modules():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name, f"{file.relative_to(HOUSE)}:{node.lineno}"


def test_a_class_name_is_declared_once() -> None:
    assert shared(classes()) == {}


def test_a_module_name_is_used_once_unless_it_says_the_same_of_each_package() -> None:
    names = ((file.stem, str(file.relative_to(HOUSE))) for file in modules())
    assert shared(names).keys() - SAME_ROLE.keys() == set()
