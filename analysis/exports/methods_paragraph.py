"""The methods of a report as a thesis tells them, in French, or in another language by the site's own catalogue."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.exports.citations import cited
from analysis.report.publication import Publication
from analysis.tables.wording import NAMES
from divan.sources import french
from divan.sources.sentences import SOURCE_LANGUAGE, translations

TEMPLATES = Path(__file__).parent / "templates"
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BLANK = re.compile(r"[ \n]+")


def methods_paragraphs(publication: Publication, language: str) -> list[str]:
    """Who was asked, what was compared and how, what computed it: three paragraphs."""
    cohort = publication.cohort
    results = [test.result for table in publication.tables for test in table.tests if not test.result.undefined]
    used = {result.test for result in results}
    said = _environment(language).get_template("methods.html").render(
        cohort=cohort,
        plan=cohort.plan,
        study=cohort.study,
        held=publication.marks.history.commits[0].day if publication.marks.history.known else None,
        added=any(table.post_hoc for table in publication.tables),
        tests=[name for name in NAMES if name in used],
        imputed=publication.table("imputed") is not None,
        sizes=any(result.effect_size is not None for result in results),
        version=publication.code.version,
        programs=cited(publication.software),
    )  # fmt: skip
    # unbreakable spaces are kept: only those of the template's lines go
    return [html.unescape(_BLANK.sub(" ", one)).strip(" ") for one in _PARAGRAPH.findall(said)]


@cache
def _environment(language: str) -> Environment:
    words = translations(language)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"],
                              undefined=StrictUndefined, autoescape=True)  # fmt: skip
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= _french() if language == SOURCE_LANGUAGE else _english(words.gettext)
    return environment


def _french() -> dict[str, Callable[..., str]]:
    return {
        "day": french.long_date,
        "number": french.number,
        "percent": lambda share: french.percent(share, 0),
        "test_name": lambda test: french.within(NAMES[test]),
    }


def _english(gettext: Callable[[str], str]) -> dict[str, Callable[..., str]]:
    def day(when: date) -> str:
        return f"{when.day}\u00a0{gettext(french.MONTHS[when.month - 1])}\u00a0{when.year}"

    return {
        "day": day,
        "number": lambda value, digits=0: f"{french.rounded(value, digits):,.{digits}f}",
        "percent": lambda share: f"{french.rounded(100 * share, 0):.0f}%",
        "test_name": lambda test: gettext(NAMES[test]),
    }
