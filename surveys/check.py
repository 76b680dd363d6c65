"""``divan check`` for studies: every fault of their YAML, rosters and committed answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from surveys.chat.check import thread_problems
from surveys.codes import expected_code, well_formed
from surveys.model import Study
from surveys.responses import read_responses
from surveys.roster import read_roster
from surveys.shapes.exported_table import decoded
from surveys.study import load_study, study_folders
from surveys.translation import translation_problems


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
            yield Problem(f"surveys/{folder.name}", None, "ce dossier n'a pas de study.yaml", "ajoutez-le")


def _study_problems(root: Path, study: Study) -> Iterator[Problem]:
    yield from translation_problems(study)
    yield from _roster_problems(study)
    yield from thread_problems(study.folder) if study.chat else ()
    for wave in study.waves:
        try:
            read_responses(study, wave.id)
        except ProblemsFound as faulty:
            yield from faulty.problems
    if study.topic and not any((root / "content").glob(f"*/*/{study.topic}.md")):
        path = f"surveys/{study.id}/study.yaml"
        yield Problem(path, None, f"le fil « {study.topic} » du sondage n'existe pas", "corrigez « topic »")


def _roster_problems(study: Study) -> Iterator[Problem]:
    """The roster must hold codes and nothing that says who they are."""
    if study.roster is None or study.pairing is None:
        return
    path = f"surveys/{study.id}/{study.roster.name}"
    item = study.wave(study.pairing.before).questionnaire.item(study.pairing.code)
    try:
        codes = read_roster(study)
    except ProblemsFound as faulty:
        yield from (Problem(path, problem.line, problem.message, problem.remedy) for problem in faulty.problems)
        return
    if decoded(study.roster)[0].splitlines()[0].strip() != "code":
        yield Problem(path, 1, "la liste ne doit avoir que la colonne « code »", "retirez tout ce qui dit qui est qui")
    for line, code in enumerate(codes, 2):
        if not well_formed(item, code):
            yield Problem(path, line, f"un code doit avoir {expected_code(item)}", "corrigez cette ligne")
