"""``divan report``: a page that is final changes only by a correction, and never becomes provisional again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.exports.report_json import report
from analysis.plan.loading import load_plan
from analysis.report.building import RESULTS, compute_report, page_words, write_report
from analysis.report.provenance import ASIDE, wanted_files
from analysis.report.publication import Publication, held_back
from analysis.report.published_figures import Move, figures_digest, moves
from analysis.report.releasing import hold_if_close, remember
from analysis.report.results_page import results_page
from analysis.report.versions import Version, keep_page, load_versions, save_versions, withdrawn_before
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import case_rules
from divan.sources.french import NBSP, civil_day, plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.model import Study
from surveys.study import load_study

LONGEST_REASON = 300
_TOLD = 3  # figures that a refusal names


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a final page changes; ``withdraw``: its earlier versions are to be read no more."""

    reason: str
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What was written, and the versions of the page, of which ``new`` says that the last was just made."""

    files: tuple[Path, ...]
    versions: tuple[Version, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class _StandingPage:
    """What stands on the site now: the report and its page."""

    report: Mapping[str, Any]
    text: str
    page: str

    @property
    def final(self) -> bool:
        return '\nstatus: "final"\n' in self.page.partition("\n---\n")[0] + "\n"


def publish_report(
    root: Path, study_id: str, correction: Correction | None = None, today: date | None = None
) -> ReportOutcome:
    """Make the report and its page; raises ProblemsFound, and writes nothing, when a final page may not change."""
    stop_if(_reason_problems(correction))
    study = load_study(root / "surveys" / study_id)
    published, versions = _published(root, study), load_versions(study)
    was_final = bool(versions) or (published is not None and published.final)
    if was_final and published:
        stop_if(_lost(root, study, published))
    day = today or civil_day()
    publication = compute_report(root, study_id)
    shown = held_back(publication, day)
    memory = hold_if_close(shown, published.report if published else None)
    outcome = _publish(root, study, publication, shown, published, correction, day)
    remember(study, memory)
    return outcome


def _publish(
    root: Path, study: Study, publication: Publication, shown: Publication, published: _StandingPage | None,
    correction: Correction | None, day: date,
) -> ReportOutcome:  # fmt: skip
    versions = load_versions(study)
    was_final = bool(versions) or (published is not None and published.final)
    if shown.status != "final":
        stop_if([_reopened(study)] if was_final else [])
        return ReportOutcome(tuple(write_report(root, publication, (), day)), (), False)
    known = versions or (_first(published, day) if published and published.final else ())
    decided = _decided(shown, published, known, correction, day)
    if correction and correction.withdraw:
        decided = withdrawn_before(decided, correction.reason.strip())
    new = len(decided) > len(known)
    if new and known:
        decided = _keep(study, published, decided)
    if decided != versions:
        save_versions(study, decided)
    return ReportOutcome(tuple(write_report(root, publication, decided, day)), decided, new)


def _first(published: _StandingPage, day: date) -> tuple[Version, ...]:
    """A final page that was published before versions had numbers is the first."""
    return (Version(1, day, figures_digest(published.report)),)


def _decided(
    publication: Publication, published: _StandingPage | None, known: tuple[Version, ...],
    correction: Correction | None, day: date,
) -> tuple[Version, ...]:  # fmt: skip
    """The versions with this page among them; raises ProblemsFound when it needs a reason and has none."""
    now = report(publication, {})
    digest = figures_digest(now)
    if not known:
        return (Version(1, day, digest),)
    moved = moves(published.report, now) if published else ()
    same = known[-1].figures == digest
    if same and (published is None or not _says_otherwise(publication, published, known)):
        return known
    if correction is None:
        raise ProblemsFound([_unexplained(publication.cohort.study, moved, same)])
    last = known[-1].number
    return (*known, Version(last + 1, day, digest, correction.reason.strip(), () if same else moved))


def _says_otherwise(publication: Publication, published: _StandingPage, known: tuple[Version, ...]) -> bool:
    """Whether what the page was made of has changed, and its words with it; the code alone may change its words."""
    before = {one["path"]: one["sha256"] for one in published.report["inputs"]}
    after = {one.path: one.sha256 for one in publication.inputs}
    same = {path: digest for path, digest in before.items() if not path.endswith(ASIDE)} == {
        path: digest for path, digest in after.items() if not path.endswith(ASIDE)
    }
    return not same and page_words(published.page) != page_words(results_page(publication, [], known))


def _keep(study: Study, published: _StandingPage | None, versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The versions, the page of the last but one kept unless it is withdrawn or was lost."""
    replaced = versions[-2]
    if published is None or replaced.withdrawn:
        return versions
    keep_page(study, replaced, published.page, published.text, versions[-1])
    return (*versions[:-2], replace(replaced, kept=True), versions[-1])


def _published(root: Path, study: Study) -> _StandingPage | None:
    folder = root / RESULTS / study.id
    try:
        text = (folder / "report.json").read_text(encoding="utf-8")
        made = json.loads(text)
        figures_digest(made)
        [(one["path"], one["sha256"]) for one in made["inputs"]]
        return _StandingPage(made, text, (folder / "index.md").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _lost(root: Path, study: Study, published: _StandingPage) -> Iterator[Problem]:
    """Files that the page was made of, that it still wants, and that are not here."""
    made_of = {one["path"] for one in published.report["inputs"]}
    for path in wanted_files(study, load_plan(study)):
        name = path.relative_to(root).as_posix()
        if name in made_of and not path.is_file() and not name.endswith(ASIDE):
            yield Problem(name, None, "la page de résultats, définitive, est faite de ce fichier, qui n'est plus là",
                          "remettez-le : sans lui, elle reste comme elle est")  # fmt: skip


def _reopened(study: Study) -> Problem:
    return Problem(f"content/results/{study.id}", None,
                   "une page définitive ne redevient pas provisoire, et il lui manque de quoi le rester",
                   "remettez les réponses de chaque vague, et les dates et l'état qu'avait l'étude")  # fmt: skip


def _unexplained(study: Study, moved: tuple[Move, ...], same: bool) -> Problem:
    told = " ; ".join(
        f"{one.table}, {one.row}, {one.column}{NBSP}: {one.before} → {one.after}" for one in moved[:_TOLD]
    )
    what = "son texte changerait, ses chiffres non" if same else (
        f"{plural(len(moved), 'chiffre')} y changerai{'ent' if len(moved) > 1 else 't'} ({told}"
        f"{' …' if len(moved) > _TOLD else ''})" if moved else "ses chiffres changeraient")  # fmt: skip
    return Problem(f"content/results/{study.id}", None, f"cette page est définitive, et {what}",
                   f"si c'est une correction, dites pourquoi : divan report {study.id} --correct \"…\"")  # fmt: skip


def _reason_problems(correction: Correction | None) -> Iterator[Problem]:
    if correction is None:
        return
    reason = correction.reason.strip()
    if not reason or len(reason) > LONGEST_REASON or not reason.isprintable():
        yield Problem("--correct", None, f"une raison est une ligne de 1 à {LONGEST_REASON} signes, que la page répète",
                      "dites ce qui était faux, et ce qui a été fait")  # fmt: skip
    for finding in find_identifiers(reason, case_rules()):
        yield Problem("--correct", None, f"{finding.rule.says} : « {finding.masked} »",
                      "la raison paraît sur la page : dites-la sans nommer personne")  # fmt: skip
