"""What the choices of a question must be: told apart, scored without a gap, in roles that go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from divan.sources.reader_text import fold
from surveys.folding import meant
from surveys.rules.raw import Fault, Offered, offered, walk


def choices(raw: dict[str, Any]) -> Iterator[Fault]:
    """Each fault of the choices of a question."""
    scales = raw.get("scales", {})
    for place, item in walk(raw):
        named = item.get("choices")
        if isinstance(named, str) and named not in scales:
            remedy = meant(named, scales, "définissez-la sous « scales »")
            yield (*place, "choices"), f"la liste de réponses « {named} » n'existe pas", remedy
            continue
        found = offered(raw, place, item)
        if item["type"] in ("single", "several", "likert", "ranking") and found:
            for rule in (_choice_ids, _labels, _scores, _roles):
                yield from rule(item, found)


def _choice_ids(item: dict[str, Any], offered: Offered) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, choice in offered:
        if "id" not in choice and "score" not in choice:
            yield place, f"la réponse « {choice['label']} » doit avoir un identifiant", "ajoutez « id: … »"
            continue
        name = choice.get("id", str(choice.get("score")))
        if name in seen:
            yield place, f"l'identifiant « {name} » sert à deux réponses de « {item['id']} »", "donnez-en un à chacune"
        seen.add(name)


def _labels(item: dict[str, Any], offered: Offered) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, choice in offered:
        for label in (choice["label"], *choice.get("aliases", ())):
            if fold(label) in seen:
                yield place, f"le libellé « {label} » est donné deux fois à « {item['id']} »", "gardez-en un seul"
            seen.add(fold(label))


def _scores(item: dict[str, Any], offered: Offered) -> Iterator[Fault]:
    if item["type"] != "likert":
        return
    scores = []
    for place, choice in offered:
        if choice.get("missing") and "score" not in choice:
            continue  # « Sans réponse » is no degree
        if "score" not in choice:
            yield place, f"le degré « {choice['label']} » doit avoir une valeur", "ajoutez « score: … »"
        elif choice.get("id", str(choice["score"])) != str(choice["score"]):
            yield place, f"le degré « {choice['label']} » a pour identifiant sa valeur", "retirez « id »"
        else:
            scores.append(choice["score"])
    expected = list(range(min(scores), max(scores) + 1)) if scores else []
    missing = sorted(set(expected) - set(scores))
    if missing:
        gap = ", ".join(map(str, missing))
        yield offered[0][0], f"les valeurs de « {item['id']} » sautent {gap}", "donnez-leur des entiers qui se suivent"


def _roles(item: dict[str, Any], offered: Offered) -> Iterator[Fault]:
    others = [place for place, choice in offered if choice.get("other")]
    if others and item["type"] == "ranking":
        yield others[0], "un classement n'a pas de réponse « autre »", "retirez « other »"
    for place in others[1:]:
        yield place, f"« {item['id']} » a déjà une réponse « autre »", "gardez-en une seule"
    if others and item["type"] == "likert":
        yield others[0], "une échelle de Likert n'a pas de réponse « autre »", "retirez « other »"
    for place, choice in offered:
        for key in ("exclusive", "unticked", "headers"):
            if choice.get(key) and item["type"] != "several":
                yield place, f"« {key} » ne sert qu'aux questions « several »", "retirez-le"
        if choice.get("quota") and item["type"] == "ranking":
            yield place, "un classement n'a pas de quota", "retirez « quota »"
        if choice.get("unticked") and not choice.get("exclusive"):
            message = f"« {choice['label']} » ne peut être coché avec un autre, s'il veut dire qu'aucun ne l'est"
            yield place, message, "ajoutez « exclusive: true »"
    unticked = [place for place, choice in offered if choice.get("unticked")]
    for place in unticked[1:]:
        yield place, f"« {item['id']} » a déjà une réponse « unticked »", "gardez-en une seule"
    if offered and all(choice.get("missing") for _, choice in offered):
        yield offered[0][0], f"aucune réponse de « {item['id']} » ne dit rien", "retirez « missing » de l'une"
    if len(offered) == 1 and item["type"] != "several":
        yield offered[0][0], f"« {item['id']} » n'offre qu'une réponse", "ajoutez-en une autre"
