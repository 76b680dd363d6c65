"""``divan check`` for studies: every fault of their YAML, rosters and committed answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from surveys.chat.check import thread_problems
from surveys.codes import expected_code, well_formed
from surveys.coding.check import coding_problems
from surveys.consultation import consultation_problems
from surveys.kinds.question_images import image_problems
from surveys.model import Study
from surveys.own_words import own_words_problems
from surveys.responses import read_responses
from surveys.roster import read_roster
from surveys.shapes.grid import read_grid
from surveys.study import load_study, study_folders
from surveys.token_key import token_problems
from surveys.translation import translation_problems

_FAULT = FaultKind("E01")


def check_studies(root: Path) -> list[Problem]:
    """Every problem of the studies of ``root``, sorted; empty when all is well."""
    found: list[Problem] = list(_strays(root))
    for folder in study_folders(root):
        try:
            study = load_study(folder)
        except ProblemsFound as faulty:
            found.extend(faulty.problems)
        else:
            found.extend(_study_problems(root, study))
    return sorted(set(found), key=lambda problem: (problem.path, problem.line or 0, problem.message))


def _strays(root: Path) -> Iterator[Problem]:
    """Folders that hold questionnaires but no study.yaml: nothing would ever read them."""
    for folder in sorted((root / "surveys").glob("*-*/")):
        if any(folder.glob("*.yaml")) and not (folder / "study.yaml").exists():
            yield _FAULT(f"surveys/{folder.name}", None, "ce dossier n'a pas de study.yaml", "ajoutez-le")


def _study_problems(root: Path, study: Study) -> Iterator[Problem]:
    yield from translation_problems(study)
    yield from image_problems(study)
    yield from consultation_problems(study)
    yield from token_problems(study)
    yield from _roster_problems(study)
    yield from thread_problems(study.folder) if study.chat else ()
    yield from coding_problems(study.folder)
    yield from own_words_problems(study.folder, f"surveys/{study.id}")
    for wave in study.waves:
        try:
            read_responses(study, wave.id)
        except ProblemsFound as faulty:
            yield from faulty.problems
    if study.topic and not any((root / "content").glob(f"*/*/{study.topic}.md")):
        path = f"surveys/{study.id}/study.yaml"
        yield _FAULT(path, None, f"le fil « {study.topic} » du sondage n'existe pas", "corrigez « topic »")


def _roster_problems(study: Study) -> Iterator[Problem]:
    """The roster must hold codes and nothing that says who they are."""
    if study.roster is None or study.pairing is None:
        return
    path = f"surveys/{study.id}/{study.roster.name}"
    item = study.wave(study.pairing.before).questionnaire.item(study.pairing.code)
    try:
        codes = read_roster(study)
    except ProblemsFound as faulty:
        yield from (replace(problem, path=path) for problem in faulty.problems)
        return
    if [cell.strip() for cell in read_grid(study.roster)[0].lines[0][1]] != ["code"]:
        yield _FAULT(path, 1, "la liste ne doit avoir que la colonne « code »", "retirez tout ce qui dit qui est qui")
    for line, code in enumerate(codes, 2):
        if not well_formed(item, code):
            yield _FAULT(path, line, f"un code doit avoir {expected_code(item)}", "corrigez cette ligne")
