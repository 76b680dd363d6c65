"""A questionnaire changed while people answer: an answer is read by the version shown; nothing is lost, or refused."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings, create_app
from divan.collector.export import write_export
from divan.collector.identity import load_key
from divan.collector.serving import open_store, state_folder
from divan.collector.shown_versions import ShownVersions, StudiesOnDisk, load_studies
from divan.history.open_waves import open_wave_problems
from divan.sources.problem import ProblemsFound
from surveys.study import load_study

TODAY = date(2026, 3, 10)
STUDY = """
title: Essai
about: Une étude d'essai.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves: [{id: only, label: Seule, questionnaire: only.yaml, opens: "2026-03-01", closes: "2026-03-31"}]
"""
FIRST = """title: Essai
version: "1"
sections:
  - id: all
    title: Tout
    items:
      - {id: years, type: integer, minimum: 0, maximum: 60, text: Combien d'années ?}
      - id: ways
        type: several
        text: Par quels moyens ?
        choices: [{id: sms, label: SMS}, {id: wa, label: WhatsApp}, {id: mail, label: Courriel}]
"""
ADDED = FIRST + "      - {id: mood, type: scale, text: Votre humeur ?}\n"
RENAMED = FIRST.replace("id: years", "id: practised")
MERGED = FIRST.replace("{id: sms, label: SMS}, {id: wa, label: WhatsApp}", "{id: phone, label: Messagerie}")
RETIRED = FIRST.replace("      - {id: years, type: integer, minimum: 0, maximum: 60, text: Combien d'années ?}\n", "")


def declared(text: str, change: str) -> str:
    return text.replace("sections:", f"changes: [{change}]\nsections:")


class Field:
    """A repository where a collector runs, and whose questionnaire changes under it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / "surveys/essai/only.yaml"
        self.path.parent.mkdir(parents=True)
        (self.path.parent / "study.yaml").write_text(STUDY, encoding="utf-8")
        self.path.write_text(FIRST, encoding="utf-8")
        self.client: TestClient

    def becomes(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")
        time.sleep(1.1)  # the collector looks at the disk once a second

    @property
    def digest(self) -> str:
        return load_study(self.path.parent).wave("only").questionnaire.digest

    def send(self, digest: str, **fields: str | list[str]) -> int:
        return self.client.post("/enquetes/essai/only/", data={"digest": digest, **fields}).status_code

    def exported(self) -> list[str]:
        write_export(self.root, "essai", "only", None, None)
        return (self.path.parent / "responses/only.csv").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)
    field = Field(tmp_path)
    with open_store(tmp_path, None) as store:
        studies = load_studies(tmp_path)
        followed = StudiesOnDisk(tmp_path, studies, ShownVersions(store.engine))
        key = load_key(state_folder(tmp_path))
        settings = CollectorSettings(studies, store, key, on_disk=followed, today=lambda: TODAY)
        with TestClient(create_app(settings), client=("127.0.0.1", 50000)) as client:
            field.client = client
            yield field


def test_an_answer_is_read_by_the_version_that_was_shown(field: Field) -> None:
    before = field.digest
    field.becomes(ADDED)
    assert field.send(before, years="3", ways=["sms", "mail"]) == 200
    assert field.send(field.digest, years="4", mood="7") == 200
    assert [line.split(",")[2:] for line in field.exported()] == [
        ["years", "ways", "mood"],
        ["3", "sms;mail", ""],
        ["4", "", "7"],
    ]


@pytest.mark.parametrize(
    ("after", "change", "columns", "cells"),
    [
        (RENAMED, "{rename: years, to: practised}", ["practised", "ways"], ["3", "sms;mail"]),
        (MERGED, "{merge: [sms, wa], to: phone, of: ways}", ["years", "ways"], ["3", "phone;mail"]),
        (RETIRED, "{retire: years}", ["ways"], ["sms;mail"]),
    ],
)
def test_a_declared_change_brings_earlier_answers_along_and_another_is_refused(
    field: Field, after: str, change: str, columns: list[str], cells: list[str]
) -> None:
    assert field.send(field.digest, years="3", ways=["sms", "mail"]) == 200
    field.path.write_text(after, encoding="utf-8")
    with pytest.raises(ProblemsFound, match="dites sous « changes »"):
        field.exported()
    field.path.write_text(declared(after, change), encoding="utf-8")
    assert [line.split(",")[2:] for line in field.exported()] == [columns, cells]


def test_a_form_of_no_known_version_is_kept_apart_with_all_that_it_sent(field: Field) -> None:
    assert field.send("0" * 64, years="3", hobby="la voile") == 200
    assert write_export(field.root, "essai", "only", None, None, quarantined=True) == 1
    kept = (field.path.parent / "responses/only-quarantaine.csv").read_text(encoding="utf-8")
    assert "la voile" in kept
    assert "d'aucune version connue" in kept


def test_a_questionnaire_half_written_does_not_stop_the_collector(field: Field) -> None:
    shown = field.digest
    field.becomes(FIRST[: len(FIRST) // 2] + "\n  - [")
    assert field.send(shown, years="3") == 200


def test_an_export_tells_which_answers_came_from_elsewhere_and_what_waits(field: Field) -> None:
    told: list[str] = []
    field.send(field.digest, years="3")
    field.send("0" * 64, years="9")
    field.path.write_text(declared(RENAMED, "{rename: years, to: practised}"), encoding="utf-8")
    write_export(field.root, "essai", "only", None, None, tell=told.append)
    assert told == [
        "1\u00a0réponse à une version d'avant (1) : « years » devient « practised »",
        "admission : 1 sans preuve, ou d'avant que cela soit noté",
        "1\u00a0réponse en quarantaine, à regarder : ajoutez --quarantined",
    ]


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (RENAMED, "« years » n'est plus posée"),
        (MERGED, "« ways » n'offre plus « SMS »"),
        (FIRST.replace("maximum: 60", "maximum: 40"), "« years » n'admet plus des réponses"),
        (FIRST.replace("label: SMS", "label: Appel"), "elle se lit désormais « Appel »"),
        (FIRST.replace("Combien d'années ?", "Combien de mois ?"), "« years » ne demande plus la même chose"),
        (FIRST.replace("type: integer, minimum: 0, maximum: 60", "type: short_text"), "passe de « integer »"),
    ],
)
def test_a_change_that_would_lose_answers_of_an_open_wave_is_refused(field: Field, after: str, says: str) -> None:
    commit(field.root, "2026-02-20")
    field.path.write_text(after, encoding="utf-8")
    assert any(says in problem.message for problem in open_wave_problems(field.root, TODAY))
    assert not [*open_wave_problems(field.root, date(2026, 4, 1))]  # closed: nobody answers any more


@pytest.mark.parametrize(
    "after",
    [
        ADDED,
        declared(RENAMED, "{rename: years, to: practised}"),
        declared(MERGED, "{merge: [sms, wa], to: phone, of: ways}"),
        declared(FIRST.replace("label: SMS", "label: Texto"), "{reword: sms, of: ways}"),
        FIRST.replace("maximum: 60", "maximum: 70"),
    ],
)
def test_a_change_that_loses_nothing_or_is_declared_passes(field: Field, after: str) -> None:
    commit(field.root, "2026-02-20")
    field.path.write_text(after, encoding="utf-8")
    assert not [*open_wave_problems(field.root, TODAY)]
    commit(field.root, "2026-03-05")
    assert not [*open_wave_problems(field.root, TODAY)]


def test_a_draft_from_before_the_wave_opened_binds_nobody(field: Field) -> None:
    commit(field.root, "2026-02-01")
    field.path.write_text(RENAMED, encoding="utf-8")
    commit(field.root, "2026-02-20")
    assert not [*open_wave_problems(field.root, TODAY)]


def commit(root: Path, day: str) -> None:
    stamp = f"{day}T12:00:00+01:00"
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
           "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}  # fmt: skip
    for words in (["init", "-q"], ["add", "surveys"], ["commit", "-qm", day]):
        subprocess.run(["git", *words], cwd=root, check=True, env={"PATH": "/usr/bin:/bin", "HOME": str(root), **who})
