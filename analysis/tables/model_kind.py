"""What each kind of model is called, how it is fitted, on which scale it is read, and what its last rows say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.statistics import Term
from analysis.statistics.models import (
    FittedModel,
    linear_regression,
    logistic_regression,
    negative_binomial_regression,
    ordinal_regression,
    poisson_regression,
    random_intercept,
)
from analysis.tables.model_frame import OUTCOME, PERSON, ModelFrame

Fit = Callable[[ModelFrame, list[Term], float], FittedModel]


@dataclass(frozen=True, slots=True)
class ModelKind:
    """``effect`` names a coefficient as it is read (``ratio``: its exponential), ``meaning`` says what that is.

    ``worth``: the id, label and decimals of the figures of the whole model, beside its people and its overall test.
    ``overall``, ``of_a_term`` and ``of_a_level`` name the tests of the model, of a variable and of a level.
    """

    fit: Fit
    effect: str
    meaning: str
    intercept: str
    worth: tuple[tuple[str, str, int], ...]
    overall: str = "Rapport de vraisemblance"
    of_a_term: str = "rapport de vraisemblance"
    of_a_level: str = "Wald"
    ratio: bool = True
    least_squares: bool = False

    def told(self, model: FittedModel) -> dict[str, float]:
        """The figures of the whole model that a reader of every file may have."""
        names = ("log_likelihood", *(name for name, _, _ in self.worth))
        return {name: model.worth[name] for name in names if name in model.worth}

    def read(self, value: float | None) -> float | None:
        """An estimate or a bound as it is read."""
        if value is None or not self.ratio:
            return value
        return math.exp(value) if value < math.log(1e300) else math.inf


def _linear(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    whole = len(terms) == len(data.variables)
    return linear_regression(data.frame[OUTCOME], terms, level=level, checked=whole)


def _logistic(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    return logistic_regression(data.frame[OUTCOME], terms, level=level)


def _ordinal(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    return ordinal_regression(data.frame[OUTCOME], terms, levels=[one.label for one in data.scale], level=level)


def _poisson(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    return poisson_regression(data.frame[OUTCOME], terms, level=level)


def _negative_binomial(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    return negative_binomial_regression(data.frame[OUTCOME], terms, level=level)


def _mixed(data: ModelFrame, terms: list[Term], level: float) -> FittedModel:
    return random_intercept(data.frame[OUTCOME], terms, data.frame[PERSON].tolist(), level=level)


PSEUDO = ("pseudo_r_squared", "Pseudo R² (McFadden)", 3)
OR = "OR : rapport de cotes ; au-dessus de 1, "
IRR = "IRR : rapport de taux, par combien le nombre attendu est multiplié"
KINDS: Mapping[str, ModelKind] = {
    "linear": ModelKind(
        _linear, "Coefficient", "Coefficient : points d'écart", "Ordonnée à l'origine",
        (("r_squared", "R²", 3), ("adjusted_r_squared", "R² ajusté", 3)),
        overall="F du modèle", of_a_term="test F de type II", of_a_level="Student", ratio=False, least_squares=True),
    "logistic": ModelKind(_logistic, "OR", f"{OR}l'événement est plus fréquent", "Cote de référence",
                          (("events", "Ont l'événement", 0), PSEUDO)),
    "ordinal": ModelKind(_ordinal, "OR", f"{OR}la réponse va vers le haut de l'échelle", "Seuil", (PSEUDO,)),
    "poisson": ModelKind(_poisson, "IRR", IRR, "Nombre de référence", (PSEUDO, ("dispersion", "Dispersion", 2))),
    "negative_binomial": ModelKind(_negative_binomial, "IRR", IRR, "Nombre de référence",
                                   (PSEUDO, ("theta", "Paramètre θ", 2))),
    "mixed": ModelKind(
        _mixed, "Coefficient", "Coefficient : points d'écart ; chaque personne a son propre niveau (effet aléatoire)",
        "Ordonnée à l'origine",
        (("answers", "Réponses", 0), ("between_sd", "Écart-type entre personnes", 2),
         ("within_sd", "Écart-type chez une même personne", 2), ("icc", "Corrélation chez une même personne", 3),
         ("marginal_r_squared", "R² des variables", 3),
          ("conditional_r_squared", "R² des variables et des personnes", 3)),
        overall="Test de Wald", of_a_term="test de Wald", ratio=False),
}  # fmt: skip
