"""A questionnaire on its way between two tools: what its YAML will hold, and what could not be carried over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from divan.sources.reader_text import fold
from surveys.formula import FormulaError, parse_formula
from surveys.questionnaire import Questionnaire
from surveys.quotas import quotas_of
from surveys.recall import RECALL
from surveys.rules.raw import RESERVED

_WIDEST = {"minimum": 0, "maximum": 999_999}
OF_THE_FORM = ("introduction", "thanks", "quota", "import", "changes")  # no other tool has a place for them


@dataclass(frozen=True, slots=True)
class CarriedForm:
    """``raw`` is the questionnaire as YAML holds it; ``lost``, in French, each thing that it does not say any more."""

    raw: dict[str, Any]
    lost: tuple[str, ...]

    @property
    def text(self) -> str:
        """The YAML file, which opens with what was lost."""
        head = "".join(f"# à reprendre : {one}\n" for one in self.lost)
        return head + yaml.safe_dump(self.raw, allow_unicode=True, sort_keys=False, width=4000)

    @property
    def questions(self) -> int:
        """How many questions it holds."""
        return sum(len(section["items"]) for section in self.raw["sections"])


def of_the_form(raw: object) -> dict[str, Any]:
    """What a questionnaire says of itself that another tool keeps for us; nothing of what is no questionnaire."""
    return {key: raw[key] for key in OF_THE_FORM if key in raw} if isinstance(raw, dict) else {}


def not_held(asked: Questionnaire) -> tuple[str, ...]:
    """In French, the quotas that another tool keeps for us and does not hold to."""
    where = [f"« {quota.item} », « {quota.label} »" if quota.item else "la vague" for quota in quotas_of(asked)]
    return tuple(f"le quota de {one} n'est tenu que par un collecteur de Divan" for one in where)


def item_id(name: str) -> str:
    """The name of another tool as a question's: ``Q01-Age`` is ``q01_age``; the same name always gives the same."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:38] or "question"
    return f"q_{plain}" if not plain[0].isalpha() or plain in RESERVED else plain


def choice_id(name: str) -> str:
    """The code of another tool as a choice's: ``-99`` is ``m99``."""
    minus = re.fullmatch(r"\s*-(\d+)\s*", name)
    return f"m{minus[1]}" if minus else re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40] or "choice"


def widened(item: dict[str, Any], lost: list[str]) -> None:
    """Give a number the bounds that the other tool does not ask for."""
    for key, widest in _WIDEST.items():
        if key not in item:
            item[key] = widest
            lost.append(f"« {item['id']} » : un nombre a des bornes ici ; « {key}: {widest} » est à préciser")


def calculated(item: dict[str, Any], formula: str, said: str, lost: list[str]) -> bool:
    """Make a question of a formula, ``said`` in the other tool; False when it is none of ours."""
    try:
        parse_formula(formula)
    except FormulaError:
        lost.append(f"« {item['id']} » : son calcul ne se dit pas ici : {said}")
        return False
    item.update(type="calculated", formula=formula)
    return True


def neutral_words_again(item: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What we keep of a question beside what the other tool says, its text put back when it is still that one."""
    told = more.get("told", "")
    if told and RECALL.sub(r"{\g<item>}", told) == item["text"]:
        item["text"] = told
    return {key: value for key, value in more.items() if key != "told"}


def one_section(title: str, items: Iterable[dict[str, Any]], number: int, text: str = "") -> dict[str, Any]:
    """A page of the form as YAML holds it."""
    said = {"text": text} if text else {}
    return {"id": f"page_{number}", "title": title, **said, "items": [*items]}
