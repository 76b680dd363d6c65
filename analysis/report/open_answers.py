"""Free answers: a moderator reads all of them, gives each codes and a yes; only what was approved is ever shown.

``review/open-answers.csv`` (kept out of git) holds every answer, one row each, to be filled in; what is approved there
and holds no identifier goes to ``approved.csv``, which may be committed. Reports read ``approved.csv`` alone.
Its codes are those of the study's tree, when it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.people.cohort import Cohort
from analysis.plan.specification import OpenItem
from analysis.report.open_answers_csv import EXCUSED, answers_csv, read_answers_csv
from analysis.report.provenance import APPROVED
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.sources.known import Known
from divan.sources.problem import Problem, stop_if
from divan.sources.writing import write_beside
from surveys.coding.code_tree import load_tree, tree_path

WORKSHEET = "open-answers.csv"
FIELDS = ("wave", "item", "response", "approved", "codes", "text", "warning", "excused")
PUBLIC_FIELDS = ("wave", "item", "codes", "text")
MOST_KEPT = 100_000  # « rien », « non »: many write the same
YES = frozenset({"oui", "o", "yes", "x", "1"})


@dataclass(frozen=True, slots=True)
class Coded:
    """Answers that share a code: how many, and their approved texts, each once."""

    code: str
    n: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A free-text question: answers received, approved, and the approved ones by code, the most frequent first."""

    item: str
    wave: str
    label: str
    received: int
    approved: int
    coded: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class _Approved:
    wave: str
    item: str
    codes: tuple[str, ...]
    text: str
    excused: str


def open_questions(cohort: Cohort) -> tuple[OpenQuestion, ...]:
    """What the page shows of each open question of the plan."""
    found = []
    approved, labels = _read_approved(cohort), _labels(cohort)
    for one in cohort.plan.open:
        wave = _wave(cohort, one)
        if wave is None:
            continue
        rows = cohort.responses[wave].rows
        own = [answer for answer in approved if (answer.wave, answer.item) == (wave, one.item)]
        received = sum(not row.get(one.item, "").isspace() for row in rows if row.get(one.item))
        found.append(OpenQuestion(one.item, wave, one.label, received, len(own), _by_code(own, labels)))
    return tuple(found)


def _labels(cohort: Cohort) -> Mapping[str, str]:
    """The codes of the study's tree as a reader sees them; nothing for a study without one."""
    folder = cohort.study.folder
    return {name: one.label for name, one in load_tree(folder).by_id.items()} if tree_path(folder).is_file() else {}


def _by_code(answers: Iterable[_Approved], labels: Mapping[str, str]) -> tuple[Coded, ...]:
    texts: dict[str, list[str]] = {}
    for answer in answers:
        for code in answer.codes or ("sans code",):
            texts.setdefault(labels.get(code, code), []).append(answer.text)
    coded = [Coded(code, len(said), tuple(dict.fromkeys(said))) for code, said in texts.items()]
    return tuple(sorted(coded, key=lambda one: (-one.n, one.code)))


def update_review(cohort: Cohort) -> list[Path]:
    """Bring the moderator's worksheet and ``approved.csv`` up to date; decisions already taken are kept.

    Raises ProblemsFound when an approved answer still holds what identifies someone, without a reason to leave it.
    """
    if not cohort.plan.open:
        return []
    folder = cohort.study.folder
    worksheet = folder / "review" / WORKSHEET
    decided, judged = _decisions(cohort, worksheet), Known(_judge, MOST_KEPT)
    rows = [_row(wave, one.item, row["response"], text, decided, judged)
            for one in cohort.plan.open if (wave := _wave(cohort, one)) is not None
            for row in cohort.responses[wave].rows if (text := _text(row, one.item))]  # fmt: skip
    stop_if(_unsafe(cohort, rows))
    write_beside(worksheet, answers_csv(FIELDS, rows))
    approved = [row for row in rows if row["approved"] == "oui"]
    public = sorted(approved, key=lambda row: (row["wave"], row["item"], row["codes"], row["text"]))
    if public or (folder / APPROVED).is_file():
        excused = (EXCUSED,) if any(row[EXCUSED] for row in public) else ()
        write_beside(folder / APPROVED, answers_csv((*PUBLIC_FIELDS, *excused), public))
    return [worksheet, folder / APPROVED]


def _wave(cohort: Cohort, one: OpenItem) -> str | None:
    """The wave of an open question: the plan's, or the first that asks it; None when it has not begun."""
    asks = [wave.id for wave in cohort.answered if any(item.id == one.item for item in wave.questionnaire.items)]
    wanted = [wave for wave in asks if one.wave in (None, wave)]
    return wanted[0] if wanted else None


def _text(row: Mapping[str, str], item: str) -> str:
    return " ".join(row.get(item, "").split())


def _decisions(cohort: Cohort, worksheet: Path) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """(approved, codes, excused) by wave, item and text: from the worksheet, or from what was approved before."""
    if worksheet.is_file():
        rows = read_answers_csv(worksheet, FIELDS, f"surveys/{cohort.study.id}/review/{WORKSHEET}")
        return {(row["wave"], row["item"], row["text"]): (row["approved"], row["codes"], row[EXCUSED]) for row in rows}
    return {(one.wave, one.item, one.text): ("oui", ";".join(one.codes), one.excused) for one in _read_approved(cohort)}


def _row(
    wave: str, item: str, response: str, text: str,
    decided: Mapping[tuple[str, str, str], tuple[str, str, str]], judged: Mapping[tuple[str, str], str],
) -> dict[str, str]:  # fmt: skip
    approved, codes, excused = decided.get((wave, item, text), ("", "", ""))
    said = "oui" if approved.strip().lower() in YES else approved.strip()
    tidy = ";".join(part.strip() for part in codes.split(";") if part.strip())
    return {"wave": wave, "item": item, "response": response, "approved": said, "codes": tidy, "text": text,
            "warning": judged[text, excused], EXCUSED: excused.strip()}  # fmt: skip


def _judge(answer: tuple[str, str]) -> str:
    """What identifies someone in a (text, excused), in words."""
    text, excused = answer
    found = find_identifiers(text, reviewed=excuses.excused(excuses.in_cell(excused)))
    return " ; ".join(dict.fromkeys(finding.rule.says for finding in found))


def _unsafe(cohort: Cohort, rows: Iterable[Mapping[str, str]]) -> Iterable[Problem]:
    path, labels = f"surveys/{cohort.study.id}/review/{WORKSHEET}", _labels(cohort)
    for line, row in enumerate(rows, start=2):
        for code in row["codes"].split(";") if labels else ():
            if code and code not in labels:
                message = f"« {code} » n'est pas un code de surveys/{cohort.study.id}/codes.yaml"
                yield Problem(path, line, message, "corrigez-le, ou ajoutez-le à l'arbre")
        if row["approved"] == "oui" and row["warning"]:
            yield Problem(path, line, f"une réponse approuvée ne doit identifier personne : {row['warning']}",
                          "retirez l'accord, coupez ce passage de la réponse importée, ou, si un nom, un lieu ou une "
                          "date n'y identifient personne, dites pourquoi dans « excused »")  # fmt: skip
        if excuses.unexplained(excuses.in_cell(row[EXCUSED])):
            yield Problem(path, line, "« excused » dit pourquoi un passage n'identifie personne",
                          f"{excuses.expected()} ; « | » entre deux")  # fmt: skip


def _read_approved(cohort: Cohort) -> list[_Approved]:
    path = cohort.study.folder / APPROVED
    if not path.is_file():
        return []
    rows = read_answers_csv(path, PUBLIC_FIELDS, f"surveys/{cohort.study.id}/{APPROVED}")
    read = [_Approved(row["wave"], row["item"], tuple(part for part in row["codes"].split(";") if part), row["text"],
                      row[EXCUSED])
            for row in rows]  # fmt: skip
    judged = Known(_judge, MOST_KEPT)
    return [one for one in read if not judged[one.text, one.excused]]
