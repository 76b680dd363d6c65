"""Faults of a planned model: it explains something of its own kind, and says which answer is the event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.plan.variable_faults import asked_in, is_number, is_ordered, item_of, levels_of, unknown
from surveys.model import Study
from surveys.questionnaire import ItemType
from surveys.rules.raw import Fault, Place

LINEAR, LOGISTIC, ORDINAL, MIXED = "linear", "logistic", "ordinal", "mixed"
COUNTS = frozenset({"poisson", "negative_binomial"})
OF_MODELS = ("model", "outcome", "event", "baseline")
REGRESSION = "regression"


def model_faults(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of what makes a table a model; none for other tables, but these keys."""
    if raw["show"] != REGRESSION:
        for key in OF_MODELS:
            if raw.get(key):
                yield (*place, key), f"« {key} » est d'une régression, et non de « {raw['show']} »", "retirez cette clé"
        return
    kind, outcome = raw.get("model", LINEAR), raw.get("outcome")
    score = plan["composite"]["id"] if "composite" in plan else None
    if outcome is None and kind in (LINEAR, MIXED) and score is None:
        yield (
            place,
            f"le tableau « {raw['id']} » (regression) demande un score",
            "déclarez « composite », ou « outcome »",
        )
    elif outcome is None and kind not in (LINEAR, MIXED):
        message = f"« model: {kind} » doit dire ce qu'il explique"
        yield (*place, "model"), message, "ajoutez « outcome: … », une variable du plan"
    elif outcome is not None:
        yield from _outcome(outcome, kind, raw, place, plan, study)
    yield from _event(raw, kind, place, plan, study)
    yield from _repeated(raw, kind, place, plan, study)
    yield from _baseline(raw, kind, place, plan, study)


def _outcome(
    outcome: str, kind: str, raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study
) -> Iterator[Fault]:
    here = (*place, "outcome")
    score = plan["composite"]["id"] if "composite" in plan else None
    known = {one["id"] for one in plan["variables"]} | ({score} if score else set())
    if outcome not in known:
        yield here, *unknown(outcome, known, "n'est ni une variable du plan, ni son score")
        return
    if outcome in raw.get("variables", ()):
        yield here, f"« {outcome} » ne s'explique pas par elle-même", "retirez-la de « variables »"
    if outcome == score:
        if kind not in (LINEAR, MIXED):
            message = f"« model: {kind} » n'explique pas un score"
            yield (*place, "model"), message, "employez linear ou mixed, ou une autre « outcome »"
        return
    number = is_number(outcome, plan, study)
    if kind in COUNTS and not number:
        yield (
            here,
            f"« model: {kind} » explique un nombre entier, et « {outcome} » n'en est pas un",
            "employez ordinal ou logistic",
        )
    elif kind == LOGISTIC and number:
        yield (
            here,
            f"« model: logistic » explique un événement, et « {outcome} » est un nombre",
            "ajoutez-lui « bands: […] »",
        )
    elif kind == ORDINAL and (number or not is_ordered(outcome, plan, study)):
        yield (
            here,
            f"« model: ordinal » suit une échelle, et « {outcome} » n'a pas d'ordre",
            "ajoutez-lui « ordered: true »",
        )
    elif kind == ORDINAL and len(levels_of(outcome, plan, study)) == 2:
        yield here, f"« {outcome} » n'a que deux niveaux", "employez « model: logistic »"
    elif kind in (LINEAR, MIXED) and not number and not _is_scored(outcome, plan, study):
        message = f"« model: {kind} » explique un nombre, et « {outcome} » n'en est pas un"
        yield here, message, "employez ordinal ou logistic"


def _is_scored(variable: str, plan: dict[str, Any], study: Study) -> bool:
    """True when each answer has a score, and the plan does not recode them."""
    raw = next(one for one in plan["variables"] if one["id"] == variable)
    asked = asked_in(study, item_of(variable, plan)).values()
    plain = not {"any_of", "merge", "bands", "as"} & set(raw)
    return plain and any(item.type in (ItemType.LIKERT, ItemType.SCALE) for item in asked)


def _event(raw: dict[str, Any], kind: str, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    event, outcome = raw.get("event"), raw.get("outcome", "")
    if event is not None and kind != LOGISTIC:
        yield (*place, "event"), f"« model: {kind} » n'a pas d'événement", "retirez « event »"
        return
    if kind != LOGISTIC or is_number(outcome, plan, study):
        return
    levels = levels_of(outcome, plan, study)
    if event is None and levels and levels != {"yes", "no"}:
        message = f"il faut dire quelle réponse à « {outcome} » est l'événement"
        yield (*place, "model"), message, f"ajoutez « event: … », parmi {', '.join(sorted(levels))}"
    elif event is not None and levels and event not in levels:
        yield (*place, "event"), *unknown(event, levels, f"n'est pas un niveau de « {outcome} »")


def _repeated(raw: dict[str, Any], kind: str, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """A mixed model follows people from wave to wave."""
    if kind != MIXED:
        return
    if study.pairing is None:
        yield (
            (*place, "model"),
            "« model: mixed » suit les mêmes personnes à plusieurs vagues",
            "ajoutez « pairing » à study.yaml",
        )
        return
    if "wave" in raw:
        yield (*place, "wave"), "« model: mixed » prend toutes les vagues", "retirez « wave »"
    if "wave" in raw.get("variables", ()):
        yield (*place, "variables"), "« wave » est déjà le nom de la vague dans ce modèle", "retirez cette variable"
    outcome = raw.get("outcome", "")
    if outcome in {one["id"] for one in plan["variables"]} and len(asked_in(study, item_of(outcome, plan))) < 2:
        yield (*place, "outcome"), f"« {outcome} » n'est demandée qu'à une vague", "employez « model: linear »"


def _baseline(raw: dict[str, Any], kind: str, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """A baseline score is that of the first of two paired waves, in a regression of what comes later."""
    if not raw.get("baseline"):
        return
    here, rule = (*place, "baseline"), study.pairing
    if kind == MIXED:
        yield here, "« model: mixed » a déjà le score de la première vague", "retirez « baseline »"
    elif "composite" not in plan:
        yield here, "« baseline » ajuste sur un score", "déclarez « composite », ou retirez cette clé"
    elif rule is None:
        yield here, "« baseline » demande deux vagues appariées", "ajoutez « pairing » à study.yaml"
    elif raw.get("wave", rule.after) == rule.before:
        message = f"le score de « {rule.before} » ne s'explique pas par lui-même"
        yield here, message, f"écrivez « wave: {rule.after} », ou retirez « baseline »"
