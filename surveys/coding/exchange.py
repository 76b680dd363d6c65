"""``divan codes``: a coding goes to other software and comes back, and its tree changes with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from divan.sources.french import plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.chat.store import Post, chat_files, read_posts
from surveys.coding.code_changes import merge, rename, split
from surveys.coding.code_tree import CodeTree, load_tree, tree_path, tree_yaml
from surveys.coding.coder_file import Coding, coders, read_coder, write_coder
from surveys.coding.coding_project import CodingProject
from surveys.coding.consensus import read_consensus, write_consensus
from surveys.coding.refi_codebook import codebook_xml, read_codebook, read_xml
from surveys.coding.refi_project import project_bytes
from surveys.coding.refi_reading import read_project
from surveys.coding.taguette import TaguetteExport, read_taguette
from surveys.coding.taguette_files import CSV, PROJECTS, XLSX
from surveys.coding.text_units import TextUnit, coding_folder, read_units, write_units
from surveys.model import Study
from surveys.study import load_study

QDC, QDPX = ".qdc", ".qdpx"
TAGUETTE = (CSV, XLSX)


def export_coding(root: Path, study_id: str, file: Path, *, only_tree: bool = False) -> str:
    """Write a codebook (.qdc), the whole project (.qdpx), or Taguette's tables (.csv, .xlsx); says what is in it."""
    study = load_study(root / "surveys" / study_id)
    tree = load_tree(study.folder)
    if file.suffix == QDC:
        write_beside(file, codebook_xml(tree, study.id))
        return f"{file} : {plural(len(tree.by_id), 'code')}."
    _known_kind(file, (QDC, QDPX, *TAGUETTE))
    posts = _posts(study)
    project = _project(study, tree, posts)
    if file.suffix in TAGUETTE:
        made = TaguetteExport(project, study.title, posts)
        write_beside(file, made.codebook(file.suffix) if only_tree else made.highlights(file.suffix))
    else:
        write_beside(file, project_bytes(project, study.id, study.title, posts))
    return f"{file} : {_counted(project)}."


def import_coding(root: Path, study_id: str, file: Path, coder: str) -> str:
    """Read a codebook, a project, or what Taguette exports (its project too), given to ``coder``; says what came.

    What a coder had decided of a unit is replaced by what the file says of it; the rest stays.
    """
    study = load_study(root / "surveys" / study_id)
    _known_kind(file, (QDC, QDPX, *TAGUETTE, *PROJECTS))
    if not file.is_file():
        raise ProblemsFound([Problem(str(file), None, "ce fichier n'existe pas", "vérifiez son nom")])
    tree = load_tree(study.folder) if tree_path(study.folder).is_file() else CodeTree(())
    if file.suffix == QDC:
        found = read_codebook(read_xml(file.read_bytes(), file.name, "CodeBook"), tree, study.id).tree
        _keep_tree(study, tree, found)
        return f"{plural(len(found.by_id), 'code')} dans surveys/{study.id}/codes.yaml."
    posts = _posts(study)
    known = _project(study, tree, posts)
    if file.suffix != QDPX:
        project = read_taguette(file, known, posts, coder)
    else:
        project = read_project(file.read_bytes(), file.name, known, study.id, posts, coder)
    _keep_tree(study, tree, project.tree)
    _keep_project(study, known, project)
    return f"{_counted(project)} dans surveys/{study.id}/."


def change_tree(root: Path, study_id: str, did: str, words: Sequence[str], *, today: date) -> str:
    """Merge, split or rename codes; says what became of them."""
    study = load_study(root / "surveys" / study_id)
    tree = load_tree(study.folder)
    if did == "merge" and len(words) == 2:
        changed = merge(tree, words[0], words[1], today=today)
    elif did == "rename" and len(words) in (2, 3):
        changed = rename(tree, words[0], words[1], "".join(words[2:]), today=today)
    elif did == "split" and len(words) > 2:
        changed = split(tree, words[0], [_named(one) for one in words[1:]], today=today)
    else:
        shown = {"merge": "CODE DANS", "rename": "CODE NOUVEAU [NOM]", "split": "CODE NOUVEAU=NOM NOUVEAU=NOM…"}
        raise ProblemsFound(
            [Problem(f"divan codes {did}", None, "ces mots ne disent pas tout", f"écrivez {shown[did]}")]
        )
    _keep_tree(study, tree, changed)
    last = changed.changes[-1]
    return f"« {last.code} » est maintenant {', '.join(f'« {one} »' for one in last.into)}."


def _named(words: str) -> tuple[str, str]:
    name, _, label = words.partition("=")
    return name, label or name


def _keep_tree(study: Study, before: CodeTree, tree: CodeTree) -> None:
    """Write the tree; a code that coders gave and that is no more is told before anything is lost."""
    given = {code for coder in coders(study.folder) for one in read_coder(study.folder, coder).values()
             for code in one.codes}  # fmt: skip
    lost = sorted(code for code in given if not all(now in tree.by_id for now in tree.today(code)))
    remedy = "gardez-le, ou fusionnez-le d'abord dans un autre (« divan codes merge »)"
    stop_if(Problem(f"surveys/{study.id}/codes.yaml", None, f"« {code} », déjà donné, doit rester un code", remedy)
            for code in lost)  # fmt: skip
    if tree != before:
        write_beside(tree_path(study.folder), tree_yaml(tree))


def _keep_project(study: Study, known: CodingProject, project: CodingProject) -> None:
    if project.units != known.units:
        write_units(study.folder, project.units)
    for coder, own in project.given.items():
        kept: Mapping[str, Coding] = {**known.given.get(coder, {}), **own}
        if kept != known.given.get(coder):
            write_coder(study.folder, coder, kept)
    if project.agreed and project.agreed != known.agreed:
        write_consensus(study.folder, {**known.agreed, **project.agreed})


def _project(study: Study, tree: CodeTree, posts: list[Post]) -> CodingProject:
    given = {coder: read_coder(study.folder, coder) for coder in coders(study.folder)}
    units: tuple[TextUnit, ...] = read_units(study.folder, posts)
    return CodingProject(tree, units, given, read_consensus(study.folder))


def _posts(study: Study) -> list[Post]:
    if not all(path.is_file() for path in chat_files(study.folder)):
        place = f"surveys/{study.id}/{coding_folder(study.folder).name}"
        raise ProblemsFound([Problem(place, None, "le fil n'est pas importé", "« divan chat import » d'abord")])
    return [*read_posts(study.folder)]


def _known_kind(file: Path, kinds: tuple[str, ...]) -> None:
    if file.suffix not in kinds:
        message = f"le nom du fichier doit finir par {', '.join(kinds)}"
        raise ProblemsFound([Problem(str(file), None, message, "choisissez le format")])


def _counted(project: CodingProject) -> str:
    coded = plural(sum(map(len, project.given.values())), "passage codé", "passages codés")
    return f"{plural(len(project.tree.by_id), 'code')}, {plural(len(project.given), 'codeur')}, {coded}"
