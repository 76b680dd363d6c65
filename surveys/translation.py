"""A questionnaire in another language: same ids, other words; ``before.en.yaml`` beside ``before.yaml``.

    title: …
    study: {title: …}
    notice: {who: …, why: …, kept: …, rights: …}
    sections: {you: {title: …}}
    items: {sex: {text: …, choices: {man: A man, woman: A woman}}}

What is not translated stays in the questionnaire's own language; but the notice, which the respondent agrees to,
must be told in theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.schema import schema_problems
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import YamlSource, read_yaml
from surveys.definition import SCHEMAS
from surveys.folding import meant
from surveys.kinds.matrix import row_text
from surveys.model import Study, Wave
from surveys.questionnaire import Choice, FormSection, Item, Questionnaire
from surveys.recall import with_neutral_texts

_FAULT = FaultKind("E03")

_SCHEMA = SCHEMAS / "translation.schema.json"


def languages(study: Study, wave: Wave) -> tuple[str, ...]:
    """Languages that a wave can be answered in: its own first."""
    others = sorted(path.name.split(".")[1] for path in study.folder.glob(f"{wave.questionnaire.id}.??.yaml"))
    return (wave.questionnaire.language, *others)


def translated(study: Study, wave: Wave, language: str) -> tuple[Study, Wave]:
    """The study and the wave told in ``language``; ProblemsFound when the translation is faulty."""
    if language == wave.questionnaire.language:
        return study, wave
    source = _read(study, wave, language)
    problems = tuple(_problems(source, wave.questionnaire))
    if problems:
        raise ProblemsFound(problems)
    words = source.value
    told = replace(study, **words.get("study", {}), notice=replace(study.notice, **words["notice"]))
    return told, replace(wave, questionnaire=_questionnaire(wave.questionnaire, words, language))


def translation_problems(study: Study) -> Iterator[Problem]:
    """Every fault of the translations of a study."""
    for wave in study.waves:
        for language in languages(study, wave)[1:]:
            try:
                source = _read(study, wave, language)
            except ProblemsFound as faulty:
                yield from faulty.problems
            else:
                yield from _problems(source, wave.questionnaire)


def _read(study: Study, wave: Wave, language: str) -> YamlSource:
    path = study.folder / f"{wave.questionnaire.id}.{language}.yaml"
    shown = f"surveys/{study.id}/{path.name}"
    return read_yaml(shown, read_text(path, shown))


def _problems(source: YamlSource, asked: Questionnaire) -> Iterator[Problem]:
    shape = list(schema_problems(source, _SCHEMA))
    yield from shape
    if shape:
        return
    items = {item.id: item for item in asked.items}
    items |= {item.matrix.id: item for item in asked.items if item.matrix}  # its question, its help and its choices
    for name, words in source.value.get("items", {}).items():
        if name not in items:
            yield _unknown(
                source, ("items", name), f"« {name} » n'est pas une question de {asked.id}.yaml", name, items
            )
            continue
        choices = {choice.id for choice in items[name].choices}
        for choice in set(words.get("choices", {})) - choices:
            place = ("items", name, "choices", choice)
            yield _unknown(source, place, f"« {choice} » n'est pas une réponse de « {name} »", choice, choices)
    sections = {section.id for section in asked.sections}
    for name in set(source.value.get("sections", {})) - sections:
        yield _unknown(source, ("sections", name), f"« {name} » n'est pas une page de {asked.id}.yaml", name, sections)


def _unknown(source: YamlSource, place: tuple[str, ...], message: str, name: str, known: Any) -> Problem:
    return _FAULT(source.path, source.line_of(place), message, meant(name, known, "retirez-la"))


def _questionnaire(asked: Questionnaire, words: dict[str, Any], language: str) -> Questionnaire:
    sections = words.get("sections", {})
    items = words.get("items", {})
    plain = {key: words[key] for key in ("title", "introduction", "thanks") if key in words}
    told = replace(
        asked, **plain, language=language,
        sections=tuple(_section(section, sections.get(section.id, {}), items) for section in asked.sections),
    )  # fmt: skip
    return with_neutral_texts(told)


def _section(section: FormSection, words: dict[str, Any], items: dict[str, Any]) -> FormSection:
    return replace(section, **words, items=tuple(_told(item, items) for item in section.items))


def _told(item: Item, items: dict[str, Any]) -> Item:
    if item.matrix is None:
        return _item(item, items.get(item.id, {}))
    of_all = items.get(item.matrix.id, {})
    row = items.get(item.id, {}).get("text", item.matrix.row)
    matrix = replace(item.matrix, text=of_all.get("text", item.matrix.text), row=row,
                     help=of_all.get("help", item.matrix.help))  # fmt: skip
    return replace(_item(item, {**of_all, "text": row_text(matrix.text, row)}), matrix=matrix)


def _item(item: Item, words: dict[str, Any]) -> Item:
    plain: dict[str, Any] = {key: text for key, text in words.items() if key not in ("choices", "alt")}
    if item.image and "alt" in words:
        plain["image"] = replace(item.image, alt=words["alt"])
    plain |= {"told": ""} if "text" in words else {}
    labels = words.get("choices", {})
    return replace(item, **plain, choices=tuple(_choice(choice, labels) for choice in item.choices))


def _choice(choice: Choice, labels: dict[str, str]) -> Choice:
    return replace(choice, label=labels.get(choice.id, choice.label))
