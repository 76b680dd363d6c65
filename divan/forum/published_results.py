"""What lies in ``content/results/``: the files that « divan report » wrote, as their ``report.json`` lists them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from divan.forum.active_content import RESULT_SUFFIXES, active_content
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("R01")

FOLDER = "content/results/"
REPORT = "report.json"

_AGAIN = "refaites le rapport (« divan report »), et committez tout son dossier"


def result_problems(root: Path, path: str) -> Iterator[Problem]:
    """All that is wrong with one file of a study's results: its place, its kind, its digest, what it could run."""
    study, _, name = path.removeprefix(FOLDER).partition("/")
    if not name or "/" in name or not name.endswith(tuple(RESULT_SUFFIXES)):
        yield _FAULT(path, None, "« divan report » n'écrit pas de fichier de cette sorte", "supprimez-le")
        return
    try:
        content = (root / path).read_bytes()
    except OSError:
        yield _FAULT(path, None, "ce fichier ne se laisse pas lire", _AGAIN)
        return
    known = _listed(root / FOLDER / study / REPORT)
    if name == REPORT:
        if known is None:
            yield _FAULT(
                path,
                None,
                "report.json dit l'empreinte de chaque fichier du rapport, et celui-ci ne la dit pas",
                _AGAIN,
            )
        yield from (_FAULT(path, None, f"report.json nomme {missing}, qui manque", _AGAIN)
                    for missing in sorted(known or ()) if not (root / FOLDER / study / missing).is_file())  # fmt: skip
        return
    if known is None or name not in known:
        yield _FAULT(
            path,
            None,
            "report.json ne nomme pas ce fichier : « divan report » ne l'a pas écrit",
            f"supprimez-le, ou {_AGAIN}",
        )
    elif known[name] != sha256(content).hexdigest():
        yield _FAULT(path, None, "ce fichier n'est plus celui que « divan report » a écrit", _AGAIN)
    if name.endswith((".md", ".svg")):
        yield from active_content(path, content.decode("utf-8", "replace"))


def of_the_same_reports(paths: Iterable[str], changed: Iterable[str]) -> Iterator[str]:
    """Those of ``paths`` that lie beside a file that changed: one file tells whether the others are as they should."""
    studies = tuple(
        {f"{FOLDER}{path.removeprefix(FOLDER).partition('/')[0]}/" for path in changed if path.startswith(FOLDER)}
    )
    return (path for path in paths if studies and path.startswith(studies))


def _listed(report: Path) -> Mapping[str, str] | None:
    """The digest of each file that a report wrote, by its name; None when it does not say."""
    try:
        files = json.loads(report.read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return files if isinstance(files, dict) else None
