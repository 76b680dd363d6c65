"""Load a study: its ``study.yaml`` and the questionnaires of its waves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import YamlSource, read_yaml
from surveys.chat.chat_rules import chat_faults, chat_rules
from surveys.definition import SCHEMAS, load_questionnaire, shown_path
from surveys.folding import meant
from surveys.model import Notice, PairingRule, Sending, Study, StudyKind, Wave
from surveys.questionnaire import Questionnaire
from surveys.quotas import quota_faults
from surveys.retention import dates_of, retention_faults
from surveys.rules.raw import Place
from surveys.token_key import token_key

_FAULT = FaultKind("E02")


def study_folders(root: Path) -> list[Path]:
    """Folders of ``root/surveys`` that hold a study, in alphabetical order."""
    return sorted(path.parent for path in (root / "surveys").glob("*/study.yaml"))


def load_study(folder: Path) -> Study:
    """The study in ``folder``. Raises ProblemsFound with every fault of its files at once."""
    root = folder.parent.parent
    path = folder / "study.yaml"
    if not path.is_file():
        raise ProblemsFound([_unknown(folder)])
    shown = shown_path(path, root)
    source = read_yaml(shown, read_text(path, shown))
    stop_if(schema_problems(source, SCHEMAS / "study.schema.json"))
    questionnaires, faults = _questionnaires(source, folder, root)
    stop_if([*faults, *_study_problems(source, questionnaires, folder)])
    return _study(source.value, questionnaires, folder)


def known_wave(study: Study, wave_id: str) -> Wave:
    """The wave with this id; ProblemsFound, which names those that there are, when there is none."""
    known = [wave.id for wave in study.waves]
    if wave_id in known:
        return study.wave(wave_id)
    remedy = meant(wave_id, known, f"vagues connues : {', '.join(known)}")
    place = f"surveys/{study.id}/study.yaml"
    raise ProblemsFound([_FAULT(place, None, f"la vague « {wave_id} » n'y est pas", remedy)])


def _unknown(folder: Path) -> Problem:
    known = [path.name for path in study_folders(folder.parent.parent)]
    remedy = meant(folder.name, known, f"études connues : {', '.join(known) or 'aucune'}")
    return _FAULT(f"surveys/{folder.name}", None, "cette étude n'existe pas : il n'y a pas de study.yaml", remedy)


def _questionnaires(source: YamlSource, folder: Path, root: Path) -> tuple[dict[str, Questionnaire], list[Problem]]:
    loaded: dict[str, Questionnaire] = {}
    faults: list[Problem] = []
    for n, wave in enumerate(source.value["waves"]):
        path = folder / wave["questionnaire"]
        if not path.is_file():
            line = source.line_of(("waves", n, "questionnaire"))
            faults.append(
                _FAULT(source.path, line, f"le fichier « {path.name} » n'existe pas", "écrivez-le ou corrigez son nom")
            )
            continue
        try:
            loaded[wave["id"]] = load_questionnaire(path, root)
        except ProblemsFound as found:
            faults.extend(found.problems)
    return loaded, faults


def _study_problems(source: YamlSource, questionnaires: dict[str, Questionnaire], folder: Path) -> Iterator[Problem]:
    for place, message, remedy in (
        *_wave_faults(source.value["waves"]),
        *_pairing_faults(source.value, questionnaires),
        *_file_faults(source.value, questionnaires, folder),
        *retention_faults(source.value),
        *quota_faults(source.value, questionnaires),
        *(chat_faults(source.value["chat"]) if "chat" in source.value else ()),
    ):
        yield _FAULT(source.path, source.line_of(place), message, remedy)


def _wave_faults(waves: list[dict[str, Any]]) -> Iterator[tuple[Place, str, str]]:
    seen: set[str] = set()
    for n, wave in enumerate(waves):
        if wave["id"] in seen:
            yield ("waves", n, "id"), f"deux vagues s'appellent « {wave['id']} »", "donnez un identifiant à chacune"
        seen.add(wave["id"])
        if wave["opens"] > wave["closes"]:
            yield (
                ("waves", n, "opens"),
                f"la vague ouvre le {wave['opens']}, après sa fin ({wave['closes']})",
                "corrigez les dates",
            )


def _pairing_faults(raw: dict[str, Any], questionnaires: dict[str, Questionnaire]) -> Iterator[tuple[Place, str, str]]:
    rule = raw.get("pairing")
    if rule is None:
        return
    waves = {wave["id"] for wave in raw["waves"]}
    for side in ("before", "after"):
        if rule[side] not in waves:
            yield (
                ("pairing", side),
                f"la vague « {rule[side]} » n'existe pas",
                f"choisissez parmi {', '.join(sorted(waves))}",
            )
            continue
        if rule[side] not in questionnaires:
            continue
        items = {item.id for item in questionnaires[rule[side]].items}
        for key in ("code", "complete", "stable"):
            for name in [rule["code"]] if key == "code" else rule.get(key, []):
                if name not in items:
                    message = f"« {name} » n'est pas une question de la vague « {rule[side]} »"
                    yield ("pairing", key), message, meant(name, items)


def _file_faults(
    raw: dict[str, Any], questionnaires: dict[str, Questionnaire], folder: Path
) -> Iterator[tuple[Place, str, str]]:
    if "roster" in raw and not (folder / raw["roster"]).is_file():
        yield ("roster",), f"le fichier « {raw['roster']} » n'existe pas", "ajoutez-le, ou retirez cette ligne"
    phrases = any(item.format == "phrase" for one in questionnaires.values() for item in one.items)
    if phrases and "salt" not in raw:
        yield (
            (),
            "un code fait d'une phrase demande un « salt »",
            "ajoutez une ligne « salt: » et un texte propre à l'étude",
        )
    sending = raw.get("sending", {})
    if sending.get("way") in ("endpoint", "link") and "url" not in sending:
        yield ("sending",), f"l'envoi « {sending['way']} » doit avoir une adresse", "ajoutez « url: https://… »"
    if raw.get("admission") == "tokens" and sending.get("way", "collector") != "collector":
        message = f"des jetons demandent un collecteur, et l'envoi est « {sending['way']} »"
        yield ("admission",), message, "prenez « way: collector », ou retirez « admission »"
    if raw.get("kind") == "poll" and "topic" not in raw:
        yield (), "un sondage doit dire à quel fil il est attaché", "ajoutez « topic: 2026-01-31-abcd »"


def _study(raw: dict[str, Any], questionnaires: dict[str, Questionnaire], folder: Path) -> Study:
    rule = raw.get("pairing")
    return Study(
        id=folder.name,
        title=raw["title"],
        folder=folder,
        kind=StudyKind(raw.get("kind", "study")),
        about=raw["about"],
        notice=Notice(**raw["notice"]),
        waves=tuple(_wave(wave, questionnaires[wave["id"]], raw, folder) for wave in raw["waves"]),
        pairing=PairingRule(**{**rule, "complete": tuple(rule["complete"]), "stable": tuple(rule.get("stable", ()))})
        if rule
        else None,
        roster=folder / raw["roster"] if "roster" in raw else None,
        sending=Sending(**raw["sending"]) if "sending" in raw else None,
        salt=raw.get("salt", ""),
        topic=raw.get("topic", ""),
        live=raw.get("live", False),
        retention=dates_of(raw),
        chat=chat_rules(raw["chat"]) if "chat" in raw else None,
    )


def _wave(raw: dict[str, Any], questionnaire: Questionnaire, study: dict[str, Any], folder: Path) -> Wave:
    opens, closes = date.fromisoformat(raw["opens"]), date.fromisoformat(raw["closes"])
    members_only = raw.get("members_only", False)
    if study.get("admission") != "tokens":
        return Wave(raw["id"], raw["label"], questionnaire, opens, closes, members_only)
    key = token_key(folder, raw["id"])
    return Wave(raw["id"], raw["label"], questionnaire, opens, closes, members_only, by_token=True, token_key=key)
