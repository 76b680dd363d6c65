"""``divan report``: from a study's folder to its results page, its files, and the moderator's review."""

from __future__ import annotations

from pathlib import Path

from analysis.exports import Download
from analysis.exports.csv_tables import table_csv
from analysis.exports.latex import tables_tex
from analysis.exports.report_json import report_json
from analysis.exports.word import tables_docx
from analysis.exports.workbook import tables_xlsx
from analysis.figures.svg import standalone
from analysis.people.cohort import gather
from analysis.plan.loading import load_plan, plan_path
from analysis.report.open_answers import update_review
from analysis.report.publication import Publication, compose
from analysis.report.results_page import results_page
from analysis.report.review import write_review
from analysis.tables.table import Table
from divan.sources.writing import folder_beside
from surveys.chat.store import chat_files
from surveys.codebook import codebook_csv
from surveys.model import StudyKind
from surveys.responses import responses_path
from surveys.study import load_study, study_folders

RESULTS = Path("content") / "results"


def studies_to_report(root: Path) -> list[str]:
    """Ids of the studies that have a plan and answers, or an outdated page."""
    found = []
    for folder in study_folders(root):
        study = load_study(folder)
        answered = any(responses_path(study, wave.id).is_file() for wave in study.waves)
        answered = answered or (study.chat is not None and all(path.is_file() for path in chat_files(study.folder)))
        if study.kind is StudyKind.STUDY and plan_path(study).is_file() and answered:
            found.append(study.id)
    return found


def build_report(root: Path, study_id: str) -> list[Path]:
    """Compute everything and write ``content/results/<study>/`` whole, or nothing; returns the files written.

    Raises ProblemsFound with every fault of the study's definition, plan or answers.
    """
    study = load_study(root / "surveys" / study_id)
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    publication = compose(root, cohort)
    files = report_files(publication)
    target = root / RESULTS / study_id
    with folder_beside(target) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o644)
    write_review(publication)
    return [target / name for name in files]


def report_files(publication: Publication) -> dict[str, bytes]:
    """Every file of the results folder by name; the same answers give the same bytes."""
    cohort = publication.cohort
    tables = [*publication.tables, *(figure.table for figure in publication.figures)]
    tables += [publication.audit.table] if publication.audit else []
    files: dict[str, bytes] = {f"{table.id.lower()}.csv": table_csv(table).encode() for table in tables}
    files |= {
        f"{figure.id.lower()}.svg": standalone(figure.svg, figure.legend).encode()
        for figure in publication.figures
        if figure.svg
    }
    files["tables.xlsx"] = tables_xlsx(cohort.study.title, tables, cohort.data_cut)
    files["tables.docx"] = tables_docx(cohort.study.title, tables, cohort.data_cut)
    files["tables.tex"] = tables_tex(tables).encode()
    for wave in cohort.study.fielded:
        files[f"codebook-{wave.id}.csv"] = codebook_csv(wave.questionnaire).encode()
    files["index.md"] = results_page(publication, downloads(publication, tables)).encode()
    return {**files, "report.json": report_json(publication, files).encode()}


def downloads(publication: Publication, tables: list[Table]) -> list[Download]:
    """What the page offers, the whole first, then table by table."""
    waves = publication.cohort.study.fielded
    found = [
        Download("tables.xlsx", "Tous les tableaux, classeur Excel"),
        Download("tables.docx", "Tous les tableaux, fichier Word"),
        Download("tables.tex", "Tous les tableaux, LaTeX"),
        Download("report.json", "Tous les chiffres, JSON", "douze chiffres significatifs"),
    ]
    found += [Download(f"codebook-{wave.id}.csv", f"Dictionnaire, {wave.label}") for wave in waves]
    found += [Download(f"{table.id.lower()}.csv", f"{table.name}, CSV") for table in tables]
    found += [Download(f"{one.id.lower()}.svg", f"{one.table.name}, SVG") for one in publication.figures if one.svg]
    return found
