"""A group's own version of a file of the theme: marked with its original's digest, so that a change there is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path, PurePosixPath

from divan.house import house
from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.writing import write_beside

CHANGED_ORIGINAL = FaultKind("G03")

_MARKS = {
    ".html": "{{# {} #}}\n", ".xml": "{{# {} #}}\n", ".json": "{{# {} #}}\n", ".css": "/* {} */\n", ".js": "/* {} */\n",
    ".svg": "<!-- {} -->\n",
}  # fmt: skip
_SAYS = "d'après l'original {}"
_MARK = re.compile(rb"d'apr\xc3\xa8s l'original ([0-9a-f]{12})")
_FOLDERS = ("templates", "static")


def override(root: Path, name: str) -> Path:
    """Copy ``name`` of the engine's theme into the group's, marked; raises ProblemsFound."""
    source, target = house("theme") / name, root / "theme" / name
    known = [*_files(house("theme"))]
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        meant = f"essayez « divan theme {near[0]} »" if near else "donnez-le comme templates/home.html"
        raise ProblemsFound([Problem("divan theme", None, f"le thème n'a pas de fichier {name}", meant)])
    if target.exists():
        raise ProblemsFound(
            [CHANGED_ORIGINAL(f"theme/{name}", None, "ce fichier est déjà à vous", "changez-le, ou effacez-le")]
        )
    mark = _MARKS[source.suffix].format(_SAYS.format(_digest(source)))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_beside(target, mark.encode() + source.read_bytes())
    return target


def outdated(root: Path) -> Iterator[str]:
    """Sentences on the files of a group's theme whose original is not the one that they were made from."""
    own, engine = root / "theme", house("theme")
    if own.resolve() == engine.resolve():
        return
    for name in _files(own):
        original = engine / name
        if not original.is_file() or original.read_bytes() == (own / name).read_bytes():
            continue
        found = _MARK.search((own / name).read_bytes())
        if found is None:
            yield f"theme/{name} ne dit pas de quel original il part : refaites-le avec « divan theme {name} »"
        elif found[1].decode() != _digest(original):
            yield f"theme/{name} : l'original a changé depuis ; reprenez ses changements, ou effacez votre version"


def _files(theme: Path) -> Iterator[str]:
    for folder in _FOLDERS:
        for file in sorted((theme / folder).rglob("*")):
            if file.is_file():
                yield PurePosixPath(file.relative_to(theme)).as_posix()


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:12]
