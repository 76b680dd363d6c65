"""Thirty respondents, every type of question: whichever way their answers come, the tidy CSV is the same."""

import csv
import io
import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings, create_app
from divan.collector.export import write_export
from divan.collector.identity import Key
from divan.collector.serving import open_store
from surveys.importing import import_wave
from surveys.model import Study
from surveys.questionnaire import Item, ItemType
from surveys.responses import read_responses
from surveys.study import load_study

STUDY = """
title: Toutes les questions
about: Essai.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves: [{id: only, label: Seule, questionnaire: only.yaml, opens: "2026-01-01", closes: "2026-12-31"}]
"""
ASKED = """
title: Toutes les questions
version: "1"
import: {date: [Horodateur]}
scales:
  agreement:
    - {score: 3, label: "Oui, tout à fait", aliases: [A1]}
    - {score: 2, label: "Ni oui, ni non", aliases: [A2]}
    - {score: 1, label: "Non, pas du tout", aliases: [A3]}
sections:
  - id: all
    title: Tout
    items:
      - {id: consent, type: consent, version: "2026-01", text: J'accepte de répondre, required: true, headers: [Q1]}
      - {id: code, type: code, format: digits, length: 4, text: Votre code, headers: [Q2]}
      - id: job
        type: single
        text: Votre métier
        headers: [Q3]
        choices:
          - {id: gp, label: "Généraliste, en ville", aliases: [A1]}
          - {id: resident, label: Interne, aliases: [A2]}
      - id: seeks
        type: several
        text: Vous cherchez
        headers: [Q4]
        choices:
          - {id: opinions, label: "Des avis, vite", aliases: [SQ001]}
          - {id: news, label: Des nouvelles, aliases: [SQ002]}
          - {id: other, label: Autre, other: true}
          - {id: nothing, label: Rien, exclusive: true, aliases: [SQ003]}
      - {id: helps, type: likert, text: Le groupe aide, choices: agreement, headers: [Q5]}
      - {id: mood, type: scale, text: Votre humeur, headers: [Q6]}
      - {id: years, type: integer, minimum: 0, maximum: 60, unit: ans, text: Depuis, headers: [Q7]}
      - {id: writes, type: single, text: Écrivez-vous, headers: [Q8],
         choices: [{id: "yes", label: Oui, aliases: [Y]}, {id: "no", label: Non, aliases: [N]}]}
      - {id: why_not, type: long_text, text: Pourquoi, shown_if: writes = no, headers: [Q9]}
      - {id: town, type: short_text, text: Votre ville, headers: [Q10]}
"""
WORDS = ["", "Le temps", "=1+1", "- en liste\n- et encore", "« Oui », dit-il ; 'non'", "é, à ; ù", "0042", "@moi"]
DAY = date(2026, 3, 14)
Answers = dict[str, list[str]]


def respondents(study: Study) -> list[Answers]:
    """Thirty people, drawn once and for all; some leave questions blank."""
    draw = random.Random(2026)
    return [respondent(study, draw) for _ in range(30)]


def respondent(study: Study, draw: random.Random) -> Answers:
    said: Answers = {"consent": ["2026-01"], "code": [f"{draw.randrange(10_000):04d}"]}
    for item in study.wave("only").questionnaire.items[2:]:
        if draw.random() < 0.15 or (item.id == "why_not" and said.get("writes") != ["no"]):
            continue
        if item.type in (ItemType.SCALE, ItemType.INTEGER):
            said[item.id] = [str(draw.randint(item.minimum or 0, item.maximum or 0))]
        elif item.type is ItemType.SEVERAL:
            said[item.id] = draw.choice([["opinions"], ["opinions", "news"], ["nothing"], ["news", "other"]])
            if "other" in said[item.id]:
                said["seeks_other"] = ["De la compagnie"]
        elif item.choices:
            said[item.id] = [draw.choice([choice.id for choice in item.choices])]
        else:
            said[item.id] = [draw.choice([word for word in WORDS if "\n" not in word or item.id == "why_not"])]
    return said


def label(item: Item, said: Answers) -> list[str]:
    """What an export shows of an answer: labels, and the text typed beside « Autre » in its place."""
    if item.type is ItemType.CONSENT:
        return ["Oui"] if said.get(item.id) else []
    given = said.get(item.id, [])
    if not item.choices:
        return given
    return [said["seeks_other"][0] if one == "other" else item.choice(one).label for one in given]


def through_the_collector(root: Path, study: Study) -> None:
    settings = CollectorSettings({study.id: study}, open_store(root, None), Key("secret"), today=lambda: DAY)
    with TestClient(create_app(settings), client=("127.0.0.1", 50000)) as client:
        for number, said in enumerate(respondents(study)):
            page = client.post(f"/enquetes/{study.id}/only/", data=said | {"submission": str(number)})
            assert page.status_code == 200, page.text
    write_export(root, study.id, "only", None, None)


def as_answer_files(root: Path, study: Study) -> None:
    folder = root / "received"
    folder.mkdir()
    for number, said in enumerate(respondents(study)):
        answer = {
            "divan": 1, "study": study.id, "wave": "only", "digest": study.wave("only").questionnaire.digest,
            "submission": f"{number:04d}", "date": str(DAY),
            "answers": {name: texts for name, texts in said.items() if any(texts)},
        }  # fmt: skip
        (folder / f"{number:04d}.json").write_text(json.dumps(answer), encoding="utf-8")
    import_wave(root, study.id, "only", folder)


def as_a_form_service(root: Path, study: Study) -> None:
    rows = [
        ["2026/03/14 8:03:10 PM UTC+1", *(";".join(label(item, said)) for item in items(study))]
        for said in respondents(study)
    ]
    bring(root, study, [["Horodateur", *(item.text for item in items(study))], *rows], quoting=csv.QUOTE_ALL)


def as_a_spreadsheet(root: Path, study: Study) -> None:
    rows = [
        ["14/03/2026 20:03:10", *(", ".join(label(item, said)) for item in items(study))] for said in respondents(study)
    ]
    bring(root, study, [["Horodateur", *(item.text for item in items(study))], *rows])


def as_limesurvey_codes(root: Path, study: Study) -> None:
    head = ["id", "submitdate", "lastpage", "startlanguage", "ipaddr", "token", "Q1", "Q2", "Q3"]
    head += ["Q4[SQ001]", "Q4[SQ002]", "Q4[SQ003]", "Q4[other]", "Q5", "Q6", "Q7", "Q8", "Q9", "Q10"]
    rows = []
    for number, said in enumerate(respondents(study), 1):
        seeks = said.get("seeks", [])
        code = {item.id: item.choice(said[item.id][0]).aliases[0] for item in items(study)
                if item.type in (ItemType.SINGLE, ItemType.LIKERT) and item.id in said}  # fmt: skip
        rows.append([
            str(number), "2026-03-14 20:03:10", "1", "fr", "192.0.2.7", "jeton", "Y", said["code"][0],
            code.get("job", ""), *("Y" if one in seeks else "" for one in ("opinions", "news", "nothing")),
            *(said.get("seeks_other") or [""]),
            code.get("helps", ""), *(said.get("mood") or [""]), *(said.get("years") or [""]), code.get("writes", ""),
            *(said.get("why_not") or [""]), *(said.get("town") or [""]),
        ])  # fmt: skip
    bring(root, study, [head, *rows], start="\ufeff", quoting=csv.QUOTE_ALL, lineterminator="\r\n")


def items(study: Study) -> tuple[Item, ...]:
    return study.wave("only").questionnaire.items


def bring(root: Path, study: Study, rows: list[list[str]], start: str = "", **dialect: object) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **dialect}).writerows(rows)  # type: ignore[arg-type]
    path = root / "export.csv"
    path.write_text(start + text.getvalue(), encoding="utf-8", newline="")
    import_wave(root, study.id, "only", path)


def tidy(folder: Path, send: Callable[[Path, Study], None]) -> list[dict[str, str]]:
    home = folder / "surveys" / "toutes"
    home.mkdir(parents=True)
    (home / "study.yaml").write_text(STUDY, encoding="utf-8")
    (home / "only.yaml").write_text(ASKED, encoding="utf-8")
    study = load_study(home)
    send(folder, study)
    return [
        {name: cell for name, cell in row.items() if name != "response"} for row in read_responses(study, "only").rows
    ]


@pytest.mark.parametrize("way", [as_answer_files, as_a_form_service, as_a_spreadsheet, as_limesurvey_codes])
def test_every_way_gives_the_collector_s_tidy_csv(tmp_path: Path, way: Callable[[Path, Study], None]) -> None:
    expected = tidy(tmp_path / "collector", through_the_collector)
    assert len(expected) == 30
    assert tidy(tmp_path / "other", way) == expected
