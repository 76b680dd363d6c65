"""One word for one thing: a name in the code stands for one class, or one module, wherever it is read."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from divan.builder.inputs import code_files
from divan.forum.group import GROUP_PATH, Group, load_group
from tests.places import GROUP, HOUSE

ROOMS = ("divan", "surveys", "analysis", "plugins")
SAME_ROLE = {  # in each package, the same thing of its own
    "__init__": "what the package is, in one sentence",
    "check": "what `divan check` asks it",
    "model": "what it is made of",
    "pages": "what is shown to who sent something, or decides of it",
    "settings": "the settings of the site: those that groups share, and how they are read",
    "store": "where it keeps what it was sent",
    "study": "a study opened: as it is defined, or as frames of what was answered",
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


def test_the_words_of_the_machine_are_those_of_the_code() -> None:
    machine = (HOUSE / "GLOSSARY.md").read_text(encoding="utf-8").partition("## La machine")[2]
    words = set(re.findall(r"`([A-Z][a-z]\w+)`", machine))
    assert len(words) > 20
    aliases = {"Blobs"}  # un type, pas une classe
    assert words - aliases - {name for name, _ in classes()} == set()


def test_a_module_name_is_used_once_unless_it_says_the_same_of_each_package() -> None:
    names = ((file.stem, str(file.relative_to(HOUSE))) for file in modules())
    assert shared(names).keys() - SAME_ROLE.keys() == set()


FRENCH_PLACES = HOUSE / "tests/french_places.txt"  # départements and regions, those before 2016 too, one a line
SEVERAL_CODES = re.compile(r"""(["'](?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97\d)["']\s*[,:|][^"'\n]*){3}""")
READS_PLACES = HOUSE / "divan/privacy"  # what tells a place's name in any text has to know some
SUFFIXES = {".css", ".html", ".js", ".json", ".po", ".py", ".xml", ".yaml"}


def texts() -> Iterator[Path]:
    """Code, schemas, theme and its sentences: what a group installs, studies apart."""
    for file in [*code_files(ROOMS), *HOUSE.joinpath("theme").rglob("*"), *HOUSE.joinpath("locale").rglob("*")]:
        if file.suffix in SUFFIXES and READS_PLACES not in file.parents:
            yield file


def found_in_texts(asked: re.Pattern[str]) -> dict[str, list[str]]:
    found = {file: [one[0] for one in asked.finditer(file.read_text(encoding="utf-8"))] for file in texts()}
    return {file.relative_to(HOUSE).as_posix(): words for file, words in found.items() if words}


def groups() -> list[Group]:
    return [load_group(root) for root in (GROUP, HOUSE) if (root / GROUP_PATH).is_file()]


def test_no_place_is_named_in_code_schema_or_theme() -> None:
    own = {name for group in groups() for name in (group.territory, *(name for _, name in group.places)) if name}
    places = own.union(FRENCH_PLACES.read_text(encoding="utf-8").split())
    any_of_them = "|".join(map(re.escape, sorted(places)))
    assert found_in_texts(re.compile(rf"(?<![\w-])(?<!Europe/)(?:{any_of_them})(?![\w-])")) == {}


def test_no_list_of_departements_by_their_number_is_in_code_schema_or_theme() -> None:
    assert found_in_texts(SEVERAL_CODES) == {}


def test_an_area_of_help_is_named_by_its_group_alone() -> None:
    ids = {one.id for group in groups() for one in (*group.areas, *group.services)}
    assert ids
    assert found_in_texts(re.compile(rf"""["'](?:{"|".join(map(re.escape, ids))})["']""")) == {}
