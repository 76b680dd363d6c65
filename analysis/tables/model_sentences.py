"""What is said under the table of a model: how to read it, whom it leaves out, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.plan.specification import Plan
from analysis.statistics import Result
from analysis.statistics.models import FittedModel
from analysis.statistics.models.logistic_regression import SEPARATED
from analysis.statistics.models.rows_kept import NOTHING_VARIES
from analysis.tables.model_frame import ModelFrame
from analysis.tables.model_kind import ModelKind
from divan.sources.french import enumeration, number

EVENTS_WANTED = 10
OVERLAP = 2
MOST_NAMED = 3
DISPERSED = 1.5
ALONE = {SEPARATED: "elle prédit la réponse sans une exception", NOTHING_VARIES: "elle ne varie pas"}
REMEDY = "regroupez ses niveaux dans le plan, ou retirez-la"


def model_sentences(
    whole: FittedModel, alone: Mapping[str, FittedModel], kind: ModelKind, data: ModelFrame, plan: Plan
) -> Iterator[str]:
    """French sentences, none of which gives a count that masking could have to hide."""
    event = f" Événement : « {data.event} »." if data.event else ""
    tested = f"Intervalles et p des niveaux : {kind.of_a_level} ; p d'une variable : {kind.of_a_term}."
    yield f"{kind.meaning}.{event} {tested}"
    if whole.undefined:
        yield f"Le modèle de toutes les variables n'est pas donné : {whole.undefined}{_named(whole.separated, data)}."
    for name, one in alone.items():
        if one.undefined:
            reason = ALONE.get(one.undefined, one.undefined) + (f" ; {REMEDY}" if one.separated else "")
            yield f"« {_label(name, '', data)} », seule, n'est pas estimée : {reason}."
    if not whole.undefined:
        yield from _kept(whole, alone)
        yield from _overlaps(whole, data)
        yield from CHECKED.get(whole.kind, _nothing)(whole, plan.alpha)


def _label(term: str, level: str, data: ModelFrame) -> str:
    variable = next((one for one in data.variables if one.id == term), None)
    if variable is None:
        return term
    named = next((one.label for one in variable.levels if one.id == level), "") if not variable.yes_no else ""
    return f"{variable.label}, {named}" if named else variable.label


def _named(separated: Sequence[tuple[str, str]], data: ModelFrame) -> str:
    """The variables that have no estimate, and what to do."""
    names = [f"« {_label(term, level, data)} »" for term, level in separated]
    if len(names) > MOST_NAMED:
        names = [*names[:MOST_NAMED], f"{number(len(names) - MOST_NAMED)} de plus"]
    return f" ({enumeration(names)}) ; {REMEDY}" if names else ""


def _kept(whole: FittedModel, alone: Mapping[str, FittedModel]) -> Iterator[str]:
    if whole.missing:
        yield "Qui n'a pas donné toutes les réponses est écarté du modèle."
    if any(one.n != whole.n for one in alone.values() if not one.undefined):
        yield "Une variable seule est prise chez tous ceux qui y ont répondu, le modèle chez qui a répondu à tout."
    counted = "événements" if whole.kind == "logistic_regression" else "personnes"
    if whole.per_coefficient is not None and whole.per_coefficient < EVENTS_WANTED:
        yield (f"Attention : moins de {EVENTS_WANTED} {counted} par coefficient ; le modèle risque de décrire cet "
               "échantillon plutôt que la population.")  # fmt: skip


def _overlaps(whole: FittedModel, data: ModelFrame) -> Iterator[str]:
    for term, level in whole.aliased:
        yield f"« {_label(term, level, data)} » se déduit des autres variables et n'est pas estimée."
    if max((one for one in whole.inflation.values() if one is not None), default=0) > OVERLAP:
        yield "Des variables se recouvrent : leurs intervalles s'élargissent."


def _nothing(whole: FittedModel, alpha: float) -> Iterator[str]:
    return iter(())


def _below(check: Result, alpha: float) -> bool:
    return check.p_value is not None and check.p_value < alpha


def _proportional(whole: FittedModel, alpha: float) -> Iterator[str]:
    check = whole.checks[0]
    if check.undefined:
        yield f"Les cotes proportionnelles n'ont pas pu être vérifiées : {check.undefined}."
        return
    some = check.detail["thresholds"] < check.detail["of"]
    fitted, of = number(check.detail["thresholds"]), number(check.detail["of"])
    on = f" (sur {fitted} seuils de {of}, les autres étant trop rares)" if some else ""
    if _below(check, alpha):
        yield f"Les cotes ne sont pas proportionnelles d'un seuil à l'autre{on} (test de Brant) : un OR résume mal."
    else:
        yield f"Rien ne contredit des cotes proportionnelles d'un seuil à l'autre{on} (test de Brant)."


def _dispersed(whole: FittedModel, alpha: float) -> Iterator[str]:
    if whole.worth["dispersion"] > DISPERSED and _below(whole.checks[0], alpha):
        yield ("Surdispersion : les nombres varient plus que ne le veut la loi de Poisson, et ces intervalles sont "
               "trop étroits ; employez « model: negative_binomial ».")  # fmt: skip
    else:
        yield "Pas de surdispersion notable : la loi de Poisson convient."


def _residuals(whole: FittedModel, alpha: float) -> Iterator[str]:
    normality, spread = whole.checks
    if _below(normality, alpha):
        yield "Les résidus ne suivent pas une loi normale (voir le détail des tests)."
    if _below(spread, alpha):
        yield "La dispersion des résidus varie (voir le détail des tests)."


def _against_poisson(whole: FittedModel, alpha: float) -> Iterator[str]:
    if whole.checks and not _below(whole.checks[0], alpha):
        yield "Les nombres ne varient guère plus que selon une loi de Poisson : « model: poisson » suffirait."


def _singular(whole: FittedModel, alpha: float) -> Iterator[str]:
    if whole.singular:
        yield ("Modèle singulier : les personnes ne diffèrent pas plus que par hasard (variance nulle entre elles) ; "
               "c'est une régression ordinaire des réponses.")  # fmt: skip


CHECKED: Mapping[str, Callable[[FittedModel, float], Iterator[str]]] = {
    "linear_regression": _residuals,
    "ordinal_regression": _proportional,
    "poisson_regression": _dispersed,
    "negative_binomial": _against_poisson,
    "mixed_model": _singular,
}
