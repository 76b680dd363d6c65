"""Make up answers to a study: ``python -m bench.answers STUDY`` writes its ``responses/`` from its ``synthetic.yaml``.

Nobody real is behind these answers. A seed, the sizes of the groups and the weights of the choices are in the study's
own ``synthetic.yaml``; the same file gives the same answers. People have one hidden degree of help received, which
their seven (or so) agreement answers follow, and which may move between two waves.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.one_answer import answer_of, code_of
from bench.recipe import Recipe, read_recipe
from divan.sources.writing import write_beside
from surveys.model import Study, Wave
from surveys.responses import Responses, write_responses
from surveys.study import load_study


def generate(study: Study, recipe: Recipe) -> dict[str, list[dict[str, str]]]:
    """Tidy rows by wave, in the order of their days."""
    source = random.Random(recipe.seed)
    if study.pairing is None:
        wave = study.waves[0]
        people = [_person(source) for _ in range(recipe.n[wave.id])]
        rows = [_row(source, wave, recipe, one) for one in people]
        _agreements(source, recipe, rows)
        return {wave.id: _ordered(wave, rows)}
    return _paired(study, recipe, source)


def _paired(study: Study, recipe: Recipe, source: random.Random) -> dict[str, list[dict[str, str]]]:
    """Members who answer twice, wait or are lost, people who never join, and codes that two people share."""
    rule = study.pairing
    assert rule is not None
    sides = [study.wave(rule.before), study.wave(rule.after)]
    before: list[dict[str, str]] = []
    after: list[dict[str, str]] = []
    members: list[str] = []
    twice: list[tuple[dict[str, float], str]] = []
    for kind in ("both", "waiting", "lost", "outside", "gap", "shared"):
        for place in range(recipe.n.get(kind, 0)):
            person = _person(source)
            code = (
                members[-1]
                if kind == "shared" and place % 2
                else code_of(source, sides[0].questionnaire.item(rule.code))
            )
            first = _row(source, sides[0], recipe, person) | {rule.code: code}
            before.append(first)
            if kind != "outside":
                members.append(code)
            if kind in ("both", "gap"):
                moved = person | {"help": person["help"] + source.gauss(0, 0.25), "late": 1.0}
                second = _row(source, sides[1], recipe, moved) | {rule.code: code}
                second |= {name: first[name] for name in rule.stable if first.get(name)}
                if kind == "gap":
                    second[rule.complete[0]] = ""
                after.append(second)
                twice += [(moved, code)] if kind == "both" else []
    if study.roster:
        write_beside(study.roster, "code\n" + "".join(f"{code}\n" for code in sorted(set(members))))
    rows = {rule.before: _ordered(sides[0], before, recipe.days)}
    rows |= {rule.after: _ordered(sides[1], after)} if after else {}
    return rows | _later(study, recipe, source, twice)


def _later(
    study: Study, recipe: Recipe, source: random.Random, twice: Sequence[tuple[dict[str, float], str]]
) -> dict[str, list[dict[str, str]]]:
    """The answers to each wave after the pair, of some of those who answered both."""
    rule, found = study.pairing, {}
    for name, share in recipe.later.items():
        wave, stay = study.wave(name), round(share * len(twice))
        rows = [_row(source, wave, recipe, person) | {rule.code if rule else "": code}
                for person, code in source.sample(twice, stay)]  # fmt: skip
        found[name] = _ordered(wave, rows)
    return found


def _person(source: random.Random) -> dict[str, float]:
    return {"help": source.gauss(3.3, 0.8), "late": 0.0}


def _row(source: random.Random, wave: Wave, recipe: Recipe, person: Mapping[str, float]) -> dict[str, str]:
    row: dict[str, str] = {}
    for item in wave.questionnaire.items:
        if item.shown_if is not None and not item.shown_if.holds(row):
            continue
        row[item.id] = answer_of(source, item, recipe, person)
        if lift := recipe.lift.get(item.id, {}).get(row[item.id]):
            person = {**person, "help": person["help"] + lift}
    return row


def _agreements(source: random.Random, recipe: Recipe, rows: list[dict[str, str]]) -> None:
    """Give exactly the shares asked for, overall or in each band of another answer."""
    for item, wanted in recipe.agree.items():
        bands = [({"share": wanted["share"]}, rows)] if "share" in wanted else [
            (band, [row for row in rows if _within(row[wanted["by"]], band)]) for band in wanted["bands"]]  # fmt: skip
        for band, own in bands:
            yes = round(band["share"] * len(own))
            order = source.sample(own, len(own))
            for place, row in enumerate(order):
                levels = ("5", "4") if place < yes else ("3", "2", "1")
                row[item] = source.choices(levels, (0.4, 0.6) if place < yes else (0.5, 0.3, 0.2))[0]


def _within(answer: str, band: Mapping[str, Any]) -> bool:
    if "is" in band:
        return answer == band["is"]
    return int(band["from"]) <= int(answer) <= int(band["to"])


def _ordered(wave: Wave, rows: list[dict[str, str]], days: int = 0) -> list[dict[str, str]]:
    """Rows spread over the wave's window (its first ``days`` if given), with their days and running ids."""
    length = days or (wave.closes - wave.opens).days
    shuffled = random.Random(len(rows)).sample(rows, len(rows))
    tidy = []
    for place, row in enumerate(shuffled):
        day = wave.opens + timedelta(days=place * length // max(len(rows) - 1, 1))
        tidy.append({"response": f"{wave.id}-{place + 1:04d}", "date": day.isoformat(), **row})
    return tidy


def main() -> None:
    """Write the answers of one study in the repository around."""
    parser = argparse.ArgumentParser(description="Écrit les réponses inventées d'une étude.")
    parser.add_argument("study", help="un dossier de surveys/ qui a un synthetic.yaml")
    root = Path(__file__).resolve().parent.parent
    study = load_study(root / "surveys" / parser.parse_args().study)
    for wave_id, rows in generate(study, read_recipe(study)).items():
        path = write_responses(study, Responses(study.wave(wave_id), tuple(rows)))
        print(f"{path.relative_to(root)} : {len(rows)} réponses")


if __name__ == "__main__":
    main()
