"""The referee, who has the answers: who is analysed, how many they are, whether what is claimed is so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.attack.asked import MISSING, SCORE, STACKED, Asked, yaml_of
from bench.attack.told import INCLUDED, SCORED, Answer

Person = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Referee:
    """The people analysed: the answer of each to each question at each wave."""

    people: tuple[Person, ...]

    def count(self, who: Iterable[Answer], group: str = INCLUDED) -> int:
        """How many gave these answers."""
        wanted = [*who]
        if group.startswith(SCORED):
            scored = (SCORE, group.removeprefix(SCORED))
            return sum(
                scored in person and all(person.get((one.question, one.wave), MISSING) in one.levels for one in wanted)
                for person in self.people
            )
        return sum(
            all(person.get((one.question, one.wave), MISSING) in one.levels for one in wanted) for person in self.people
        )


def referee(folder: Path, asked: Asked) -> Referee:
    """From the study's own answers."""
    study = yaml_of(folder / "study.yaml")
    waves = {one["id"]: _rows(folder / "responses" / f"{one['id']}.csv") for one in study["waves"]}
    if not asked.pair:
        stacked = asked.waves == (STACKED,)
        people = [
            _answers(asked, STACKED if stacked else wave, row) | ({("wave", STACKED): wave} if stacked else {})
            for wave, rows in waves.items()
            for row in rows
        ]
        return Referee(tuple(people))
    codes = {wave: _by_code(rows, study["pairing"]["code"]) for wave, rows in waves.items()}
    first, second = (codes[wave] for wave in asked.pair)
    members = _members(folder, study)
    kept = [
        code
        for code in first
        if code in second
        and (members is None or code in members)
        and all(row[item] for row in (first[code], second[code]) for item in study["pairing"]["complete"])
    ]
    found = []
    for code in kept:
        person: dict[tuple[str, str], str] = {}
        for wave, rows in codes.items():
            if code in rows:
                person |= _answers(asked, wave, rows[code])
        found.append(person)
    return Referee(tuple(found))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_code(rows: list[dict[str, str]], code: str) -> dict[str, dict[str, str]]:
    """Rows whose code is theirs alone."""
    codes = [row[code] for row in rows]
    return {row[code]: row for row in rows if row[code] and codes.count(row[code]) == 1}


def _members(folder: Path, study: Mapping[str, str]) -> set[str] | None:
    if "roster" not in study:
        return None
    return {row["code"] for row in _rows(folder / study["roster"])}


def _answers(asked: Asked, wave: str, row: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found = {(name, wave): row.get(name, "") or MISSING for name in asked.questions if name in row}
    for one in asked.plan["variables"]:
        if "any_of" in one:
            said = row.get(one["item"], "")
            found[one["id"], wave] = MISSING if not said else "yes" if {*said.split(";")} & {*one["any_of"]} else "no"
    scores = [row.get(item, "") for item in asked.items]
    if all(scores):
        found[SCORE, wave] = str(sum(map(int, scores)))
    return found
