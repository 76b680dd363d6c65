"""Words of an earlier answer in a question: ``Vous avez dit « {smokes} »``, or ``{smokes|votre choix}``.

The page puts the answer there by script, as plain text, on the device. Everywhere else (without script, in the
codebook, in a message) neutral words stand for it: those after the bar, or the question itself in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from surveys.questionnaire import Item, Questionnaire

RECALL = re.compile(r"\{(?P<item>[a-z][a-z0-9_]*)(?:\|(?P<neutral>[^{}|]+))?\}")


def recalled_items(text: str) -> Iterator[str]:
    """The questions whose answers the text recalls."""
    return (match["item"] for match in RECALL.finditer(text))


def neutral(text: str, asked: Mapping[str, str]) -> str:
    """The text without any answer; ``asked`` is what each question asks."""
    return RECALL.sub(lambda match: neutral_words(match, asked), text)


def neutral_words(match: re.Match[str], asked: Mapping[str, str]) -> str:
    """What stands for an answer that is not known."""
    return (match["neutral"] or f"[{asked.get(match['item'], match['item'])}]").strip()


def with_neutral_texts(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire whose texts recall nothing; a question keeps in ``told`` what its form says."""
    asked = {item.id: item.text for item in questionnaire.items}
    sections = tuple(
        replace(section, items=tuple(_neutral(item, asked) for item in section.items))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def _neutral(item: Item, asked: dict[str, str]) -> Item:
    if not RECALL.search(item.text):
        return item
    asked[item.id] = neutral(item.text, asked)
    return replace(item, told=item.text, text=asked[item.id])
