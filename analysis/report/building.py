"""``divan report``: from a study's folder to its results page, its files, and the moderator's review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.exports import Download
from analysis.exports.csv_tables import table_csv
from analysis.exports.kit_words import KitWords
from analysis.exports.report_json import report_json
from analysis.exports.thesis_kit import kit_files
from analysis.exports.word import thesis_tables
from analysis.people.assembling import gather
from analysis.plan.date_faults import date_problems
from analysis.plan.loading import load_plan, plan_path
from analysis.plan.plan_history import keep_history, plan_history
from analysis.report.open_answers import update_review
from analysis.report.publication import Publication, compose, held_back
from analysis.report.results_page import results_page
from analysis.report.review import write_review
from analysis.report.thread_quotes import update_quotes
from analysis.report.versions import Version, kept_files, load_versions
from analysis.tables.table import Table
from divan.sources.french import civil_day
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.sentences import SOURCE_LANGUAGE
from divan.sources.writing import folder_beside
from surveys.chat.store import chat_files
from surveys.codebook import codebook_csv
from surveys.model import StudyKind
from surveys.responses import responses_path
from surveys.study import load_study, study_folders

RESULTS = Path("content") / "results"
_APART = "prevu|pour-votre-these|telechargements|versions|provenance"
_AROUND = re.compile(rf'<section[^>]* id="(?:{_APART})">.*?</section>|<li><a href="#(?:{_APART})">.*?</li>', re.DOTALL)


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


def build_report(root: Path, study_id: str, today: date | None = None) -> list[Path]:
    """The report as its study now makes it, whatever was published; raises ProblemsFound with every fault."""
    publication = compute_report(root, study_id)
    day = today or civil_day()
    final = held_back(publication, day).status == "final"
    return write_report(root, publication, load_versions(publication.cohort.study) if final else (), day)


def compute_report(root: Path, study_id: str) -> Publication:
    """Everything that a report says. Raises ProblemsFound with every fault of the definition, plan or answers."""
    study = load_study(root / "surveys" / study_id)
    plan = load_plan(study)
    stop_if(date_problems(study, plan))
    cohort = gather(study, plan)
    update_review(cohort)
    update_quotes(cohort)
    history = plan_history(root, study, plan)
    keep_history(study, history)
    return compose(root, cohort, history)


def write_report(root: Path, publication: Publication, versions: tuple[Version, ...], today: date) -> list[Path]:
    """Write ``content/results/<study>/`` whole, or nothing; returns the files written.

    On a day when a wave is open, what is written has no result, unless the plan declares that it has.
    """
    files = report_files(held_back(publication, today), versions)
    target = root / RESULTS / publication.cohort.study.id
    with folder_beside(target) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o644)
    write_review(publication)
    return [target / name for name in files]


def write_exact(root: Path, study_id: str, folder: Path) -> list[Path]:
    """Write the researchers' edition, exact and complete, in a folder of ``folder``, which no repository may hold.

    Raises ProblemsFound when one does, or with every fault of the study.
    """
    stop_if(_followed(folder))
    study = load_study(root / "surveys" / study_id)
    plan = load_plan(study)
    everything = replace(plan, threshold=1, threshold_reason="Édition des chercheurs : rien n'y est masqué.")
    files = report_files(compose(root, gather(study, everything), plan_history(root, study, plan)))
    target = folder / study_id
    with folder_beside(target) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
    target.chmod(0o700)
    return [target / name for name in files]


def write_kit(root: Path, study_id: str, folder: Path, language: str) -> list[Path]:
    """Write what a thesis takes, masked as the page is, in this language, in a folder of ``folder``.

    Raises ProblemsFound with every fault of the study, or when its results wait for the end of a wave.
    """
    publication = held_back(compute_report(root, study_id), civil_day())
    if publication.waits:
        raise ProblemsFound([Problem(f"surveys/{study_id}", None, "les résultats attendent la fin de la vague ouverte",
                                     "refaites-le ensuite")])  # fmt: skip
    target = folder / f"{study_id}-{language}"
    files = kit_files(publication, [*thesis_tables(publication)], KitWords(language))
    with folder_beside(target) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
    return [target / name for name in files]


def _followed(folder: Path) -> Iterator[Problem]:
    """What is written in a repository ends up published."""
    whole = folder.resolve()
    inside = next((one for one in (whole, *whole.parents) if (one / ".git").exists()), None)
    if inside is not None:
        yield Problem(str(folder), None, f"l'édition exacte ne s'écrit pas dans un dépôt git, et {inside} en est un",
                      "choisissez un dossier hors de tout dépôt, chiffré s'il est partagé")  # fmt: skip


def page_words(page: str) -> str:
    """What a page says of the study: its text without the parts that tell of the plan, versions, files and code."""
    return " ".join(_AROUND.sub("", page.partition("\n---\n")[2]).split())


def report_files(publication: Publication, versions: tuple[Version, ...] = ()) -> dict[str, bytes]:
    """Every file of the results folder by name; the same answers and versions give the same bytes."""
    cohort = publication.cohort
    tables = [*thesis_tables(publication), *([publication.audit.table] if publication.audit else [])]
    files: dict[str, bytes] = {f"{table.id.lower()}.csv": table_csv(table).encode() for table in tables}
    if publication.waits is None:
        files |= kit_files(publication, tables, KitWords(SOURCE_LANGUAGE))
    for wave in cohort.study.fielded:
        files[f"codebook-{wave.id}.csv"] = codebook_csv(wave.questionnaire, by_token=wave.by_token).encode()
    files["index.md"] = results_page(publication, downloads(publication, tables), versions).encode()
    files |= kept_files(cohort.study, versions)
    return {**files, "report.json": report_json(publication, files, versions).encode()}


def _digits_said(publication: Publication) -> str:
    return "douze chiffres significatifs" if publication.cohort.plan.threshold <= 1 else "les décimales de la page"


def downloads(publication: Publication, tables: list[Table]) -> list[Download]:
    """What a thesis takes first, then what a program reads, the whole before its parts."""
    waves = publication.cohort.study.fielded
    drawn = [figure for figure in publication.figures if figure.svg]
    codebooks = [Download(f"codebook-{wave.id}.csv", f"Dictionnaire, {wave.label}") for wave in waves]
    if publication.waits is not None:
        return codebooks
    found = [
        Download(
            "thesis.docx", "Document Word", "A4 : méthodes, tableaux et figures, légendes numérotées", thesis=True
        ),
        Download("tables.xlsx", "Classeur Excel", "un tableau par feuille, un sommaire", thesis=True),
        Download("tables.tex", "LaTeX", "le document qui les réunit ; chaque tableau est plus bas", thesis=True),
        Download("report.json", "Tous les chiffres, JSON", _digits_said(publication)),
    ]
    found += codebooks
    parts = [(f"{table.id.lower()}.csv", f"{table.name}, CSV") for table in tables]
    parts += [(f"{one.id.lower()}.tex", f"{one.name}, LaTeX") for one in thesis_tables(publication) if one.rows]
    parts += [(f"{one.id.lower()}.svg", f"{one.table.name}, SVG") for one in drawn]
    parts += [(f"{one.id.lower()}.png", f"{one.table.name}, PNG à 300\u00a0points par pouce") for one in drawn]
    return [*found, *(Download(*one, part=True) for one in parts)]
