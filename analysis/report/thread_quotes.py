"""Quotes of a thread: somebody reads them one by one, and only those with a yes are ever shown.

``review/thread-quotes.csv`` (kept out of git) holds every coded unit, one row each, to be filled in; what is approved
there and identifies nobody goes to ``quotes.csv``, which may be committed. Reports read ``quotes.csv`` alone: neither
who wrote a quote nor when is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.people.coded_members import wrote
from analysis.people.coded_thread import CodedThread
from analysis.people.cohort import Cohort
from analysis.report.open_answers import YES
from analysis.report.open_answers_csv import EXCUSED, answers_csv, read_answers_csv
from analysis.report.provenance import QUOTES
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.sources.problem import Problem, stop_if
from divan.sources.writing import write_beside
from surveys.chat.store import read_posts
from surveys.coding.text_units import read_units

QUOTES_SHEET = "thread-quotes.csv"
SHEET_COLUMNS = ("unit", "codes", "approved", "held", "text", "warning", "excused")
QUOTE_COLUMNS = ("codes", "text")


@dataclass(frozen=True, slots=True)
class QuotedCode:
    """A code, as a reader sees it, and its approved quotes, in the order of the alphabet."""

    label: str
    texts: tuple[str, ...]


def thread_quotes(cohort: Cohort) -> tuple[QuotedCode, ...]:
    """What the page quotes of each code, in the order of the tree; nothing of a code that too few members wrote."""
    coded, path = cohort.coded, cohort.study.folder / QUOTES
    if coded is None or not path.is_file():
        return ()
    rows = read_answers_csv(path, QUOTE_COLUMNS, f"surveys/{cohort.study.id}/{QUOTES}")
    safe = [row for row in rows if not _warning(row["text"], row[EXCUSED])]
    found = []
    for _, code in coded.tree.walk():
        texts = sorted({row["text"] for row in safe if code.id in row["codes"].split(";")})
        if texts and not _held(cohort, [code.id]):
            found.append(QuotedCode(code.label, tuple(texts)))
    return tuple(found)


def update_quotes(cohort: Cohort) -> list[Path]:
    """Bring the sheet and ``quotes.csv`` up to date; a yes given to these very words is kept, and to no others.

    Raises ProblemsFound when an approved quote still holds what identifies someone, without a reason to leave it.
    """
    if cohort.coded is None:
        return []
    folder = cohort.study.folder
    sheet = folder / "review" / QUOTES_SHEET
    decided = _decisions(cohort, sheet)
    rows = [_row(cohort, unit, codes, text, decided) for unit, codes, text in _said(cohort, cohort.coded)]
    stop_if(_unsafe(cohort, rows))
    write_beside(sheet, answers_csv(SHEET_COLUMNS, rows))
    approved = {(row["text"], row["codes"]): row for row in rows if row["approved"] == "oui"}
    public = [approved[words] for words in sorted(approved)]  # what several members wrote alike is one quote
    if public or (folder / QUOTES).is_file():
        excused = (EXCUSED,) if any(row[EXCUSED] for row in public) else ()
        write_beside(folder / QUOTES, answers_csv((*QUOTE_COLUMNS, *excused), public))
    return [sheet, folder / QUOTES]


def _said(cohort: Cohort, coded: CodedThread) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each coded unit that says something: its name, its codes, its words on one line."""
    posts = [*read_posts(cohort.study.folder)]
    texts = {post.number: post.text for post in posts}
    units = {one.id: one for one in read_units(cohort.study.folder, posts)}
    for name, codes in coded.settled.items():
        text = " ".join(units[str(name)].text(texts).split())
        if any(map(str.isalpha, text)):
            yield str(name), codes, text


def _decisions(cohort: Cohort, sheet: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(approved, excused) by unit and text, from the sheet; by codes and text, from what was approved before."""
    shown = f"surveys/{cohort.study.id}"
    if sheet.is_file():
        rows = read_answers_csv(sheet, SHEET_COLUMNS, f"{shown}/review/{QUOTES_SHEET}")
        return {(row["unit"], row["text"]): (row["approved"], row[EXCUSED]) for row in rows}
    path = cohort.study.folder / QUOTES
    rows = read_answers_csv(path, QUOTE_COLUMNS, f"{shown}/{QUOTES}") if path.is_file() else []
    return {(row["codes"], row["text"]): ("oui", row[EXCUSED]) for row in rows}


def _row(
    cohort: Cohort, unit: str, codes: tuple[str, ...], text: str, decided: Mapping[tuple[str, str], tuple[str, str]]
) -> dict[str, str]:
    approved, excused = decided.get((unit, text)) or decided.get((";".join(codes), text), ("", ""))
    said = "oui" if approved.strip().lower() in YES else approved.strip()
    yes = said == "oui"  # the others are looked at when they get theirs
    return {"unit": unit, "codes": ";".join(codes), "approved": said, "text": text, EXCUSED: excused.strip(),
            "held": "trop peu de membres" if yes and _held(cohort, codes) else "",
            "warning": _warning(text, excused) if yes else ""}  # fmt: skip


def _held(cohort: Cohort, codes: Iterable[str]) -> bool:
    """Whether too few members wrote what bears each of these codes for any quote of them to be shown."""
    members = cohort.members
    return members is None or all(members.count(wrote("code", one)) < cohort.plan.threshold for one in codes)


def _warning(text: str, excused: str) -> str:
    found = find_identifiers(text, reviewed=excuses.excused(excuses.in_cell(excused)))
    return " ; ".join(dict.fromkeys(one.rule.says for one in found))


def _unsafe(cohort: Cohort, rows: Iterable[Mapping[str, str]]) -> Iterator[Problem]:
    path = f"surveys/{cohort.study.id}/review/{QUOTES_SHEET}"
    for line, row in enumerate(rows, start=2):
        if row["warning"]:
            yield Problem(path, line, f"une citation approuvée ne doit identifier personne : {row['warning']}",
                          "retirez l'accord, ou, si un nom, un lieu ou une date n'y identifient personne, dites "
                          "pourquoi dans « excused »")  # fmt: skip
        if excuses.unexplained(excuses.in_cell(row[EXCUSED])):
            yield Problem(path, line, "« excused » dit pourquoi un passage n'identifie personne",
                          f"{excuses.expected()} ; « | » entre deux")  # fmt: skip
