"""The results page: a front matter for the site, then HTML that uses the theme's classes and nothing of its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.audit import KINDS, VERDICTS
from analysis.checklists import checklists
from analysis.exports import Download
from analysis.exports.citations import references
from analysis.exports.methods_paragraph import methods_paragraphs
from analysis.report.how_to_read import reading
from analysis.report.methods import limits, methods
from analysis.report.plan_said import plan_said
from analysis.report.publication import Publication
from analysis.report.sections import sections
from analysis.report.since_last_wave import changes_since
from analysis.report.summary import summary
from analysis.report.verdict import picture, verdict
from analysis.report.versions import Version
from analysis.tables.cells import Cell, Effect, Masked, Text
from analysis.tables.table import Column, Table, Test
from analysis.tables.wording import sentence
from divan.sources import french
from divan.sources.french import long_date, plural, typographic, within

TEMPLATES = Path(__file__).parent / "templates"
MOST_MOVES = 200  # figures of a correction that the page lists; report.json has them all
STATUS = {"provisional": "provisoire", "final": "définitif"}


def results_page(publication: Publication, downloads: list[Download], versions: tuple[Version, ...] = ()) -> str:
    """``index.md``: front matter between two ``---``, then the body."""
    if publication.waits:
        context = {
            "waits": publication.waits,
            "plan": publication.cohort.plan,
            "planned": _planned(publication),
            "plan_said": plan_said(publication),
        }
        body, values = (
            _environment().get_template("waiting.html").render(**context, downloads=downloads),
            _waiting(publication),
        )
    else:
        context = {**_context(publication), "versions": versions, "most_moves": MOST_MOVES}
        body = _environment().get_template("page.html").render(**context, downloads=downloads)
        values = _front_matter(publication)
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    return f"---\n{head}---\n{body}\n"


def _front_matter(publication: Publication) -> dict[str, Any]:
    cohort = publication.cohort
    said = summary(publication)
    return {
        "title": cohort.study.title,
        "study": cohort.study.id,
        "wave": cohort.last,
        "data_cut": cohort.data_cut.isoformat() if cohort.data_cut else "",
        "updated": cohort.data_cut.isoformat() if cohort.data_cut else "",
        "n": cohort.n,
        "status": publication.status,
        "summary": verdict(publication) or " ".join(said[:2]),
    }


def _waiting(publication: Publication) -> dict[str, Any]:
    """What a list of results says of a study that people still answer."""
    until = long_date(publication.waits) if publication.waits else ""
    return {
        "title": publication.cohort.study.title,
        "study": publication.cohort.study.id,
        "updated": publication.cohort.plan.dated.isoformat(),
        "status": "waiting",
        "summary": f"L'enquête est ouverte jusqu'au {until} ; ses résultats paraîtront ensuite.",
    }


def _planned(publication: Publication) -> list[str]:
    """The titles of what will be shown."""
    plan = publication.cohort.plan
    titles = [one.title for one in plan.tables] + [one.title for one in plan.figures]
    return [typographic(one) for one in titles]


def _context(publication: Publication) -> dict[str, Any]:
    cohort = publication.cohort
    return {
        "publication": publication,
        "cohort": cohort,
        "plan": cohort.plan,
        "study": cohort.study,
        "status": STATUS[publication.status],
        "interim": typographic(f"Résultats intermédiaires, que le plan déclare : {cohort.plan.interim}")
        if cohort.plan.interim and publication.status == "provisional"
        else "",
        "wave_label": typographic(cohort.study.wave(cohort.last).label),
        "verdict": verdict(publication),
        "picture": Markup(picture(publication)),  # noqa: S704 - drawn by us, every word escaped
        "reading": reading(publication),
        "summary": summary(publication),
        "sections": sections(publication),
        "changes": changes_since(publication),
        "methods": methods(publication),
        "limits": limits(publication),
        "plan_said": plan_said(publication),
        "checklists": checklists(publication),
        "thesis_methods": {language: methods_paragraphs(publication, language) for language in ("fr", "en")},
        "thesis_references": references(publication.software),
        "verdicts": {label: name for name, label in VERDICTS.items()},
        "kinds": KINDS,
        "labels": {
            row.id: row.label
            for table in publication.tables
            for row in reversed(table.rows)
            if not row.level or row.role == "single"
        },
        "waves": {wave.id: typographic(wave.label) for wave in cohort.study.waves},
    }


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=StrictUndefined, keep_trailing_newline=False)  # fmt: skip
    environment.filters |= {
        "typo": typographic,
        "day": long_date,
        "number": french.number,
        "cell_class": cell_class,
        "sentence": sentence,
        "svg": Markup,
        "test_label": _test_label,
        "wave_name": lambda wave, study: within(typographic(study.wave(wave).label)),
    }
    environment.globals |= {"plural": plural}
    return environment


def cell_class(cell: Cell, column: Column) -> str:
    """The class of a cell: numbers to the right, masked ones greyed, long ones on several lines."""
    if isinstance(cell, Masked):
        return "num masked"
    if isinstance(cell, Effect):
        return "num effect"
    return "" if isinstance(cell, Text) and column.statistic == "text" else "num"


def _test_label(test: Test, table: Table) -> str:
    """What a test is about: its row, and its level when it has one."""
    own = [row for row in table.rows if row.id == test.row]
    if not own or (own[0].role == "single" and own[0].level not in ("", "yes")):
        return "Modèle entier" if table.kind == "regression" else table.head
    level = str(test.result.detail.get("level", "")) if test.result.detail.get("part") == "coefficient" else ""
    named = next((row.label for row in own if level and row.level == level), "")
    return f"{own[0].label}, {named}" if named and named != own[0].label else own[0].label
