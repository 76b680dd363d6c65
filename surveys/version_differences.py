"""What of an earlier version of a questionnaire a later one would lose or read otherwise, and does not declare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from divan.sources.reader_text import fold
from surveys.declared_changes import Migration
from surveys.questionnaire import Choice, Item, ItemType, Questionnaire

_SAME = {
    (ItemType.INTEGER, ItemType.DECIMAL),
    (ItemType.SHORT_TEXT, ItemType.LONG_TEXT),
    (ItemType.SINGLE, ItemType.SEVERAL),
}


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """``item`` is the question, ``says`` what would happen to its answers in French, ``remedy`` what to declare."""

    item: str
    says: str
    remedy: str


def version_differences(old: Questionnaire, new: Questionnaire) -> Iterator[VersionDifference]:
    """Each change from ``old`` to ``new`` that loses answers or gives them another meaning, unless ``new`` says so."""
    migration = Migration(new.changes)
    asked = {item.id: item for item in new.items}
    for was in old.items:
        name = migration.item(was.id)
        if name is None:
            continue
        if name not in asked:
            says = f"« {was.id} » n'est plus posée : ses réponses n'auraient plus de colonne"
            remedy = f"« - {{rename: {was.id}, to: … }} » ou « - {{retire: {was.id}}} » sous « changes »"
            yield VersionDifference(was.id, says, remedy)
        else:
            yield from _of_item(was, asked[name], migration)


def _of_item(was: Item, now: Item, migration: Migration) -> Iterator[VersionDifference]:
    if was.type is not now.type and (was.type, now.type) not in _SAME:
        says = f"« {now.id} » passe de « {was.type} » à « {now.type} » : ses réponses ne se liraient plus"
        yield VersionDifference(now.id, says, f"donnez un autre nom à la nouvelle question, et « retire: {now.id} »")
        return
    if fold(was.text) != fold(now.text) and not migration.reworded(now.id):
        says = f"« {now.id} » ne demande plus la même chose"
        remedy = f"« - {{reword: {now.id}}} » sous « changes » si le sens est le même ; sinon, un autre nom"
        yield VersionDifference(now.id, says, remedy)
    if _narrower(was, now):
        says = f"« {now.id} » n'admet plus des réponses qu'elle a déjà pu recevoir"
        yield VersionDifference(now.id, says, "gardez les bornes larges jusqu'à la fin de la vague")
    if (was.formula and was.formula.text, was.decimals) != (now.formula and now.formula.text, now.decimals):
        says = f"« {now.id} » ne se calcule plus de la même façon : ses valeurs ne se compareraient pas"
        yield VersionDifference(now.id, says, f"donnez un autre nom au nouveau calcul, et « retire: {now.id} »")
    choices = {choice.id: choice for choice in now.choices}
    for choice in was.choices:
        name = migration.choice(now.id, choice.id)
        if name not in choices:
            says = f"« {now.id} » n'offre plus « {choice.label} » : ces réponses n'auraient plus de nom"
            remedy = f"« - {{rename: {choice.id}, to: …, of: {now.id}}} » ou « merge » sous « changes »"
            yield VersionDifference(now.id, says, remedy)
            continue
        reason = _otherwise(choice, choices[name])
        if reason and name == choice.id and not migration.reworded(now.id, choice.id):
            remedy = f"« - {{reword: {name}, of: {now.id}}} » sous « changes » si le sens est le même"
            yield VersionDifference(now.id, f"« {now.id} », réponse « {choice.label} » : {reason}", remedy)


def _narrower(was: Item, now: Item) -> bool:
    """True when an answer that was admitted is not any more."""
    low = was.minimum is not None and now.minimum is not None and now.minimum > was.minimum
    high = was.maximum is not None and now.maximum is not None and now.maximum < was.maximum
    days = (now.earliest and (not was.earliest or now.earliest > was.earliest)) or (
        now.latest and (not was.latest or now.latest < was.latest)
    )
    code = was.type is ItemType.CODE and (was.format, was.length) != (now.format, now.length)
    return bool(low or high or days or code or now.ranks < was.ranks)


def _otherwise(was: Choice, now: Choice) -> str:
    """How a choice of the same name would be read otherwise; empty when it would not."""
    if was.score != now.score:
        return f"sa valeur passe de {was.score} à {now.score}"
    if was.missing != now.missing:
        return "elle compte désormais pour une non-réponse, ou l'inverse"
    if was.other and not now.other:
        return "le texte qui l'accompagne n'aurait plus de colonne"
    return f"elle se lit désormais « {now.label} »" if fold(was.label) != fold(now.label) else ""
