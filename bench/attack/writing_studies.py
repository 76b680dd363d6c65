"""An invented study in the files that the command reads, and the same study later: a person more, less, or another."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import yaml

from bench.attack.invented import InventedStudy, Row, other_tables

LATER = ("more", "erased", "changed", "tables")


def write_study(root: Path, one: InventedStudy) -> Path:
    """The study in ``root/surveys/<name>``; returns its folder."""
    folder = root / "surveys" / one.name
    (folder / "responses").mkdir(parents=True, exist_ok=True)
    for name, said in (("study", one.study), ("asked", one.questionnaire), ("plan", one.plan)):
        (folder / f"{name}.yaml").write_text(
            yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    if "roster" in one.study:
        (folder / "roster.csv").write_text("\n".join(["code", *sorted(one.members)]) + "\n", encoding="utf-8")
    write_answers(root, one)
    return folder


def write_answers(root: Path, one: InventedStudy) -> None:
    """Its answers and its plan alone."""
    plan = root / "surveys" / one.name / "plan.yaml"
    plan.write_text(yaml.safe_dump(one.plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for wave, rows in one.answers.items():
        path = root / "surveys" / one.name / "responses" / f"{wave}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, _fields(one), lineterminator="\n")
            lines.writeheader()
            lines.writerows(rows)


def _fields(one: InventedStudy) -> Sequence[str]:
    items = [item["id"] for section in one.questionnaire["sections"] for item in section["items"]]
    return ["response", "date", *items]


def later(one: InventedStudy, how: str, seed: int) -> InventedStudy:
    """The same study a day after: ``how`` is one of ``LATER``."""
    random = Random(f"later {how} {seed}")
    first = random.choice(one.answers["autumn"])
    if how == "more":
        return replace(one, answers=_joined(one, random))
    if how == "erased":
        return replace(
            one, answers={wave: [row for row in rows if not _same(row, first)] for wave, rows in one.answers.items()}
        )
    if how == "tables":
        return replace(one, plan={**one.plan, "tables": other_tables(one)})
    if how == "changed":
        wave = random.choice([*one.answers])
        place = random.randrange(len(one.answers[wave]))
        rows = [_changed(one, row, random) if n == place else row for n, row in enumerate(one.answers[wave])]
        return replace(one, answers={**one.answers, wave: rows})
    return one


def _joined(one: InventedStudy, random: Random) -> dict[str, list[Row]]:
    """One person more, at every wave, who answers like another with a change of answer."""
    code, model = f"{random.randrange(10**6):06}", random.choice(one.answers["autumn"])
    found = {}
    for wave, rows in one.answers.items():
        new = {**model, "response": f"{wave}-{9000:04}", "date": rows[-1]["date"]}
        found[wave] = [*rows, {**new, **({"code": code} if "code" in model else {})}]
    return found


def _same(row: Row, other: Row) -> bool:
    return row.get("code", row["response"]) == other.get("code", other["response"])


def _changed(one: InventedStudy, row: Mapping[str, str], random: Random) -> Row:
    """One answer of one person is another."""
    items = [item["id"] for item in one.plan["composite"]["items"]]
    name = random.choice(items)
    degrees = [str(degree["score"]) for degree in one.questionnaire["scales"]["degrees"]]
    return {**row, name: random.choice([degree for degree in degrees if degree != row[name]])}
