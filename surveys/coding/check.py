"""What ``divan check`` says of a coding: the tree, the units, what each coder gave, what was agreed on, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from surveys.chat.store import chat_files, read_posts
from surveys.coding.code_tree import CodeTree, load_tree, tree_path
from surveys.coding.coder_file import CODER, coder_path, coders, coding_faults, read_coder
from surveys.coding.consensus import CONSENSUS, Followed, read_consensus
from surveys.coding.suggestions import SUGGESTIONS, read_suggestions
from surveys.coding.text_units import UNITS, coding_folder, read_units

_FAULT = FaultKind("C01")

_Read = TypeVar("_Read")


def coding_problems(folder: Path) -> Iterator[Problem]:
    """Every fault of ``codes.yaml`` and of ``coding/`` in a study's folder; none when nobody has begun to code."""
    found: list[Problem] = [*_strays(folder)]
    if not tree_path(folder).is_file() and not coders(folder):
        yield from found
        return
    tree = _read(found, lambda: load_tree(folder))
    units = frozenset[str]()
    if all(path.is_file() for path in chat_files(folder)):
        posts = _read([], lambda: [*read_posts(folder)])  # its faults are told with the thread's
        cut = _read(found, lambda: read_units(folder, posts)) if posts is not None else None
        units = frozenset(one.id for one in cut or ())
    for one in coders(folder):
        _read(found, partial(read_suggestions, folder, one))
    readable = [one for one in coders(folder) if _read(found, partial(read_coder, folder, one)) is not None]
    yield from found
    if tree is not None and units:
        yield from coding_faults(folder, tree, units, readable)
        yield from _grouping(folder, tree, readable)
        yield from _consensus_problems(folder, tree, units)


def _read(found: list[Problem], reading: Callable[[], _Read]) -> _Read | None:
    """What is read, or None, and its faults in ``found``."""
    try:
        return reading()
    except ProblemsFound as faulty:
        found += faulty.problems
        return None


def _strays(folder: Path) -> Iterator[Problem]:
    """Files that nothing would ever read."""
    known = {UNITS, CONSENSUS, *(coder_path(folder, one).name for one in coders(folder)),
             *(SUGGESTIONS.format(one) for one in coders(folder))}  # fmt: skip
    for path in sorted(coding_folder(folder).glob("*.csv")):
        if path.name not in known:
            message = f"ce fichier n'est d'aucun codeur ; ceux que l'on lit sont {UNITS}, {CONSENSUS} et coder-X.csv"
            remedy = f"renommez-le (X : {CODER.pattern}), ou retirez-le"
            yield _FAULT(f"surveys/{folder.name}/coding/{path.name}", None, message, remedy)


def _grouping(folder: Path, tree: CodeTree, names: list[str]) -> Iterator[Problem]:
    """Codes given that only gather others: no unit may bear them."""
    for coder in names:
        for line, (_, one) in enumerate(read_coder(folder, coder).items(), 2):
            for code in one.codes:
                if code in tree.by_id and tree.by_id[code].grouping:
                    message = f"« {code} » ne fait que réunir d'autres codes : nul passage ne le porte"
                    place = f"surveys/{folder.name}/coding/{coder_path(folder, coder).name}"
                    yield _FAULT(place, line, message, "donnez l'un des siens, ou ôtez « grouping » de codes.yaml")


def _consensus_problems(folder: Path, tree: CodeTree, units: frozenset[str]) -> Iterator[Problem]:
    found: list[Problem] = []
    agreed = _read(found, lambda: read_consensus(folder)) or {}
    yield from found
    shown, names = f"surveys/{folder.name}/coding/{CONSENSUS}", {*coders(folder)}
    for line, (unit, one) in enumerate(agreed.items(), 2):
        if unit not in units:
            yield _FAULT(shown, line, f"le passage « {unit} » n'est pas du fil", "retirez cette ligne")
        for code in one.codes:
            if not all(now in tree.by_id for now in tree.today(code)):
                yield _FAULT(shown, line, f"« {code} » n'est pas un code de l'arbre", "corrigez-le, ou ajoutez-le")
        if one.followed not in [*Followed] and not {*one.followed.split(";")} <= names:
            message = f"« {one.followed} » n'est ni un codeur, ni « all », ni « none »"
            yield _FAULT(shown, line, message, "écrivez qui a été suivi")
