"""Whether a public page may take the place of the one that is there, and what to do when it may not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from analysis.disclosure.release_marks import (
    Release,
    ReleaseMemory,
    changed_by_counts,
    keep_memory,
    read_memory,
    too_close,
)
from analysis.people.cohort import Cohort
from analysis.report.publication import Publication
from divan.sources.french import long_date, plural
from divan.sources.problem import Problem, stop_if
from surveys.model import Study

HOW = (
    "la page reste comme elle est jusqu'à ce qu'assez de personnes aient changé. Une réponse à effacer l'est des "
    "fichiers dès maintenant ; si la personne veut que la page disparaisse aussi, retirez-la avec toutes ses versions"
)


def hold_if_close(publication: Publication, published: Mapping[str, Any] | None) -> ReleaseMemory | None:
    """What is to be remembered once the page is out; None for a page that hides nobody, or tells rounded counts only.

    Raises ProblemsFound when the page differs from an earlier one, ``published`` among them, by a few people.
    """
    cohort = publication.cohort
    rounded = cohort.study.pairing is not None and not cohort.paired
    if cohort.plan.threshold <= 1 or publication.waits or rounded:
        return None
    memory = read_memory(cohort.study.folder / "review")
    release = memory.release(cohort)
    stop_if(_since_releases(memory, release, cohort) if memory.releases else _since_page(publication, published))
    return memory.with_release(release)


def remember(study: Study, memory: ReleaseMemory | None) -> None:
    """Keep the release among those that the next one will be held against."""
    if memory is not None:
        keep_memory(study.folder / "review", memory)


def _since_releases(memory: ReleaseMemory, release: Release, cohort: Cohort) -> Iterator[Problem]:
    for earlier, people in too_close(memory, release, cohort.plan.threshold):
        until = f" dont les réponses s'arrêtent au {long_date(date.fromisoformat(earlier.day))}" if earlier.day else ""
        yield _problem(cohort, f"de la page{until}", people)


def _since_page(publication: Publication, report: Mapping[str, Any] | None) -> Iterator[Problem]:
    """Without a memory, the page itself: the same answers, or waves that grew or shrank by enough people."""
    cohort = publication.cohort
    if report is None or not report.get("flow"):
        return
    now = {one.path: one.sha256 for one in publication.inputs if "/responses/" in one.path}
    before = {one["path"]: one["sha256"] for one in report["inputs"] if "/responses/" in one["path"]}
    if before != now and (people := changed_by_counts(report, cohort)) < cohort.plan.threshold:
        yield _problem(cohort, "de celle qui est publiée", people)


def _problem(cohort: Cohort, earlier: str, people: int) -> Problem:
    few = f"cette page ne différerait {earlier} que par {plural(people, 'personne')}, et il en faut "
    why = f"{few}{cohort.plan.threshold} : la différence des deux pages les montrerait"
    return Problem(f"content/results/{cohort.study.id}", None, why, HOW)
