"""``divan consult``: a moderator groups free answers into reasons, in a table, and the vote is written from it.

The table holds what people wrote: it stays beside the answers, out of git. What comes out has none of their words.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from divan.sources.french import enumeration, plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.slug import slug
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.consultation import question_of, reasons_path, vote_of
from surveys.model import FEWEST_SHOWN, Study, StudyKind
from surveys.responses import escaped, read_responses, unescaped
from surveys.study import load_study

TABLE = "reasons.csv"
VOTE = "vote.yaml"
ASIDE = "-"  # une réponse qui ne donne aucune raison
_COLUMNS = ("response", "answer", "reason")
_FEWEST, _MOST = 2, 20


def group_answers(root: Path, study_id: str) -> str:
    """Bring the table up to date; once each answer has its reason, write the reasons and their vote."""
    study = load_study(root / "surveys" / study_id)
    place = f"surveys/{study.id}/study.yaml"
    question = question_of(study)
    if study.kind is not StudyKind.CONSULTATION or question is None:
        raise ProblemsFound([Problem(place, None, "ce n'est pas une consultation", "« kind: consultation »")])
    asks = study.waves[0].id
    answers = {row["response"]: row[question.id] for row in read_responses(study, asks).rows if row[question.id]}
    if not answers:
        remedy = f"« divan export {study.id} {asks} », ou « divan import »"
        raise ProblemsFound([Problem(f"surveys/{study.id}/responses/{asks}.csv", None, "aucune réponse", remedy)])
    table = study.folder / "responses" / TABLE
    known = _read(table)
    reasons = {response: known.get(response, "") for response in answers}
    _write(table, [(response, answers[response], reasons[response]) for response in answers])
    left = sum(not reason for reason in reasons.values())
    if left:
        waits = plural(left, "réponse attend", "réponses attendent")
        return (
            f"{table.relative_to(root)} : {waits} sa raison, en quelques mots à vous (les mêmes pour celles qui "
            f"disent la même chose ; « {ASIDE} » si elle n'en donne pas). Puis relancez."
        )
    counts = Counter(reason for reason in reasons.values() if reason != ASIDE)
    stop_if([*_faults(table.relative_to(root).as_posix(), counts, answers.values())])
    return _conclude(root, study, counts)


def _read(table: Path) -> dict[str, str]:
    if not table.is_file():
        return {}
    text = read_text(table, table.name).lstrip("\ufeff")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return {
        row["response"]: " ".join(unescaped(row.get("reason") or "").split()) for row in rows if row.get("response")
    }


def _write(table: Path, rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_COLUMNS)
    lines.writerows([escaped(cell) for cell in row] for row in rows)
    write_beside(table, text.getvalue(), mode=0o600)


def _faults(path: str, counts: Counter[str], answers: Iterable[str]) -> Iterator[Problem]:
    if not _FEWEST <= len(counts) <= _MOST:
        message = f"un vote a de {_FEWEST} à {_MOST} raisons, pas {len(counts)}"
        yield Problem(path, None, message, "les mêmes mots, au signe près, font une seule raison")
    said = {" ".join(one.split()).casefold() for one in answers}
    for reason in counts:
        if reason.casefold() in said:
            yield Problem(path, None, "une raison se dit avec les mots du modérateur, pas ceux d'une réponse",
                          "dites-la autrement : une réponse n'est jamais publiée")  # fmt: skip
    twins = [name for name, number in Counter(map(slug, counts)).items() if number > 1]
    if twins:
        message = f"deux raisons ne diffèrent que d'un signe ({enumeration(twins)})"
        yield Problem(path, None, message, "écrivez-les de même")


def _id(reason: str) -> str:
    """The same for the same words, whatever their rank: votes already given stay theirs."""
    words = slug(reason)
    return f"r_{words.replace('-', '_')[:28].strip('_')}_{sha256(words.encode()).hexdigest()[:4]}"


def _conclude(root: Path, study: Study, counts: Counter[str]) -> str:
    ordered = sorted(counts, key=lambda reason: (-counts[reason], slug(reason)))
    ids = {reason: _id(reason) for reason in ordered}
    reasons = [
        {"id": ids[one], "label": one, **({"answers": counts[one]} if counts[one] >= FEWEST_SHOWN else {})}
        for one in ordered
    ]
    vote = {
        "title": study.title, "version": "1", "thanks": "Merci ; les comptes paraîtront à la clôture.",
        "sections": [{"id": "vote", "title": "Le vote", "items": [{
            "id": "reasons", "type": "several", "required": True, "text": "Lesquelles sont aussi les vôtres ?",
            "choices": [{"id": ids[one], "label": one} for one in ordered],
        }]}],
    }  # fmt: skip
    for path, value in ((reasons_path(study), {"reasons": reasons}), (study.folder / VOTE, vote)):
        write_beside(path, yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))
    said = f"{plural(len(ordered), 'raison')} : {reasons_path(study).relative_to(root)} et {VOTE} sont écrits."
    if vote_of(study):
        return said
    return (
        f"{said}\nAjoutez le vote à « waves: » de study.yaml, avec ses dates :\n"
        f"  - id: votes\n    label: Le vote\n    questionnaire: {VOTE}\n    opens: AAAA-MM-JJ\n    closes: AAAA-MM-JJ"
    )
